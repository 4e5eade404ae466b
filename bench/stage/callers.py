"""Ask the whole server stack below the socket: middleware, URLs, view, database, bytes."""

import sys
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.core.handlers.wsgi import WSGIHandler


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def ask(url: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    """Return the answer to a request; `headers` by their names with underscores.

    Raises AssertionError for an answer that is no success, so that no error is ever measured.
    """
    parts = urlsplit(url)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/json" if body else "",
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    answer = Answer()

    def start(status: str, received: list[tuple[str, str]], _error: Any = None) -> None:
        answer.status = int(status[:3])
        answer.headers = dict(received)

    parts_of_body = _handler()(environ, start)
    answer.body = b"".join(parts_of_body)
    parts_of_body.close()
    assert answer.status < 400, (url, answer.status, answer.body[:500])
    return answer


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()

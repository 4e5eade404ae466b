"""A real server on loopback, asked over one connection that stays open."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from time import perf_counter, sleep

from django.db import connection

from config.env import ROOT

PATIENCE = 90.0
Ask = Callable[..., bytes]


@contextmanager
def served() -> Iterator[Ask]:
    """Serve the present database by gunicorn; yields `ask(path, **headers)`, which gives bytes."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class",
        "gthread", "--threads", "2", "--keep-alive", "60", "config.wsgi:application",
    ]  # fmt: skip
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = os.environ | {"DATABASE_URL": _address()}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **silent) as server:
        try:
            wait(port, server)
            line = HTTPConnection("127.0.0.1", port, timeout=60)
            yield lambda path, **headers: _ask(line, path, headers)
            line.close()
        finally:
            server.terminate()


def wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Return as soon as the server takes calls."""
    began = perf_counter()
    while True:
        assert server.poll() is None, "the server ended"
        assert perf_counter() - began < PATIENCE, "the server never became ready"
        try:
            socket.create_connection(("127.0.0.1", port), 5).close()
        except OSError:
            sleep(0.02)
        else:
            return


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _ask(line: HTTPConnection, path: str, headers: dict[str, str]) -> bytes:
    line.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = line.getresponse()
    body = answer.read()
    assert answer.status < 400, (path, answer.status)
    return body


def _address() -> str:
    """Return the address of the present database, as DATABASE_URL gives it."""
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{place['NAME']}"
    user = place["USER"] + (f":{place['PASSWORD']}" if place["PASSWORD"] else "")
    return f"postgres://{user}@{place['HOST']}:{place['PORT'] or 5432}/{place['NAME']}"

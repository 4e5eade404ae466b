"""Carry Celery's messages in one SQLite file, for an installation without a server.

Messages are nudges: the work itself stands in the outbox, so one that dies with its worker costs
two seconds of waiting and nothing else.
"""

import json
import os
import sqlite3
from contextlib import suppress
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, virtual

SCHEMA = """
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS message_queue ON message (queue, id);
"""
PEEK = "SELECT 1 FROM message WHERE queue = ? LIMIT 1"
TAKE = """
DELETE FROM message WHERE id = (SELECT id FROM message WHERE queue = ? ORDER BY id LIMIT 1)
RETURNING body
"""


class Channel(virtual.Channel):
    """Read and write the file that the broker's address names."""

    connection: Any
    _handle: sqlite3.Connection | None = None
    _owner = 0

    @property
    def file(self) -> sqlite3.Connection:
        """Return this channel's connection; a forked child opens one of its own."""
        if self._handle is None or self._owner != os.getpid():
            path = self.connection.client.virtual_host
            self._handle = sqlite3.connect(
                path, timeout=20, isolation_level=None, check_same_thread=False
            )
            self._handle.executescript(SCHEMA)
            # On a new file another process may be switching at this moment; one is enough.
            with suppress(sqlite3.OperationalError):
                self._handle.execute("PRAGMA journal_mode=WAL")
            self._handle.execute("PRAGMA synchronous=NORMAL")
            self._owner = os.getpid()
        return self._handle

    def _put(self, queue: str, message: dict[str, Any], **_kwargs: Any) -> None:
        self.file.execute(
            "INSERT INTO message (queue, body) VALUES (?, ?)", (queue, json.dumps(message))
        )

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        # The peek spares an idle worker the write lock, ten times a second.
        if not self.file.execute(PEEK, (queue,)).fetchall():
            raise Empty
        taken = self.file.execute(TAKE, (queue,)).fetchall()
        if not taken:
            raise Empty
        return json.loads(taken[0][0])

    def _size(self, queue: str) -> int:
        return self.file.execute(
            "SELECT count(*) FROM message WHERE queue = ?", (queue,)
        ).fetchone()[0]

    def _purge(self, queue: str) -> int:
        return self.file.execute("DELETE FROM message WHERE queue = ?", (queue,)).rowcount

    def close(self) -> None:
        """Hand unacknowledged messages back, then let go of the file."""
        super().close()
        if self._handle is not None and self._owner == os.getpid():
            self._handle.close()
        self._handle = None


class Transport(virtual.Transport):
    """Poll the file ten times a second; a locked or missing file counts as a lost connection."""

    Channel = Channel
    connection_errors = (*virtual.Transport.connection_errors, sqlite3.OperationalError)
    polling_interval = 0.1
    driver_type = "sql"
    driver_name = "sqlite3"


TRANSPORT_ALIASES["sqlitefile"] = "config.broker:Transport"

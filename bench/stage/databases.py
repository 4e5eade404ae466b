"""The databases of the benchmarks: one for each set of data, all empty before and gone after."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections

from bench.data import Scale, fill

FRESH = "fresh"


class Stage:
    """Puts the database of a scale under the name that the house uses; fills it when needed."""

    def __init__(self, folder: Path, *, quick: bool) -> None:
        self.folder, self.quick = folder, quick
        self.wrappers: dict[str, Any] = {}
        self.now: str = ""

    @property
    def sizes(self) -> tuple[int, int]:
        """The numbers of rows that are held against each other."""
        return (100, 400) if self.quick else (1_000, 100_000)

    @property
    def rounds(self) -> int:
        """How often a comparison is repeated."""
        return 1 if self.quick else 9

    def on(self, scale: Scale) -> None:
        """Work on the data of a scale from now on."""
        name = str(scale)
        if name == self.now:
            return
        if name not in self.wrappers:
            self._make(name)
            fill(scale)
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
        cache.clear()
        self._use(name)

    def close(self) -> None:
        """Let go of all databases and delete them."""
        for wrapper in self.wrappers.values():
            wrapper.close()
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                for name in self.wrappers:
                    cursor.execute(f'DROP DATABASE IF EXISTS "{self._place(name)}"')

    def _make(self, name: str) -> None:
        """Make a database with empty tables; the first one is migrated, the others copy it."""
        if not self.wrappers:
            self._create(FRESH)
            self._use(FRESH)
            call_command("migrate", verbosity=0, interactive=False)
        self.wrappers[FRESH].close()
        self._create(name, like=FRESH)
        self._use(name)

    def _create(self, name: str, like: str = "") -> None:
        wrapper = connections.create_connection("default")
        wrapper.settings_dict = wrapper.settings_dict | {"NAME": self._place(name)}
        if connection.vendor == "postgresql":
            template = f'TEMPLATE "{self._place(like)}"' if like else ""
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{self._place(name)}" {template}')
        elif like:
            shutil.copy(self._place(like), self._place(name))
        self.wrappers[name] = wrapper

    def _use(self, name: str) -> None:
        connections["default"] = self.wrappers[name]
        self.now = name

    def _place(self, name: str) -> str:
        if connection.vendor == "postgresql":
            return f"bench_{os.getpid()}_{name}"
        return str(self.folder / f"{name}.sqlite3")


@contextmanager
def staged(folder: Path, *, quick: bool) -> Iterator[Stage]:
    """Set a stage, and clear it away whatever happens."""
    stage = Stage(folder, quick=quick)
    before = connections["default"]
    try:
        yield stage
    finally:
        stage.close()
        connections["default"] = before
        cache.clear()

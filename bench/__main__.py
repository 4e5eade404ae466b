"""Print the figures: `python -m bench [--quick] [subject …]`; DATABASE_URL for PostgreSQL."""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import django

SUBJECTS = ("lists", "feeds", "pages", "writes", "series", "outbox", "start")


def main(arguments: list[str]) -> int:
    """Measure what was asked for; return 0 whatever came out, for a bench is no test."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="subject", help=" · ".join(SUBJECTS))
    parser.add_argument("--quick", action="store_true", help="small sizes, few rounds")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.subjects) - set(SUBJECTS):
        parser.error(f"no such subject: {', '.join(sorted(unknown))}")
    # Also when it is stopped, servers and databases are cleared away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        _set_up(folder)
        run(asked.subjects or SUBJECTS, Path(folder), quick=asked.quick)
    return 0


def run(subjects: Iterable[str], folder: Path, *, quick: bool) -> list[Any]:
    """Measure the subjects one after the other and print each figure as it comes."""
    from bench.stage.databases import staged  # noqa: PLC0415 - Django has to be set up before
    from bench.tables import Table  # noqa: PLC0415 - likewise

    table = Table(sys.stdout)
    with staged(folder, quick=quick) as stage:
        table.head()
        for name in subjects:
            for figure in import_module(f"bench.{name}").figures(stage):
                table.row(name, figure)
        table.foot()
    return table.figures


def _set_up(folder: str) -> None:
    os.environ["DATA_DIR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.stage.settings"
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/unused.sqlite3")
    django.setup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

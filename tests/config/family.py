"""Stand in for the real children: `python -m … FOLDER`; each writes its process number there."""

import os
import signal
import sys
from functools import partial
from pathlib import Path
from time import sleep

from config.children import die_with, keep


def note(folder: Path, name: str) -> None:
    """Write this process's number under `name`, whole or not at all."""
    (folder / f".{name}").write_text(str(os.getpid()))
    (folder / f".{name}").rename(folder / name)


def parent(folder: Path) -> None:
    """Have a child of its own, as a web server does."""
    me = os.getpid()
    if os.fork() == 0:
        die_with(me)
        note(folder, "grandchild")
        sleep(600)
    note(folder, "parent")
    sleep(600)


def stubborn(folder: Path) -> None:
    """Ignore the request to stop."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    note(folder, "stubborn")
    while True:
        sleep(600)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    note(place, "supervisor")
    keep({"parent": partial(parent, place), "stubborn": partial(stubborn, place)}, stop_within=0.5)

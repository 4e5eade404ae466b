"""Wait for something to become true, no longer than it takes."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep


def until(true: Callable[[], object], *, within: float = 10.0) -> None:
    """Return as soon as `true()` holds; fail after `within` seconds."""
    deadline = monotonic() + within
    while not true():
        assert monotonic() < deadline, f"not within {within} s"
        sleep(0.01)


def lives(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False

"""Plain functions that build what a test needs, by the deeds of the house."""

from datetime import UTC, datetime
from itertools import count

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_numbers = count(1)


def number() -> int:
    """Return a number that no other call in this run gets."""
    return next(_numbers)

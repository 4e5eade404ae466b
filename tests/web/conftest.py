"""A town hall whose clock stands still."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine


@pytest.fixture
def at_now(now: datetime) -> Iterator[None]:
    """Let the doors read the time of the factories."""
    with time_machine.travel(now, tick=False):
        yield

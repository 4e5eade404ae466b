"""What the tests of the API ask for: a clock that stands still, and clients of many kinds."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.api.callers import Client, client
from tests.api.world import World, build
from tests.factories import NOW


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """Let it be the time at which the factories build; `clock.move_to` turns it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None) -> World:
    """A process with at least one row of every noun, and everybody who may have a role."""
    return build()


@pytest.fixture
def anonymous(db: None) -> Client:
    """A program without a key."""
    return client(None)


@pytest.fixture
def boss(world: World) -> Client:
    """A program of the coordinator's, with a key to write."""
    return client(world.coordinator)

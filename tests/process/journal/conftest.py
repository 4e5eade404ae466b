"""News of the tests, and somebody who listens to it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from process.journal import registry
from process.journal.actions import announce
from process.journal.models import OutboxEvent
from process.plan.models import Process
from tests.factories import NOW

NEWS = "test.happened"
Register = Callable[..., registry.Handler]


class Listener:
    """Counts what it hears; fails while told to, after having written something."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, Any, datetime]] = []
        self.failing: Exception | None = None

    def __call__(self, event: OutboxEvent, by: Any, now: datetime) -> None:
        self.heard.append((event.pk, by, now))
        if self.failing:
            raise self.failing


@pytest.fixture
def listen() -> Iterator[Register]:
    """Register handlers for one test."""
    registered: list[registry.Handler] = []

    def register(handler: registry.Handler, name: str = "listener", *, within: bool = False) -> Any:
        def listener(event: OutboxEvent, by: Any, now: datetime) -> None:
            handler(event, by, now)

        listener.__name__ = name
        registered.append(listener)
        return registry.on(NEWS, within=within)(listener)

    yield register
    for listener in registered:
        registry.forget(listener)


@pytest.fixture
def listener(listen: Register) -> Listener:
    """Listen to the news of the test."""
    made = Listener()
    listen(made)
    return made


@pytest.fixture
def tell(process: Process) -> Callable[..., OutboxEvent]:
    """Announce the news of the test."""

    def announced(*, by: Any = None, now: datetime = NOW, **payload: Any) -> OutboxEvent:
        return announce(NEWS, process, by=by, now=now, **payload)

    return announced

"""Who listens to which news."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from process.journal.models import OutboxEvent

Handler = Callable[[OutboxEvent, Any, datetime], None]

_within: dict[str, list[Handler]] = {}
_queued: dict[str, dict[str, Handler]] = {}


def on(*news: str, within: bool = False) -> Callable[[Handler], Handler]:
    """Let a handler `(event, by, now)` listen to news.

    Queued handlers run after the commit, retried until done. With `within` the handler runs
    inside the announcing transaction: for rows that must never be seen apart from the change.
    Queued handlers get `by=SYSTEM`, for the actor's part is over.
    """

    def register(handler: Handler) -> Handler:
        for name in news:
            if within:
                _within.setdefault(name, []).append(handler)
            else:
                _queued.setdefault(name, {})[_name(handler)] = handler
        return handler

    return register


def forget(handler: Handler) -> None:
    """Stop a handler from listening."""
    for listeners in _within.values():
        if handler in listeners:
            listeners.remove(handler)
    for queued in _queued.values():
        queued.pop(_name(handler), None)


def within(news: str) -> tuple[Handler, ...]:
    """Return the handlers that share the announcing transaction."""
    return tuple(_within.get(news, ()))


def queued(news: str) -> dict[str, Handler]:
    """Return the handlers that are served after the commit, by name."""
    return _queued.get(news, {})


def _name(handler: Handler) -> str:
    return f"{handler.__module__}.{handler.__name__}"

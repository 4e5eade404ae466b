"""Look at what a deed has left behind, or that it has left nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from process.base.errors import DomainError
from process.journal.models import AuditEntry, OutboxEvent

Rows = dict[str, list[tuple[Any, ...]]]


def everything() -> Rows:
    """Return every row of the house."""
    rooms = [apps.get_app_config(label) for label in ("process", "meetings")]
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for room in rooms
        for model in room.get_models(include_auto_created=True)
    }


def refused(error: type[DomainError], deed: Callable[..., Any], **values: Any) -> DomainError:
    """Make sure that a deed is refused in this way and changes no row; return the error."""
    before = everything()
    with pytest.raises(error) as caught:
        deed(**values)
    assert everything() == before
    return caught.value


def last_entry(subject: models.Model) -> AuditEntry:
    """Return the newest audit entry of an object."""
    entries = AuditEntry.objects.filter(noun=subject._meta.model_name, object_id=str(subject.pk))
    return entries.order_by("-id")[0]


def news_of(subject: models.Model) -> list[str]:
    """Return the news about an object, oldest first."""
    events = OutboxEvent.objects.filter(noun=subject._meta.model_name, object_id=str(subject.pk))
    return list(events.order_by("id").values_list("news", flat=True))


def left_traces(subject: models.Model, act: str, news: str, by: Any) -> bool:
    """Tell whether the last thing done to an object was this act, announced as this news."""
    entry = last_entry(subject)
    return (entry.act, entry.actor, news_of(subject)[-1]) == (act, by, news)

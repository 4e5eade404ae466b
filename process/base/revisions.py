"""Rows that are edited by several people: each carries a revision that a write must be based on."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from process.base.errors import Stale


class Record(models.Model):
    """A row with a public identity and a revision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rev = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


def expect(record: Record, rev: int | None) -> None:
    """Raise Stale unless the caller based the write on the current revision.

    `rev` None means that the deed does not depend on what the caller has read.
    """
    if rev is not None and record.rev != rev:
        raise Stale(record, _("Das Objekt wurde inzwischen geändert."))


def revise(record: Any, fields: Sequence[str], *, now: datetime) -> None:
    """Save the named fields as the next revision."""
    record.rev += 1
    record.updated_at = now
    record.save(update_fields=[*fields, "rev", "updated_at"])


def differences(record: Any, changes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Apply the changes to the record (unsaved); return what differed, before and after."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name, value in changes.items():
        old = getattr(record, name)
        if old != value:
            before[name], after[name] = old, value
            setattr(record, name, value)
    return before, after

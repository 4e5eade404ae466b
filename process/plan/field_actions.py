"""Add, edit and reorder fields of action."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from process.base.access import require
from process.base.errors import Invalid
from process.base.revisions import differences, expect, revise
from process.journal.actions import announce, record
from process.plan.access import Act
from process.plan.models import FieldOfAction, Process


@transaction.atomic
def add_field(*, process_id: Any, by: Any, now: datetime, **values: Any) -> FieldOfAction:
    """Add a field of action at the end; one may form itself at any time (`added_reason`)."""
    process = Process.objects.select_for_update().get(pk=process_id)
    last = FieldOfAction.objects.filter(process=process).aggregate(last=Max("position"))["last"]
    field = FieldOfAction(process=process, position=(last or 0) + 1, **values)
    require(by, Act.ADD_FIELD, field)
    _check_unique(field)
    field.save()
    record("field_of_action.add", field, by=by, now=now, after={"name": field.name})
    announce("field_of_action.added", field, by=by, now=now)
    return field


@transaction.atomic
def edit_field(
    *, field_id: Any, rev: int | None, by: Any, now: datetime, **changes: Any
) -> FieldOfAction:
    """Correct what a field of action says; its slug stays for life."""
    field = FieldOfAction.objects.select_for_update().get(pk=field_id)
    require(by, Act.EDIT_FIELD, field)
    expect(field, rev)
    before, after = differences(field, changes)
    if after:
        _check_unique(field)
        revise(field, list(after), now=now)
        record("field_of_action.edit", field, by=by, now=now, before=before, after=after)
        announce("field_of_action.edited", field, by=by, now=now, changed=list(after))
    return field


@transaction.atomic
def reorder_field(
    *, field_id: Any, position: int, rev: int | None, by: Any, now: datetime
) -> FieldOfAction:
    """Move a field of action to a position (1 = first); the others close ranks."""
    # One lock for all of them: two moves at a time would wait for each other's rows.
    Process.objects.select_for_update(of=("self",)).get(fields_of_action=field_id)
    field = FieldOfAction.objects.get(pk=field_id)
    require(by, Act.REORDER_FIELD, field)
    expect(field, rev)
    siblings = FieldOfAction.objects.filter(process_id=field.process_id)
    before, after = field.position, max(1, min(position, siblings.count()))
    if before == after:
        return field
    if after > before:
        siblings.filter(position__gt=before, position__lte=after).update(
            position=F("position") - 1, rev=F("rev") + 1, updated_at=now
        )
    else:
        siblings.filter(position__lt=before, position__gte=after).update(
            position=F("position") + 1, rev=F("rev") + 1, updated_at=now
        )
    field.position = after
    revise(field, ["position"], now=now)
    record(
        "field_of_action.reorder", field, by=by, now=now,
        before={"position": before}, after={"position": after},
    )  # fmt: skip
    announce("field_of_action.reordered", field, by=by, now=now)
    return field


def _check_unique(field: FieldOfAction) -> None:
    siblings = FieldOfAction.objects.filter(process_id=field.process_id).exclude(pk=field.pk)
    for name in ("slug", "name"):
        if siblings.filter(**{name: getattr(field, name)}).exists():
            raise Invalid.at(f"/{name}", _("Das gibt es in diesem Prozess schon."), "taken")

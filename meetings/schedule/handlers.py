"""What the schedule does when news arrives from below."""

from datetime import datetime
from typing import Any

from meetings.schedule.changes import bump, bump_all, touch
from meetings.schedule.models import Meeting
from meetings.schedule.suspension import postpone_all
from process.groups.models import Group
from process.journal.models import OutboxEvent
from process.journal.registry import on
from process.plan.models import FieldOfAction


@on("process.suspended", within=True)
def postpone_with_process(event: OutboxEvent, by: Any, now: datetime) -> None:
    """Put off the meetings of a suspended process, if that was asked for."""
    if event.payload["postpone_meetings"]:
        reason = event.payload["reason"]
        postpone_all(process_id=event.object_id, reason=reason, by=by, now=now)


@on("process.renamed", "process.edited", "process.published", within=True)
def show_process(event: OutboxEvent, by: Any, now: datetime) -> None:
    """Renew the calendars of a process: each entry names the address of its page."""
    touch(Meeting.objects.filter(process=event.object_id), now=now)
    bump_all(event.object_id, now=now)


@on("group.edited", within=True)
def show_group(event: OutboxEvent, by: Any, now: datetime) -> None:
    """Renew the calendars in which a group's name stands."""
    group = Group.objects.get(pk=event.object_id)
    touch(Meeting.objects.filter(group=group), now=now)
    bump(group.process_id, group_ids=[group.pk], now=now)


@on("field_of_action.edited", within=True)
def show_field(event: OutboxEvent, by: Any, now: datetime) -> None:
    """Renew the calendars in which a field's name stands as a category."""
    field = FieldOfAction.objects.get(pk=event.object_id)
    groups = Group.objects.filter(fields_of_action=field)
    touch(Meeting.objects.filter(field=field), now=now)
    touch(Meeting.objects.filter(group__in=groups), now=now)
    ids = groups.values_list("pk", flat=True)
    bump(field.process_id, group_ids=ids, field_ids=[field.pk], now=now)


@on("milestone.set", within=True)
def show_milestone(event: OutboxEvent, by: Any, now: datetime) -> None:
    """Renew the calendar of the process, in which its milestones stand."""
    bump(event.payload["process"], now=now)

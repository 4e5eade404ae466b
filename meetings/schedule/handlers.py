"""What the schedule does when news arrives from below."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from meetings.schedule.changes import bump, bump_all, touch
from meetings.schedule.models import Meeting
from meetings.schedule.queries import meetings_of_field
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
    if not _shown(event, "slug", "title", "short_title", "language", "time_zone"):
        return
    touch(Meeting.objects.filter(process_id=event.object_id), now=now)
    bump_all(event.object_id, now=now)


@on("group.edited", within=True)
def show_group(event: OutboxEvent, by: Any, now: datetime) -> None:
    """Renew the calendars in which a group's name stands."""
    if not _shown(event, "name"):
        return
    group = Group.objects.get(pk=event.object_id)
    meetings = Meeting.objects.filter(group=group)
    touch(meetings, now=now)
    fields = meetings.filter(field__isnull=False).order_by().values_list("field", flat=True)
    bump(group.process_id, group_ids=[group.pk], field_ids=fields.distinct(), now=now)


@on("field_of_action.edited", within=True)
def show_field(event: OutboxEvent, by: Any, now: datetime) -> None:
    """Renew the calendars in which a field's name stands as a category, or its colour on top."""
    if not _shown(event, "name", "colour"):
        return
    field = FieldOfAction.objects.get(pk=event.object_id)
    meetings = Meeting.objects.filter(meetings_of_field(field.pk))
    groups = Group.objects.filter(Q(fields_of_action=field) | Q(meetings__in=meetings))
    if _shown(event, "name"):
        touch(meetings, now=now)
    ids = groups.order_by().values_list("pk", flat=True).distinct()
    bump(field.process_id, group_ids=ids, field_ids=[field.pk], now=now)


@on("milestone.set", within=True)
def show_milestone(event: OutboxEvent, by: Any, now: datetime) -> None:
    """Renew the calendar of the process, in which its milestones stand."""
    bump(event.payload["process"], now=now)


def _shown(event: OutboxEvent, *names: str) -> bool:
    """Tell whether the news is about something that a calendar shows."""
    changed = event.payload.get("changed")
    return changed is None or not set(names).isdisjoint(changed)

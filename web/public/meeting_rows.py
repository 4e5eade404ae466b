"""Meetings as pages show them."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from meetings.schedule.models import Location, Meeting
from meetings.schedule.vocab import MeetingState, Visibility
from process.base.text import render
from process.plan.models import FieldOfAction, Process
from web.public.field_rows import mark
from web.public.process_rows import group_url
from web.public.subscriptions import meeting_file

Row = dict[str, Any]
FieldsOf = Callable[[Meeting], Iterable[FieldOfAction]]


def fields_of(meeting: Meeting) -> list[FieldOfAction]:
    """Return what a meeting is about: its own field of action, or those of its group."""
    if meeting.field:
        return [meeting.field]
    return list(meeting.group.fields_of_action.all()) if meeting.group else []


def url(process: Process, meeting_id: Any) -> str:
    """Return the address of the page of a meeting."""
    return reverse("meeting", kwargs={"slug": process.slug, "meeting": meeting_id})


def row(meeting: Meeting, *, now: datetime, fields: FieldsOf = fields_of) -> Row:
    """Show a meeting in a list, in the time of its process."""
    zone = ZoneInfo(meeting.process.time_zone)
    return {
        "url": url(meeting.process, meeting.pk),
        "title": meeting.title,
        **_times(meeting, zone),
        "place": meeting.location.name if meeting.location else "",
        "join_url": meeting.join_url,
        "status": status(meeting, now=now),
        "status_label": meeting.get_state_display(),
        "reason": meeting.reason,
        "group_name": meeting.group.name if meeting.group else "",
        "fields": [mark(field) for field in fields(meeting)],
    }


def rows(meetings: Iterable[Meeting], *, now: datetime, fields: FieldsOf = fields_of) -> list[Row]:
    """Show meetings in a list."""
    return [row(meeting, now=now, fields=fields) for meeting in meetings]


def sheet(meeting: Meeting, successor: Meeting | None, *, now: datetime) -> Row:
    """Show everything about one meeting, in its own time."""
    process, group = meeting.process, meeting.group
    zone = ZoneInfo(meeting.time_zone)
    # The calendars are read without signing in: they know the public meetings only.
    public = meeting.visibility == Visibility.PUBLIC and meeting.state != MeetingState.DRAFT
    return {
        **row(meeting, now=now),
        **_times(meeting, zone),
        **_place(meeting.location),
        "fields": [mark(field, process) for field in fields_of(meeting)],
        "group_url": group_url(process, group) if group else "",
        "series_title": meeting.series.title if meeting.series else "",
        "description_html": render(meeting.summary) if meeting.summary else "",
        "successor_url": url(process, successor.pk) if successor else "",
        "successor_at": successor and successor.starts_at.astimezone(zone),
        "ics_url": meeting_file(meeting.pk) if public else "",
        "public": public,
        "updated_at": meeting.shown_at.astimezone(zone),
    }


def status(meeting: Meeting, *, now: datetime) -> str:
    """Return where a meeting stands; one that nobody has booked as held is over all the same."""
    if meeting.state != MeetingState.PLANNED or meeting.starts_at > now:
        return meeting.state
    going_on = meeting.ends_at is not None and meeting.ends_at > now
    return MeetingState.RUNNING if going_on else MeetingState.HELD


def _times(meeting: Meeting, zone: ZoneInfo) -> Row:
    return {
        "starts_at": meeting.starts_at.astimezone(zone),
        "ends_at": meeting.ends_at and meeting.ends_at.astimezone(zone),
        "moved_from": meeting.moved_from and meeting.moved_from.astimezone(zone),
        "all_day": False,
        "zone": zone.key,
    }


def _place(location: Location | None) -> Row:
    if location is None:
        return {"place": "", "address": ""}
    name = ", ".join(part for part in (location.name, location.room) if part)
    return {"place": name, "address": location.address}

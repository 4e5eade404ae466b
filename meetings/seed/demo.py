"""Add invented series and a public forum, each marked as a demo."""

from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from meetings.calendars import recurrence
from meetings.schedule import actions, series_actions
from meetings.schedule.models import Location, Meeting, Series
from meetings.schedule.vocab import MeetingKind, Visibility
from meetings.seed.kick_off import place
from process.base.access import SYSTEM
from process.base.errors import Invalid
from process.groups.models import Group
from process.plan.models import Process

_LOOK_BACK = timedelta(days=42)


@cache
def inventions() -> dict[str, Any]:
    """Return the invented dates and places."""
    return yaml.safe_load(Path(__file__).with_name("demo.yaml").read_text(encoding="utf-8"))


def load(process: Process, *, now: datetime) -> None:
    """Add the meetings that are not there yet; they lie around `now`."""
    for row in inventions()["series"]:
        group = Group.objects.get(process=process, slug=row["group"])
        if not Series.objects.filter(group=group, title=row["title"]).exists():
            _start(group, row, now=now)
    forum = inventions()["forum"]
    if not Meeting.objects.filter(process=process, title=forum["title"]).exists():
        _call_forum(process, forum, now=now)


def _start(group: Group, row: dict[str, Any], *, now: datetime) -> None:
    begins = time.fromisoformat(row["at"])
    since = _today(group.process, now) - _LOOK_BACK
    series = series_actions.start(
        group_id=group.pk,
        title=row["title"],
        summary=inventions()["summary"],
        rrule=row["rrule"],
        starts_on=_first_day(row["rrule"], since, begins),
        starts_time=begins,
        minutes=row["minutes"],
        location=_place(group.process, row["location"], now=now),
        join_url=row.get("join_url", ""),
        visibility=Visibility.PUBLIC,
        by=SYSTEM,
        now=now,
    )
    for meeting in series.meetings.filter(ends_at__lte=now).order_by("starts_at"):
        actions.hold(meeting_id=meeting.pk, by=SYSTEM, now=now)
    if row["group"] == inventions()["changed"]["group"]:
        _change_two(series, now=now)


def _change_two(series: Series, *, now: datetime) -> None:
    """Move the second meeting to come, and call off the third."""
    _first, second, third = series.meetings.upcoming(now).order_by("starts_at")[:3]
    changed = inventions()["changed"]
    another = second.local_start.replace(tzinfo=None) + timedelta(days=changed["moved_days"])
    actions.move(meeting_id=second.pk, starts_at=another, by=SYSTEM, now=now)
    reason = changed["cancelled_reason"]
    actions.cancel(meeting_id=third.pk, reason=reason, by=SYSTEM, now=now)


def _call_forum(process: Process, forum: dict[str, Any], *, now: datetime) -> None:
    day = _today(process, now) + timedelta(days=forum["in_days"])
    day += timedelta(days=(forum["weekday"] - day.weekday()) % 7)
    meeting = actions.call(
        process=process,
        kind=MeetingKind.EVENT,
        title=forum["title"],
        summary=forum["summary"],
        starts_at=datetime.combine(day, time.fromisoformat(forum["from"])),
        ends_at=datetime.combine(day, time.fromisoformat(forum["until"])),
        time_zone=process.time_zone,
        location=_place(process, forum["location"], now=now),
        visibility=Visibility.PUBLIC,
        by=SYSTEM,
        now=now,
    )
    actions.plan(meeting_id=meeting.pk, by=SYSTEM, now=now)


def _place(process: Process, key: str, *, now: datetime) -> Location:
    return place(process, now=now, **inventions()["locations"][key])


def _today(process: Process, now: datetime) -> date:
    return now.astimezone(ZoneInfo(process.time_zone)).date()


def _first_day(rrule: str, since: date, begins: time) -> date:
    """Return the first day of a rule from a day on."""
    rule = recurrence.parse(rrule)
    return next(
        day
        for day in (since + timedelta(days=days) for days in count())
        if _fits(rule, datetime.combine(day, begins))
    )


def _fits(rule: recurrence.Rule, first: datetime) -> bool:
    try:
        recurrence.check(rule, first)
    except Invalid:
        return False
    return True

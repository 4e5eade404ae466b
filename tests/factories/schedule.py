"""Places, series and meetings."""

from datetime import date, datetime, time
from typing import Any

from meetings.schedule import actions, series_actions
from meetings.schedule.models import Location, Meeting, Series
from process.base.access import SYSTEM
from process.groups.models import Group
from process.plan.models import Process
from tests.factories import NOW, number

START = datetime(2026, 4, 15, 17, 0)
"""Naive local time: a third Wednesday, as the deeds take it."""


def location(process: Process) -> Location:
    """Enter a place to meet."""
    return actions.add_location(process_id=process.pk, name=f"Ort {number()}", by=SYSTEM, now=NOW)


def draft(group: Group, **values: Any) -> Meeting:
    """Call a meeting of a group, still a draft."""
    said = {
        "process": group.process,
        "group": group,
        "title": f"Sitzung {number()}",
        "starts_at": START,
        "ends_at": START.replace(hour=19),
        "time_zone": "Europe/Berlin",
        "visibility": "public",
    }
    return actions.call(by=SYSTEM, now=NOW, **said | values)


def meeting(group: Group, **values: Any) -> Meeting:
    """Call a meeting of a group and make it known."""
    return actions.plan(meeting_id=draft(group, **values).pk, by=SYSTEM, now=NOW)


def series(group: Group, *, now: datetime = NOW, **values: Any) -> Series:
    """Let a group meet every third Wednesday at 17:00, from March 2026 on."""
    said = {
        "title": f"Serie {number()}",
        "rrule": "FREQ=MONTHLY;BYDAY=3WE",
        "starts_on": date(2026, 3, 18),
        "starts_time": time(17, 0),
        "minutes": 120,
        "visibility": "public",
    }
    return series_actions.start(group_id=group.pk, by=SYSTEM, now=now, **said | values)

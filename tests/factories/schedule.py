"""Places, series and meetings."""

from datetime import UTC, date, datetime, time
from typing import Any

from meetings.schedule import actions, location_actions, series_actions
from meetings.schedule.models import Location, Meeting, Series
from process.base.access import SYSTEM
from process.groups.models import Group
from process.plan.models import Process
from tests.factories import NOW, number

START = datetime(2026, 4, 15, 17, 0)
"""Naive local time: a third Wednesday, as the deeds take it."""
AFTERWARDS = datetime(2026, 4, 16, 8, 0, tzinfo=UTC)


def location(process: Process) -> Location:
    """Enter a place to meet."""
    return location_actions.add_location(
        process_id=process.pk, name=f"Ort {number()}", by=SYSTEM, now=NOW
    )


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


def in_state(group: Group, state: str) -> Meeting:
    """Lead a meeting to a state by the deeds of the house."""
    made = draft(group)
    ways: dict[str, list[tuple[Any, dict[str, str]]]] = {
        "draft": [],
        "planned": [(actions.plan, {})],
        "running": [(actions.plan, {}), (actions.begin, {})],
        "held": [(actions.plan, {}), (actions.hold, {})],
        "closed": [(actions.plan, {}), (actions.hold, {}), (actions.close, {})],
        "cancelled": [(actions.plan, {}), (actions.cancel, {"reason": "x"})],
        "postponed": [(actions.plan, {}), (actions.postpone, {"reason": "x"})],
    }
    for step, values in ways[state]:
        made = step(meeting_id=made.pk, by=SYSTEM, now=AFTERWARDS, **values)
    return made

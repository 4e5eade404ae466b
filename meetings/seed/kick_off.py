"""Load the two public days of the kick-off, which have been held."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from meetings.schedule import actions, location_actions
from meetings.schedule.models import Location, Meeting
from meetings.schedule.vocab import MeetingKind, Visibility
from process.base.access import SYSTEM
from process.plan.models import Process
from process.seed.sources import facts


def load(process: Process, *, now: datetime) -> None:
    """Enter the days that are not there yet, from their calling to the closing of the books."""
    said = facts()["kick_off"]
    programme = [(datetime.fromisoformat(row["at"]), row["what"]) for row in said["programme"]]
    for number, day in enumerate(said["dates"], start=1):
        title = f"{said['title']}, Tag {number}"
        known = Meeting.objects.filter(process=process, kind=MeetingKind.EVENT, title=title)
        if not known.exists():
            _hold(process, title, [row for row in programme if row[0].date() == day], now=now)


def place(process: Process, *, name: str, now: datetime, **values: Any) -> Location:
    """Return the place of a name, entered if need be."""
    found = Location.objects.filter(process=process, name=name).order_by("created_at").first()
    return found or location_actions.add_location(
        process_id=process.pk, name=name, by=SYSTEM, now=now, **values
    )


def _hold(
    process: Process, title: str, programme: list[tuple[datetime, str]], *, now: datetime
) -> None:
    name, _comma, address = facts()["kick_off"]["place"].partition(", ")
    meeting = actions.call(
        process=process,
        kind=MeetingKind.EVENT,
        title=title,
        summary=_as_list(programme),
        # The source gives the beginning of each part and no end.
        starts_at=programme[0][0],
        time_zone=process.time_zone,
        location=place(process, name=name, address=address, now=now),
        visibility=Visibility.PUBLIC,
        by=SYSTEM,
        now=now,
    )
    for step in (actions.plan, actions.hold, actions.close):
        step(meeting_id=meeting.pk, by=SYSTEM, now=now)


def _as_list(programme: Iterable[tuple[datetime, str]]) -> str:
    return "\n".join(f"- {at:%H:%M} Uhr: {what}" for at, what in programme)

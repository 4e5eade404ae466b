"""Every operation that takes words: how it is called, and a body that it accepts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.meetings import locations, meetings, series
from api.process import groups, plan, rounds
from api.shapes import Input
from meetings.schedule.models import Meeting
from tests.api.world import World
from tests.factories import groups as seats
from tests.factories import people


@dataclass(frozen=True)
class Operation:
    """A method, an address (of a noun's object, or of the noun), an input and a good body."""

    name: str
    method: str
    path: Callable[[World], str]
    takes: type[Input]
    body: Callable[[World], dict[str, Any]]

    def call(self, client: Any, world: World, body: Any, **more: Any) -> Any:
        """Send a body on the newest state of the object."""
        headers = {"If-Match": "*"} if self.method == "PATCH" else {}
        send = getattr(client, self.method.lower())
        return send(self.path(world), body, headers=headers, **more)


def _on(noun: str, *deed: str) -> Callable[[World], str]:
    return lambda world: world.path(noun, *deed)


def _empty_seat(world: World) -> str:
    if "empty-seat" not in world.rows:
        world.rows["empty-seat"] = seats.seat(world.group)
    return f"/seats/{world.rows['empty-seat'].pk}/fill/"


def _person(world: World) -> str:
    if "candidate" not in world.rows:
        world.rows["candidate"] = people.person()
    return str(world.rows["candidate"].pk)


def _third(world: World) -> str:
    return str(world.rows["series"].meetings.order_by("starts_at")[2].pk)


def _place(world: World) -> str:
    return str(world.rows["locations"].pk)


def _successor(world: World) -> str:
    return str(Meeting.objects.filter(series=world.rows["series"]).earliest("starts_at").pk)


FIELD = {"name": "Neu", "colour": "teal", "summary": "Neu", "added_reason": "Neu"}
MEETING = {"title": "Neu", "summary": "Neu", "join_url": "https://video.example/neu"}
RULE = {"rrule": "FREQ=WEEKLY", "starts_time": "18:00", "extra_on": [], "excluded_on": []}
LONG = {"minutes": 90, **MEETING}
NEW_SERIES = {"kind": "event", "visibility": "public", "time_zone": "Europe/Berlin", **LONG, **RULE}

OPERATIONS = (
    Operation("edit process", "PATCH", _on("processes"), plan.ProcessEdit,
              lambda world: {"city": "Neu", "summary": "Neu"}),
    Operation("rename", "POST", _on("processes", "rename"), plan.Renaming,
              lambda world: {"slug": "neu", "title": "Neu", "short_title": "Neu"}),
    Operation("suspend", "POST", _on("processes", "suspend"), plan.Suspension,
              lambda world: {"reason": "Neu", "postpone_meetings": True}),
    Operation("edit phase", "PATCH", _on("phases"), plan.PhaseEdit,
              lambda world: {"title": "Neu", "summary": "Neu", "kind": "drafting",
                             "starts_on": "2026-01-01", "ends_on": "2026-12-31"}),
    Operation("add field", "POST", lambda world: "/fields-of-action/", plan.NewField,
              lambda world: {**FIELD, "process": str(world.process.pk), "slug": "neu"}),
    Operation("edit field", "PATCH", _on("fields-of-action"), plan.FieldEdit, lambda world: FIELD),
    Operation("reorder", "POST", _on("fields-of-action", "reorder"), plan.Position,
              lambda world: {"position": 1}),
    Operation("fill", "POST", _empty_seat, groups.Filling,
              lambda world: {"person": _person(world), "since_on": "2026-01-01"}),
    Operation("vacate", "POST", _on("seats", "vacate"), groups.Vacating,
              lambda world: {"until_on": "2026-12-31"}),
    Operation("add topic", "POST", lambda world: "/topics/", rounds.NewTopic,
              lambda world: {"title": "Neu", "summary": "Neu", "top": True,
                             "dialogue_round": str(world.rows["dialogue-rounds"].pk)}),
    Operation("edit topic", "PATCH", _on("topics"), rounds.TopicEdit,
              lambda world: {"title": "Neu", "summary": "Neu", "top": True}),
    Operation("add location", "POST", lambda world: "/locations/", locations.NewLocation,
              lambda world: {"process": str(world.process.pk), "name": "Neu", "room": "Neu",
                             "address": "Neu", "latitude": "49.79", "longitude": "9.93"}),
    Operation("edit location", "PATCH", _on("locations"), locations.LocationEdit,
              lambda world: {"name": "Neu", "room": "Neu", "address": "Neu",
                             "latitude": "49.79", "longitude": "9.93"}),
    Operation("call", "POST", lambda world: "/meetings/", meetings.NewMeeting,
              lambda world: {**MEETING, "location": _place(world), "process": str(world.process.pk),
                             "group": str(world.group.pk), "kind": "event", "visibility": "public",
                             "field_of_action": str(world.rows["fields-of-action"].pk),
                             "starts_at": "2026-06-01T17:00", "ends_at": "2026-06-01T19:00",
                             "time_zone": "Europe/Berlin"}),
    Operation("edit meeting", "PATCH", _on("meetings"), meetings.MeetingEdit,
              lambda world: {**MEETING, "location": _place(world)}),
    Operation("move", "POST", _on("meetings", "move"), meetings.Moving,
              lambda world: {"starts_at": "2026-06-01T17:00+02:00", "location": _place(world),
                             "ends_at": "2026-06-01T19:00:00+02:00"}),
    Operation("postpone", "POST", _on("meetings", "postpone"), meetings.Reason,
              lambda world: {"reason": "Neu"}),
    Operation("cancel", "POST", _on("meetings", "cancel"), meetings.Cancelling,
              lambda world: {"reason": "Neu", "successor": _successor(world)}),
    Operation("start series", "POST", lambda world: "/series/", series.NewSeries,
              lambda world: {**NEW_SERIES, "location": _place(world), "starts_on": "2026-06-03",
                             "group": str(world.group.pk)}),
    Operation("edit series", "PATCH", _on("series"), series.SeriesEdit,
              lambda world: {**LONG, "location": _place(world)}),
    Operation("split", "POST", _on("series", "split"), series.Split,
              lambda world: {**LONG, **RULE, "location": _place(world), "starts_on": "2026-05-20",
                             "meeting": _third(world)}),
    Operation("preview split", "POST", _on("series", "split", "preview"), series.Split,
              lambda world: {**LONG, **RULE, "location": _place(world), "starts_on": "2026-05-20",
                             "meeting": _third(world)}),
    Operation("end", "POST", _on("series", "end"), series.Ending, lambda world: {"reason": "Neu"}),
)  # fmt: skip

WORDLESS = tuple(
    [("processes", verb) for verb in ("start", "resume", "conclude")]
    + [("phases", verb) for verb in ("open", "close")]
    + [("meetings", verb) for verb in ("plan", "begin", "hold", "close", "publish", "withdraw")]
)
"""Deeds that take no words."""

"""Load the seats of the groups and who sits on them; vacancies stay vacancies.

A seat is known by its position in the group. It is filled only when it is set up, so that a seat
which somebody has left since is not filled again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from process.base.access import SYSTEM
from process.groups.actions import add_seat, fill
from process.groups.models import Group, Seat
from process.groups.vocab import SeatRole, Side
from process.people.actions import introduce
from process.people.models import Person
from process.seed.sources import VACANT, facts, group_facts, words

ADVISER_AT, SPEAKER_AT, MEMBER_AT = 1, 11, 21
"""Where the rows of seats begin; the gaps leave room for more."""


@dataclass(frozen=True, slots=True)
class Place:
    """A seat to be set up; `occupant` None means vacant."""

    position: int
    role: str
    side: str
    occupant: Mapping[str, Any] | None
    label: str = ""
    votes: bool = True
    delegated_by: Group | None = None


def load_bench(
    group: Group, row: Mapping[str, Any], groups: Mapping[str, Group], *, now: datetime
) -> None:
    """Set up the seats of the expert group of one field of action."""
    places = [*_advisers(row), *_speakers(row), *_members(row["name"], groups)]
    set_up(group, places, now=now)


def load_counted_seats(group: Group, row: Mapping[str, Any], *, now: datetime) -> None:
    """Set up the seats of a group whose members the source counts and does not name."""
    pattern, number, places = words()["unnamed"]["group"], 0, []
    for kind, count in row.get("seats", {}).items():
        for _ in range(count):
            number += 1
            occupant = {"name": pattern.format(number=number, group=group.name), "unnamed": True}
            ours = words()["seats"][kind]
            places.append(Place(number, SeatRole.MEMBER, occupant=occupant, **ours))
    set_up(group, places, now=now)


def set_up(group: Group, places: list[Place], *, now: datetime) -> None:
    """Set up those seats that are not there yet, and put people on them."""
    known = set(Seat.objects.filter(group=group).values_list("position", flat=True))
    for place in places:
        if place.position in known:
            continue
        seat = add_seat(
            group_id=group.pk,
            position=place.position,
            role=place.role,
            side=place.side,
            label=place.label,
            votes=place.votes,
            delegated_by=place.delegated_by,
            by=SYSTEM,
            now=now,
        )
        if place.occupant:
            since_on = facts()["kick_off"]["dates"][-1]
            person = named(place.occupant, now=now)
            fill(seat_id=seat.pk, person_id=person.pk, since_on=since_on, by=SYSTEM, now=now)


def named(occupant: Mapping[str, Any], *, now: datetime) -> Person:
    """Return the person of a name; whom the source does not name keeps the name unpublished."""
    found = Person.objects.filter(name=occupant["name"]).order_by("created_at").first()
    return found or introduce(
        name=occupant["name"],
        organisation=occupant.get("organisation", ""),
        publishes_name=not occupant.get("unnamed", False),
        by=SYSTEM,
        now=now,
    )


def _advisers(row: Mapping[str, Any]) -> Iterator[Place]:
    for position, name in enumerate(row["advisers"], start=ADVISER_AT):
        yield Place(position, SeatRole.ADVISER, Side.OTHER, {"name": name}, votes=False)


def _speakers(row: Mapping[str, Any]) -> Iterator[Place]:
    speakers = (
        (SeatRole.INTERNAL_SPEAKER, Side.ADMINISTRATION),
        (SeatRole.EXTERNAL_SPEAKER, Side.CIVIL_SOCIETY),
    )
    for position, (role, side) in enumerate(speakers, start=SPEAKER_AT):
        said = row[role.value]
        yield Place(position, role, side, None if said == VACANT else said)


def _members(field: str, groups: Mapping[str, Group]) -> Iterator[Place]:
    """Yield the members beside the two speakers, each of whom is one of the count of a side."""
    said = group_facts(field)
    senders = _senders(field)
    plain = {
        Side.ADMINISTRATION: said.get("internal", 1) - 1,
        Side.CIVIL_SOCIETY: said.get("external", 1 + len(senders)) - 1 - len(senders),
    }
    sides = [side for side, count in plain.items() for _ in range(count)]
    unnamed = words()["unnamed"]
    for number, side in enumerate(sides, start=1):
        name = unnamed["expert"].format(number=number, field=field)
        occupant = {"name": name, "unnamed": True}
        yield Place(MEMBER_AT + number - 1, SeatRole.MEMBER, side, occupant)
    for position, sender in enumerate(senders, start=MEMBER_AT + len(sides)):
        name = unnamed["delegate"].format(sender=sender, field=field)
        yield Place(
            position,
            SeatRole.DELEGATE,
            Side.CIVIL_SOCIETY,
            {"name": name, "unnamed": True},
            delegated_by=groups[sender],
        )


def _senders(field: str) -> list[str]:
    """List the groups that send a delegate here, one entry a delegate."""
    counted = group_facts(field).get("of_which_delegates")
    if counted:
        return [row["from"] for row in counted for _ in range(row["count"])]
    rows = facts()["group_facts"]
    return [row["group"] for row in rows if field in row.get("sends_delegates_to", ())]

"""The law of groups: every role follows from a seat or from coordinating the process."""

from enum import StrEnum
from typing import Any

import rules

from process.base.access import is_administrator, register
from process.groups.models import Occupancy
from process.groups.vocab import SPEAKERS, SeatRole
from process.plan.access import coordinated, in_charge_of_process


class Act(StrEnum):
    """What can be done to groups and seats."""

    FORM = "group.form"
    EDIT = "group.edit"
    ADD_SEAT = "seat.add"
    FILL = "seat.fill"
    VACATE = "seat.vacate"


def seats_of(user: Any) -> frozenset[tuple[Any, str]]:
    """Return (group id, role) for each seat that the user occupies; read once a request."""
    known = getattr(user, "_seats", None)
    if known is None:
        mine = Occupancy.objects.none()
        if user.is_authenticated:
            mine = Occupancy.objects.filter(person__user=user, until_on=None)
        known = user._seats = frozenset(mine.values_list("seat__group_id", "seat__role"))
    return known


def groups_of(user: Any) -> frozenset[Any]:
    """Return the ids of the groups in which the user has a seat."""
    return frozenset(group_id for group_id, _role in seats_of(user))


def sits_in(user: Any, group_id: Any, *roles: str) -> bool:
    """Tell whether the user has a seat in the group, in one of the roles if any are given."""
    return any(group == group_id and (not roles or role in roles) for group, role in seats_of(user))


def sees_names(user: Any, group: Any) -> bool:
    """Tell whether somebody sees the unpublished names of a group: its members, who runs it."""
    if not user.is_authenticated:
        return False
    if user.is_superuser or sits_in(user, group.pk):
        return True
    return group.process_id in coordinated(user)


@rules.predicate
def is_secretary(user: Any, group: Any) -> bool:
    """Secretaries of the group."""
    return sits_in(user, group.pk, SeatRole.SECRETARY)


@rules.predicate
def is_adviser(user: Any, group: Any) -> bool:
    """Advisers of the group."""
    return sits_in(user, group.pk, SeatRole.ADVISER)


@rules.predicate
def is_speaker(user: Any, group: Any) -> bool:
    """Speakers of the group."""
    return sits_in(user, group.pk, *SPEAKERS)


@rules.predicate
def coordinates_seat(user: Any, seat: Any) -> bool:
    """Coordinators of its process."""
    return seat.group.process_id in coordinated(user)


register("group", {Act.FORM: in_charge_of_process, Act.EDIT: in_charge_of_process})
register(
    "seat",
    {
        Act.ADD_SEAT: coordinates_seat | is_administrator,
        Act.FILL: coordinates_seat | is_administrator,
        Act.VACATE: coordinates_seat | is_administrator,
    },
)

"""Groups, seats, and who sits on them."""

from datetime import date
from typing import Any

from process.base.access import SYSTEM
from process.groups import actions
from process.groups.models import Group, Seat
from process.people.models import Person, User
from process.plan.models import Process
from tests.factories import NOW, number, people, plan

SINCE = date(2026, 1, 1)


def group(process: Process, **values: Any) -> Group:
    """Form a group."""
    n = number()
    said = {"slug": f"gruppe-{n}", "name": f"Gruppe {n}", "kind": "expert"}
    return actions.form(process_id=process.pk, by=SYSTEM, now=NOW, **said | values)


def expert_group(process: Process) -> Group:
    """Form a group for a field of action of its own."""
    return group(process, fields_of_action=[plan.field(process)])


def seat(group: Group, *, person: Person | None = None, **values: Any) -> Seat:
    """Set up a seat, vacant unless a person is given."""
    said = {"role": "member", "side": "civil_society", "position": number()}
    made = actions.add_seat(group_id=group.pk, by=SYSTEM, now=NOW, **said | values)
    return fill(made, person) if person else made


def fill(seat: Seat, person: Person) -> Seat:
    """Put a person on a seat."""
    return actions.fill(seat_id=seat.pk, person_id=person.pk, since_on=SINCE, by=SYSTEM, now=NOW)


def sitting(group: Group, role: str = "member") -> User:
    """Open a login and give it a seat in the group."""
    login = people.user()
    seat(group, role=role, person=people.person(login=login))
    return login


def fill_again(seat: Seat, since_on: date) -> Person:
    """Put somebody new on a seat that has been left."""
    person = people.person()
    actions.fill(seat_id=seat.pk, person_id=person.pk, since_on=since_on, by=SYSTEM, now=NOW)
    return person

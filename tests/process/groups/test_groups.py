"""Groups, seats and who sits on them."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from process.base.access import SYSTEM
from process.base.errors import Invalid, NotAllowed, Stale, WrongState
from process.groups import actions
from process.groups.access import groups_of, sits_in
from process.groups.models import Group, Occupancy, Seat
from process.groups.queries import (
    seats_for,
    seats_of_person,
    vacancies_for,
)
from process.people.models import User
from process.plan.models import Process
from tests.concurrency import at_once
from tests.evidence import everything, last_entry, left_traces, refused
from tests.factories import NOW, groups, people, plan

NOBODY = AnonymousUser()
MAY = date(2026, 5, 1)
JUNE = date(2026, 6, 1)


def fresh(user: User) -> User:
    """Return the login without what it remembers of its seats."""
    return User.objects.get(pk=user.pk)


@pytest.mark.django_db
def test_form_makes_a_group_for_its_fields(process: Process, coordinator: User) -> None:
    field = plan.field(process)

    group = actions.form(
        process_id=process.pk,
        fields_of_action=[field],
        kind="expert",
        slug="bildung",
        name="Bildung",
        by=coordinator,
        now=NOW,
    )

    assert list(group.fields_of_action.all()) == [field]
    assert left_traces(group, "group.form", "group.formed", coordinator)


@pytest.mark.django_db
def test_edit_corrects_what_a_group_says(group: Group, coordinator: User) -> None:
    by = {"by": coordinator, "now": NOW}

    edited = actions.edit(group_id=group.pk, rev=1, name="Neu", **by)

    assert (edited.name, edited.rev) == ("Neu", 2)
    assert left_traces(group, "group.edit", "group.edited", coordinator)
    before = everything()
    actions.edit(group_id=group.pk, rev=2, name="Neu", **by)
    assert everything() == before
    refused(Stale, actions.edit, group_id=group.pk, rev=1, name="x", **by)


@pytest.mark.django_db
def test_add_seat_sets_up_a_vacant_one(group: Group, coordinator: User) -> None:
    seat = actions.add_seat(
        group_id=group.pk, role="member", side="administration", by=coordinator, now=NOW
    )

    assert left_traces(seat, "seat.add", "seat.added", coordinator)
    assert list(vacancies_for(NOBODY)) == [seat]
    assert seats_for(NOBODY).get().occupancy is None


@pytest.mark.django_db
def test_fill_puts_a_person_on_a_seat(group: Group, coordinator: User) -> None:
    seat, person = groups.seat(group), people.person()

    filled = actions.fill(
        seat_id=seat.pk, person_id=person.pk, since_on=MAY, rev=1, by=coordinator, now=NOW
    )

    assert filled.rev == 2
    assert left_traces(seat, "seat.fill", "seat.filled", coordinator)
    assert last_entry(seat).after == {"person": str(person.pk), "since_on": "2026-05-01"}
    assert not vacancies_for(NOBODY).exists()
    assert seats_for(NOBODY).get().occupancy.person == person


@pytest.mark.django_db
def test_vacate_frees_a_seat_and_keeps_its_history(group: Group, coordinator: User) -> None:
    seat = groups.seat(group, person=people.person())
    by = {"by": coordinator, "now": NOW}

    actions.vacate(seat_id=seat.pk, until_on=MAY, **by)

    assert left_traces(seat, "seat.vacate", "seat.vacated", coordinator)
    assert list(vacancies_for(NOBODY)) == [seat]
    next_one = people.person()
    actions.fill(seat_id=seat.pk, person_id=next_one.pk, since_on=MAY, **by)
    history = Occupancy.objects.filter(seat=seat).order_by("since_on")
    assert [(row.since_on, row.until_on) for row in history] == [(groups.SINCE, MAY), (MAY, None)]


@pytest.mark.django_db
def test_wrong_states_refuse(group: Group) -> None:
    taken, vacant = groups.seat(group, person=people.person()), groups.seat(group)
    by = {"by": SYSTEM, "now": NOW}
    person = people.person().pk

    refused(WrongState, actions.fill, seat_id=taken.pk, person_id=person, since_on=MAY, **by)
    refused(WrongState, actions.vacate, seat_id=vacant.pk, until_on=MAY, **by)
    refused(Stale, actions.vacate, seat_id=taken.pk, until_on=MAY, rev=1, **by)
    refused(Stale, actions.fill, seat_id=vacant.pk, person_id=person, since_on=MAY, rev=7, **by)


@pytest.mark.django_db
def test_impossible_days_and_people_are_refused(group: Group) -> None:
    seat, by = groups.seat(group, person=people.person()), {"by": SYSTEM, "now": NOW}
    person = people.person().pk

    early = refused(Invalid, actions.vacate, seat_id=seat.pk, until_on=date(2025, 1, 1), **by)
    assert early.faults[0].pointer == "/until_on"
    actions.vacate(seat_id=seat.pk, until_on=JUNE, **by)
    overlap = refused(Invalid, actions.fill, seat_id=seat.pk, person_id=person, since_on=MAY, **by)
    assert overlap.faults[0].pointer == "/since_on"
    unknown = refused(
        Invalid, actions.fill, seat_id=seat.pk, person_id=group.pk, since_on=JUNE, **by
    )
    assert unknown.faults[0].pointer == "/person"


@pytest.mark.django_db
def test_strangers_and_members_change_nothing(
    group: Group, stranger: User, member: User, secretary: User
) -> None:
    vacant, taken = groups.seat(group), groups.seat(group, person=people.person())
    person = people.person().pk
    for user in (stranger, member, secretary):
        by = {"by": user, "now": NOW}
        said = {"kind": "expert", "slug": "x", "name": "X"}
        refused(NotAllowed, actions.form, process_id=group.process_id, **said, **by)
        refused(NotAllowed, actions.edit, group_id=group.pk, rev=1, name="x", **by)
        refused(NotAllowed, actions.add_seat, group_id=group.pk, role="member", **by)
        refused(NotAllowed, actions.fill, seat_id=vacant.pk, person_id=person, since_on=MAY, **by)
        refused(NotAllowed, actions.vacate, seat_id=taken.pk, until_on=MAY, **by)


@pytest.mark.django_db
def test_one_seat_holds_one_person_whatever_the_code_does(group: Group) -> None:
    seat = groups.seat(group, person=people.person())

    with pytest.raises(IntegrityError), transaction.atomic():
        Occupancy.objects.create(seat=seat, person=people.person(), since_on=MAY)


@pytest.mark.django_db
def test_rights_follow_from_seats_and_end_with_them(group: Group) -> None:
    member = groups.sitting(group, role="adviser")
    seat = Seat.objects.get(occupancies__person__user=member)

    assert sits_in(member, group.pk)
    assert sits_in(member, group.pk, "secretary", "adviser")
    assert not sits_in(member, group.pk, "secretary")
    assert groups_of(NOBODY) == frozenset()
    assert list(seats_of_person(member)) == [seat]
    actions.vacate(seat_id=seat.pk, until_on=MAY, by=SYSTEM, now=NOW)
    assert not sits_in(fresh(member), group.pk)
    assert not seats_of_person(member)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_who_fill_one_seat_at_once_one_wins() -> None:
    seat = groups.seat(groups.group(plan.prepared()))
    candidates = [people.person() for _ in range(8)]

    results = at_once(8, lambda number: groups.fill(seat, candidates[number]))

    losers = [result for result in results if isinstance(result, Exception)]
    assert len(losers) == 7
    assert {type(error) for error in losers} == {WrongState}
    assert Occupancy.objects.filter(seat=seat).count() == 1

"""Groups, seats and who sits on them."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from process.base.access import SYSTEM
from process.base.errors import Invalid, NotAllowed, Stale, WrongState
from process.groups import actions
from process.groups.access import groups_of, sees_names, sits_in
from process.groups.models import Group, Occupancy, Seat
from process.groups.queries import (
    groups_by_field_for,
    groups_for,
    groups_served_by,
    parity_of,
    seat_plan_for,
    seats_for,
    seats_of_person,
    vacancies_for,
)
from process.groups.vocab import Standing
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


@pytest.mark.django_db
def test_unpublished_names_are_seen_in_the_group_and_by_who_runs_it(
    group: Group, member: User, coordinator: User, administrator: User, stranger: User
) -> None:
    other = groups.sitting(groups.group(group.process))

    seen = [sees_names(u, group) for u in (member, coordinator, administrator)]
    unseen = [sees_names(u, group) for u in (NOBODY, stranger, other)]

    assert (seen, unseen) == ([True] * 3, [False] * 3)


@pytest.mark.django_db
def test_parity_counts_both_sides_and_who_is_there(group: Group, django_assert_num_queries) -> None:
    left = groups.seat(group, side="administration", person=people.person())
    actions.vacate(seat_id=left.pk, until_on=MAY, by=SYSTEM, now=NOW)
    groups.fill_again(left, MAY)
    groups.seat(group, side="administration")
    groups.seat(group, side="civil_society")
    groups.seat(group, side="other", person=people.person())

    with django_assert_num_queries(1):
        parity = parity_of(group)

    assert parity == {
        "administration": 2,
        "administration_occupied": 1,
        "civil_society": 1,
        "civil_society_occupied": 0,
    }


@pytest.mark.django_db
def test_the_seat_plan_shows_each_seat_once(group: Group, django_assert_num_queries) -> None:
    moved = groups.seat(group, position=1, person=people.person())
    actions.vacate(seat_id=moved.pk, until_on=MAY, by=SYSTEM, now=NOW)
    left = groups.seat(group, position=2, person=people.person())
    actions.vacate(seat_id=left.pk, until_on=MAY, by=SYSTEM, now=NOW)
    now_there = groups.fill_again(moved, MAY)

    with django_assert_num_queries(1):
        shown = [(seat.pk, seat.person_name, seat.group.name) for seat in seat_plan_for(NOBODY)]

    assert shown == [(moved.pk, now_there.name, group.name), (left.pk, None, group.name)]


@pytest.mark.django_db
def test_groups_come_once_a_field(process: Process) -> None:
    fields = [plan.field(process), plan.field(process)]
    both, none = groups.group(process, fields_of_action=fields), groups.group(process)

    pairs = {(group.pk, group.field_id) for group in groups_by_field_for(NOBODY)}

    assert pairs == {(both.pk, fields[0].pk), (both.pk, fields[1].pk), (none.pk, None)}


@pytest.mark.django_db
def test_groups_served_by_delegates(process: Process) -> None:
    youth, served = groups.group(process), groups.group(process)
    groups.seat(served, role="delegate", delegated_by=youth)
    groups.seat(served, role="delegate", delegated_by=youth)
    groups.seat(groups.group(process))

    assert list(groups_served_by(NOBODY, youth)) == [served]


@pytest.mark.django_db
def test_groups_of_a_hidden_process_are_hidden() -> None:
    group = groups.group(plan.prepared())
    groups.seat(group)

    assert not groups_for(NOBODY)
    assert not seats_for(NOBODY)
    assert groups_for(people.coordinator(group.process)).get() == group


@pytest.mark.django_db
def test_counts_of_seats_do_not_multiply(process: Process) -> None:
    group = groups.group(process, fields_of_action=[plan.field(process), plan.field(process)])
    groups.seat(group, person=people.person())
    groups.seat(group)
    groups.seat(group)
    groups.group(process)

    found = {g.pk: (g.seat_count, g.vacant_count) for g in groups_for(NOBODY)}

    assert found[group.pk] == (3, 2)
    assert (0, 0) in found.values()


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_and_three(
    rows: int, process: Process, django_assert_num_queries
) -> None:
    for _ in range(rows):
        groups.seat(groups.expert_group(process), person=people.person())

    with django_assert_num_queries(2):
        found = [(g.process.slug, list(g.fields_of_action.all())) for g in groups_for(NOBODY)]
    assert len(found) == rows
    with django_assert_num_queries(2):
        seats = [(seat.group.process.slug, seat.occupancy.person) for seat in seats_for(NOBODY)]
    assert len(seats) == rows


@pytest.mark.django_db
def test_the_standing_of_a_seat_can_be_asked(group: Group) -> None:
    groups.seat(group, position=1, person=people.person())
    groups.seat(group, position=2)

    standings = [seat.standing for seat in Seat.objects.with_standing().order_by("position")]

    assert standings == [Standing.OCCUPIED, Standing.VACANT]


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

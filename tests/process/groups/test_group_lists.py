"""What can be asked about groups and seats, and who sees it."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from process.base.access import SYSTEM
from process.groups import actions
from process.groups.access import sees_names
from process.groups.models import Group, Seat
from process.groups.queries import (
    groups_by_field_for,
    groups_for,
    groups_served_by,
    parity_of,
    seat_plan_for,
    seats_for,
)
from process.groups.vocab import Standing
from process.people.models import User
from process.plan.models import Process
from tests.factories import NOW, groups, people, plan

NOBODY = AnonymousUser()
MAY = date(2026, 5, 1)
JUNE = date(2026, 6, 1)


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

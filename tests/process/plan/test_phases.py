"""Phases, gates and milestones."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser

from process.base.access import SYSTEM
from process.base.errors import Invalid, NotAllowed, Stale, WrongState
from process.people.models import User
from process.plan import actions, phase_actions
from process.plan.models import Milestone, Phase, Process
from process.plan.queries import gate_is_open, phases_for
from process.plan.vocab import PhaseState
from tests.evidence import everything, last_entry, left_traces, refused
from tests.factories import NOW, plan

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 3, 2)


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN)


def state(phase: Phase) -> str:
    phase.refresh_from_db()
    return phase.state


def test_add_phase_brings_its_gates(process: Process, coordinator: User) -> None:
    phase = phase_actions.add_phase(
        process_id=process.pk,
        position=1,
        kind="drafting",
        title="Papier",
        gates=["drafting", "inquiries"],
        by=coordinator,
        now=NOW,
    )

    assert phase.state == PhaseState.PLANNED
    assert set(phase.gates.values_list("kind", flat=True)) == {"drafting", "inquiries"}
    assert left_traces(phase, "phase.add", "phase.added", coordinator)


def test_a_phase_ends_after_it_begins(process: Process) -> None:
    days = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 1)}
    phase = plan.phase(process)
    by = {"by": SYSTEM, "now": NOW}

    error = refused(
        Invalid,
        phase_actions.add_phase,
        process_id=process.pk,
        kind="drafting",
        title="x",
        position=1,
        **days,
        **by,
    )
    assert (error.faults[0].pointer, error.faults[0].code) == ("/ends_on", "ends_before_start")
    refused(Invalid, phase_actions.edit_phase, phase_id=phase.pk, rev=1, **days, **by)


def test_edit_phase(process: Process, coordinator: User) -> None:
    phase, by = plan.phase(process), {"by": coordinator, "now": NOW}

    edited = phase_actions.edit_phase(phase_id=phase.pk, rev=1, title="Neu", **by)

    assert (edited.title, edited.rev) == ("Neu", 2)
    assert left_traces(phase, "phase.edit", "phase.edited", coordinator)
    refused(Stale, phase_actions.edit_phase, phase_id=phase.pk, rev=1, title="x", **by)


def test_an_open_phase_opens_its_gates_and_a_closed_one_closes_them(
    process: Process, coordinator: User
) -> None:
    phase, by = plan.phase(process, gates=["inquiries"]), {"by": coordinator, "now": NOW}
    assert not gate_is_open(process.pk, "inquiries")

    phase_actions.open_phase(phase_id=phase.pk, **by)

    assert gate_is_open(process.pk, "inquiries")
    assert not gate_is_open(process.pk, "drafting")
    assert not gate_is_open(plan.process().pk, "inquiries")
    assert left_traces(phase, "phase.open", "phase.opened", coordinator)
    phase_actions.close_phase(phase_id=phase.pk, **by)
    assert not gate_is_open(process.pk, "inquiries")
    assert left_traces(phase, "phase.close", "phase.closed", coordinator)
    assert phase_actions.open_phase(phase_id=phase.pk, **by).state == PhaseState.OPEN


def test_wrong_states_refuse(process: Process) -> None:
    phase, by = plan.phase(process), {"by": SYSTEM, "now": NOW}

    refused(WrongState, phase_actions.close_phase, phase_id=phase.pk, **by)
    phase_actions.open_phase(phase_id=phase.pk, **by)
    refused(WrongState, phase_actions.open_phase, phase_id=phase.pk, **by)


def test_strangers_change_no_phase_and_no_milestone(process: Process, stranger: User) -> None:
    phase, by = plan.phase(process), {"by": stranger, "now": NOW}
    opened = phase_actions.open_phase(phase_id=plan.phase(process).pk, by=SYSTEM, now=NOW)
    said = {"kind": "drafting", "title": "x", "position": 1}
    mark = {"title": "x", "falls_on": DAY, "kind": "deadline"}

    refused(NotAllowed, phase_actions.add_phase, process_id=process.pk, **said, **by)
    refused(NotAllowed, phase_actions.edit_phase, phase_id=phase.pk, rev=1, title="x", **by)
    refused(NotAllowed, phase_actions.open_phase, phase_id=phase.pk, **by)
    refused(NotAllowed, phase_actions.close_phase, phase_id=opened.pk, **by)
    refused(NotAllowed, phase_actions.set_milestone, process_id=process.pk, **mark, **by)


def test_turn_phases_goes_by_the_days_of_the_process(process: Process) -> None:
    phase = plan.phase(process, starts_on=date(2026, 3, 3), ends_on=date(2026, 3, 4))

    assert phase_actions.turn_phases(now=at(2, 23, 59)) == 0
    assert phase_actions.turn_phases(now=at(3, 0, 0)) == 1
    assert state(phase) == PhaseState.OPEN
    assert last_entry(phase).by_system
    assert phase_actions.turn_phases(now=at(4, 23, 59)) == 0
    assert phase_actions.turn_phases(now=at(5, 0, 0)) == 1
    assert state(phase) == PhaseState.CLOSED
    assert phase_actions.turn_phases(now=at(5, 0, 0)) == 0


def test_turn_phases_respects_what_was_done_by_hand(process: Process) -> None:
    phase = plan.phase(process, starts_on=date(2026, 3, 1))
    phase_actions.open_phase(phase_id=phase.pk, by=SYSTEM, now=at(1))
    phase_actions.close_phase(phase_id=phase.pk, by=SYSTEM, now=at(2))

    assert phase_actions.turn_phases(now=at(3)) == 0
    assert state(phase) == PhaseState.CLOSED


def test_turn_phases_leaves_alone_what_has_no_day_or_is_long_over(process: Process) -> None:
    plan.phase(process)
    plan.phase(process, starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1))

    assert phase_actions.turn_phases(now=NOW) == 0


def test_a_suspended_process_stands_still(process: Process) -> None:
    phase, by = plan.phase(process, starts_on=DAY), {"by": SYSTEM, "now": NOW}
    actions.suspend(process_id=process.pk, reason="x", postpone_meetings=False, **by)

    assert phase_actions.turn_phases(now=NOW) == 0
    actions.resume(process_id=process.pk, **by)
    assert phase_actions.turn_phases(now=NOW) == 1
    assert state(phase) == PhaseState.OPEN


def test_set_milestone_marks_a_day_and_moves_the_mark(process: Process, coordinator: User) -> None:
    said = {"process_id": process.pk, "title": "Rat", "kind": "milestone"}
    by = {"by": coordinator, "now": NOW}

    first = phase_actions.set_milestone(falls_on=DAY, **said, **by)
    assert left_traces(first, "milestone.set", "milestone.set", coordinator)
    before = everything()
    phase_actions.set_milestone(falls_on=DAY, **said, **by)
    assert everything() == before
    moved = phase_actions.set_milestone(falls_on=date(2026, 4, 1), **said, **by)

    assert moved == first
    assert (moved.falls_on, moved.sequence, moved.rev) == (date(2026, 4, 1), 1, 2)
    same_day = phase_actions.set_milestone(
        falls_on=date(2026, 4, 1), **said | {"kind": "deadline"}, **by
    )
    assert (same_day.sequence, same_day.rev) == (1, 3)
    assert Milestone.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_phases_costs_two_queries(
    rows: int, process: Process, django_assert_num_queries
) -> None:
    for _ in range(rows):
        plan.phase(process, gates=["drafting"])

    with django_assert_num_queries(2):
        shown = [
            (phase.process.slug, list(phase.gates.all())) for phase in phases_for(AnonymousUser())
        ]
    assert len(shown) == rows

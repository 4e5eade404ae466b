"""A process halts: all its future meetings are put off in one deed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.schedule import actions
from meetings.schedule.models import Meeting
from meetings.schedule.queries import meetings_awaiting_dates
from meetings.schedule.suspension import postpone_all
from meetings.schedule.vocab import MeetingState
from process.base.access import SYSTEM
from process.base.errors import NotAllowed
from process.groups.models import Group
from process.journal.models import AuditEntry
from process.people.models import User
from process.plan.actions import resume, suspend
from process.plan.models import Process
from tests.evidence import everything, last_entry, news_of, refused
from tests.factories import NOW, groups, plan, schedule

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=60)


def halt(process: Process, by: User, *, postpone_meetings: bool = True) -> None:
    suspend(
        process_id=process.pk,
        reason="Pandemie",
        postpone_meetings=postpone_meetings,
        by=by,
        now=LATER,
    )


def test_suspending_puts_off_what_lies_ahead_and_nothing_else(
    group: Group, coordinator: User
) -> None:
    planned = list(schedule.series(group).meetings.order_by("starts_at"))
    past, ahead = planned[:2], planned[2:]
    draft, off = schedule.draft(group), planned.pop()
    ahead.remove(off)
    actions.cancel(meeting_id=off.pk, reason="Ferien", by=SYSTEM, now=NOW)
    foreign = schedule.meeting(groups.group(plan.process()))

    halt(group.process, coordinator)

    states = dict(Meeting.objects.values_list("pk", "state"))
    assert {states[m.pk] for m in ahead} == {MeetingState.POSTPONED}
    assert {states[m.pk] for m in (*past, foreign)} == {MeetingState.PLANNED}
    assert (states[draft.pk], states[off.pk]) == (MeetingState.DRAFT, MeetingState.CANCELLED)
    put_off = Meeting.objects.filter(state=MeetingState.POSTPONED)
    assert set(put_off.values_list("sequence", "rev", "reason", "shown_at")) == {
        (1, 2, "Pandemie", LATER)
    }


def test_every_meeting_put_off_leaves_its_trace_and_all_are_told_once(
    group: Group, coordinator: User
) -> None:
    meetings = list(schedule.series(group).meetings.filter(starts_at__gte=LATER))

    halt(group.process, coordinator)

    entries = AuditEntry.objects.filter(act="meeting.postpone")
    assert {entry.object_id for entry in entries} == {str(m.pk) for m in meetings}
    assert {entry.actor for entry in entries} == {coordinator}
    assert last_entry(meetings[0]).before == {"state": "planned"}
    assert news_of(group.process)[-2:] == ["process.suspended", "meetings.postponed"]


def test_suspending_may_leave_the_meetings_alone(group: Group, coordinator: User) -> None:
    schedule.series(group)

    halt(group.process, coordinator, postpone_meetings=False)

    assert set(Meeting.objects.values_list("state", flat=True)) == {MeetingState.PLANNED}


def test_suspending_costs_the_same_for_3_and_30() -> None:
    costs = []
    for number in (3, 30):
        other = plan.process()
        group = groups.expert_group(other)
        rrule = f"FREQ=WEEKLY;COUNT={number}"
        schedule.series(group, rrule=rrule, starts_on=LATER.date() + timedelta(days=2))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            halt(other, SYSTEM)
        assert Meeting.objects.filter(process=other, state="postponed").count() == number
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_a_suspension_that_fails_leaves_everything_as_it_was(
    group: Group, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule.series(group)
    before = everything()

    def fail(*args: object, **values: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("meetings.schedule.suspension.record_all", fail)
    with pytest.raises(RuntimeError):
        halt(group.process, coordinator)

    assert everything() == before


def test_resuming_lists_them_for_new_dates(group: Group, coordinator: User) -> None:
    schedule.series(group)
    halt(group.process, coordinator)
    resume(process_id=group.process_id, by=coordinator, now=LATER)

    waiting = list(meetings_awaiting_dates(coordinator, group.process))

    assert len(waiting) == 10
    assert [m.starts_at for m in waiting] == sorted(m.starts_at for m in waiting)
    first = waiting[0]
    same_day = first.local_start.replace(tzinfo=None)
    again = actions.move(meeting_id=first.pk, starts_at=same_day, by=coordinator, now=LATER)
    assert (again.state, again.sequence, again.uid) == (MeetingState.PLANNED, 2, first.uid)
    assert first not in meetings_awaiting_dates(coordinator, group.process)


def test_strangers_and_secretaries_halt_nothing(
    group: Group, stranger: User, secretary: User
) -> None:
    schedule.series(group)
    for user in (stranger, secretary):
        refused(NotAllowed, halt, process=group.process, by=user)
        refused(
            NotAllowed,
            postpone_all,
            process_id=group.process_id,
            reason="x",
            by=user,
            now=NOW,
        )

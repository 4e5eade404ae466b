"""This meeting and all that follow: a successor series takes over."""

from datetime import date, datetime, time, timedelta

import pytest

from meetings.schedule import actions, series_actions
from meetings.schedule.models import Meeting, Series
from meetings.schedule.vocab import MeetingState, SeriesState
from process.base.access import SYSTEM
from process.base.errors import Invalid
from process.groups.models import Group
from process.people.models import User
from tests.evidence import last_entry, left_traces, refused
from tests.factories import NOW, schedule

pytestmark = pytest.mark.django_db
BY = {"by": SYSTEM, "now": NOW}


@pytest.fixture
def series(group: Group) -> Series:
    """Weekly on Wednesdays at 17:00."""
    return schedule.series(group, rrule="FREQ=WEEKLY;BYDAY=WE", starts_on=date(2026, 3, 4))


def meetings(series: Series) -> list[Meeting]:
    return list(series.meetings.order_by("original_start"))


def split(series: Series, meeting: Meeting, **changes: object) -> Series:
    return series_actions.split(series_id=series.pk, meeting_id=meeting.pk, **BY, **changes)


def days(series: Series) -> list[date]:
    return [meeting.local_start.date() for meeting in meetings(series)]


def test_split_at_a_new_time_keeps_who_the_meetings_are(series: Series, secretary: User) -> None:
    all_of_them = meetings(series)

    successor = series_actions.split(
        series_id=series.pk,
        meeting_id=all_of_them[2].pk,
        starts_time=time(18, 30),
        by=secretary,
        now=NOW,
    )

    series.refresh_from_db()
    assert (series.state, successor.continues) == (SeriesState.ENDED, series)
    assert [m.pk for m in meetings(series)] == [m.pk for m in all_of_them[:2]]
    kept = meetings(successor)
    assert [(m.pk, m.uid) for m in kept] == [(m.pk, m.uid) for m in all_of_them[2:]]
    assert {(m.local_start.time(), m.sequence, m.state) for m in kept} == {
        (time(18, 30), 1, MeetingState.PLANNED)
    }
    assert [m.moved_from for m in kept] == [m.starts_at for m in all_of_them[2:]]
    assert left_traces(series, "series.split", "series.split", secretary)
    assert last_entry(kept[0]).act == "meeting.follow"


def test_split_to_another_weekday_calls_off_the_old_days_and_adds_the_new(
    series: Series,
) -> None:
    all_of_them = meetings(series)

    successor = split(series, all_of_them[2], rrule="FREQ=WEEKLY;BYDAY=TH")

    old = meetings(series)
    assert [m.state for m in old[:2]] == [MeetingState.PLANNED] * 2
    assert {(m.state, m.sequence) for m in old[2:]} == {(MeetingState.CANCELLED, 1)}
    assert all(m.reason for m in old[2:])
    new = meetings(successor)
    assert {m.local_start.weekday() for m in new} == {3}
    assert new[0].local_start.date() == all_of_them[2].local_start.date() + timedelta(days=1)
    assert {m.uid for m in new}.isdisjoint(m.uid for m in old)


def test_split_counts_down_what_is_left(group: Group) -> None:
    series = schedule.series(
        group, rrule="FREQ=WEEKLY;BYDAY=WE;COUNT=10", starts_on=date(2026, 3, 4)
    )
    third = meetings(series)[2]

    successor = split(series, third, starts_time=time(18, 0))

    assert "COUNT=8" in successor.rrule
    assert len(meetings(series)) + len(meetings(successor)) == 10


def test_split_leaves_alone_what_was_set_for_one_meeting(series: Series) -> None:
    own = meetings(series)[3]
    actions.move(meeting_id=own.pk, starts_at=datetime(2026, 3, 26, 9, 0), **BY)

    successor = split(series, meetings(series)[2], starts_time=time(18, 0), title="Neu")

    moved = successor.meetings.get(pk=own.pk)
    assert (moved.local_start.replace(tzinfo=None), moved.title) == (
        datetime(2026, 3, 26, 9, 0),
        "Neu",
    )
    assert moved.local_start.date() != moved.original_start.date()


def test_split_does_not_bring_back_what_was_called_off(series: Series) -> None:
    all_of_them = meetings(series)
    for off in (all_of_them[4], all_of_them[-1]):
        actions.cancel(meeting_id=off.pk, reason="Ferien", **BY)

    successor = split(series, all_of_them[2], starts_time=time(18, 0))

    called_off = {all_of_them[4].local_start.date(), all_of_them[-1].local_start.date()}
    assert called_off.isdisjoint(days(successor))
    assert set(series.meetings.off()) == {all_of_them[4], all_of_them[-1]}
    later = NOW + timedelta(weeks=2)
    series_actions.extend(series_id=successor.pk, by=SYSTEM, now=later)
    assert called_off.isdisjoint(days(successor))


def test_split_gives_postponed_meetings_their_day_and_leaves_them_off(series: Series) -> None:
    off = meetings(series)[3]
    actions.postpone(meeting_id=off.pk, reason="x", **BY)

    successor = split(series, meetings(series)[2], starts_time=time(18, 0))

    assert successor.meetings.get(pk=off.pk).state == MeetingState.POSTPONED


def test_split_never_rewrites_what_was_held(series: Series) -> None:
    held, second, *_ = meetings(series)
    now = held.starts_at + timedelta(days=1)
    actions.hold(meeting_id=held.pk, by=SYSTEM, now=now)
    before = Meeting.objects.filter(pk=held.pk).values().get()

    series_actions.split(series_id=series.pk, meeting_id=second.pk, title="Neu", by=SYSTEM, now=now)

    assert Meeting.objects.filter(pk=held.pk).values().get() == before


def test_split_at_a_past_meeting_is_refused(series: Series) -> None:
    first, *_ = meetings(series)
    same = {"series_id": series.pk, "title": "x", "by": SYSTEM}

    error = refused(
        Invalid,
        series_actions.split,
        meeting_id=first.pk,
        now=first.starts_at + timedelta(minutes=1),
        **same,
    )
    assert error.faults[0].code == "past"


def test_split_at_a_meeting_of_another_series_is_refused(series: Series, group: Group) -> None:
    foreign, single = meetings(schedule.series(group))[0], schedule.meeting(group)

    for meeting in (foreign, single):
        error = refused(
            Invalid,
            series_actions.split,
            series_id=series.pk,
            meeting_id=meeting.pk,
            title="x",
            **BY,
        )
        assert error.faults[0].code == "not_in_series"


def test_split_to_what_cannot_be_kept_is_refused(series: Series) -> None:
    third = meetings(series)[2]
    same = {"series_id": series.pk, "meeting_id": third.pk, **BY}

    refused(Invalid, series_actions.split, rrule="FREQ=YEARLY", **same)
    refused(
        Invalid,
        series_actions.split,
        rrule="FREQ=DAILY",
        starts_time=time(2, 30),
        **same,
    )


def test_a_successor_can_be_split_again(series: Series) -> None:
    first = split(series, meetings(series)[2], starts_time=time(18, 0))

    second = split(first, meetings(first)[2], starts_time=time(19, 0))

    uids = [m.uid for part in (series, first, second) for m in meetings(part)]
    assert len(uids) == len(set(uids)) == 52
    assert [len(meetings(part)) for part in (series, first)] == [2, 2]
    assert series_actions.extend_all(now=NOW) == 0

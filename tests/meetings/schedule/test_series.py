"""Series bring forth meetings, once each, and follow what is changed."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import AnonymousUser

from meetings.schedule import actions, series_actions
from meetings.schedule.models import Meeting, Series
from meetings.schedule.queries import series_for
from meetings.schedule.vocab import MeetingState, SeriesState
from process.base.access import SYSTEM
from process.base.errors import Invalid, NotAllowed, Stale, WrongState
from process.groups.models import Group
from process.people.models import User
from process.plan.actions import resume, suspend
from tests.evidence import everything, last_entry, left_traces, news_of, refused
from tests.factories import NOW, groups, schedule

pytestmark = pytest.mark.django_db
WEEKLY = {"rrule": "FREQ=WEEKLY;BYDAY=WE", "starts_on": date(2026, 3, 4)}
MONTH = timedelta(days=31)
BY = {"by": SYSTEM, "now": NOW}


def meetings(series: Series) -> list[Meeting]:
    return list(series.meetings.order_by("original_start"))


def test_start_plans_a_year_of_third_wednesdays(group: Group, secretary: User) -> None:
    series = series_actions.start(
        group_id=group.pk,
        title="Bildung",
        rrule="freq=monthly;byday=3we",
        starts_on=date(2026, 3, 18),
        starts_time=time(17, 0),
        by=secretary,
        now=NOW,
    )

    local = [meeting.local_start for meeting in meetings(series)]
    assert series.rrule == "FREQ=MONTHLY;BYDAY=3WE"
    assert len(local) == 12
    assert {(day.weekday(), day.hour, (day.day - 1) // 7) for day in local} == {(2, 17, 2)}
    assert {meeting.state for meeting in meetings(series)} == {MeetingState.PLANNED}
    assert len({meeting.uid for meeting in meetings(series)}) == 12
    assert left_traces(series, "series.start", "series.started", secretary)
    assert last_entry(series).after["meetings"] == 12


def test_five_in_the_afternoon_stays_so_over_both_clock_changes(group: Group) -> None:
    series = schedule.series(group, **WEEKLY)

    made = meetings(series)
    assert {meeting.local_start.hour for meeting in made} == {17}
    assert {meeting.local_end.hour for meeting in made} == {19}
    offsets = [meeting.local_start.utcoffset() for meeting in made]
    gaps = {after.starts_at - before.starts_at for before, after in pairwise(made)}
    assert gaps == {timedelta(hours=hours) for hours in (167, 168, 169)}
    assert offsets.count(timedelta(hours=2)) == 30
    assert made[3].starts_at == datetime(2026, 3, 25, 16, 0, tzinfo=UTC)
    assert made[4].starts_at == datetime(2026, 4, 1, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"starts_on": date(2026, 3, 17)}, "/starts_on"),
        ({"rrule": "FREQ=SECONDLY"}, "/rrule"),
        ({"rrule": "FREQ=WEEKLY;COUNT=1000000000"}, "/rrule"),
        ({**WEEKLY, "rrule": "FREQ=DAILY", "starts_time": time(2, 30)}, "/starts_time"),
        ({"time_zone": "Europe/Nowhere"}, "/time_zone"),
    ],
)
def test_start_refuses_what_cannot_be_kept(group: Group, said: dict, pointer: str) -> None:
    error = refused(Invalid, schedule.series, group=group, **said)

    assert error.faults[0].pointer == pointer


def test_extending_twice_brings_forth_nothing_new(group: Group) -> None:
    series = schedule.series(group)
    before = everything()

    assert series_actions.extend(series_id=series.pk, **BY) == 0
    assert series_actions.extend_all(now=NOW) == 0
    assert everything() == before


def test_extending_a_month_later_brings_forth_exactly_the_new_ones(group: Group) -> None:
    series = schedule.series(group, **WEEKLY)
    known = {meeting.uid for meeting in meetings(series)}

    made = series_actions.extend_all(now=NOW + timedelta(weeks=4))

    new = [meeting for meeting in meetings(series) if meeting.uid not in known]
    assert made == len(new) == 4
    assert min(m.starts_at for m in new) > NOW + timedelta(days=364)
    assert news_of(series)[-1] == "series.extended"
    assert last_entry(series).by_system


def test_extending_keeps_off_what_was_moved_or_called_off(group: Group) -> None:
    series = schedule.series(group)
    first, second, *_, last = meetings(series)
    actions.move(meeting_id=first.pk, starts_at=schedule.START, **BY)
    actions.cancel(meeting_id=second.pk, reason="x", **BY)
    actions.cancel(meeting_id=last.pk, reason="x", **BY)

    assert series_actions.extend(series_id=series.pk, **BY) == 0


def test_no_series_of_a_suspended_process_is_extended(group: Group) -> None:
    schedule.series(group)
    process, later = {"process_id": group.process_id}, NOW + 2 * MONTH
    suspend(**process, reason="x", postpone_meetings=False, **BY)

    assert series_actions.extend_all(now=later) == 0
    resume(**process, **BY)
    assert series_actions.extend_all(now=later) == 2


def test_extra_and_excluded_days(group: Group) -> None:
    days = {"extra_on": ["2026-03-20"], "excluded_on": ["2026-04-15"]}

    local = [m.local_start for m in meetings(schedule.series(group, **days))]

    assert [day.date().isoformat() for day in local[:3]] == [
        "2026-03-18",
        "2026-03-20",
        "2026-05-20",
    ]


def test_moving_one_detaches_its_time_only(group: Group) -> None:
    first, second, *_ = meetings(schedule.series(group))

    moved = actions.move(meeting_id=first.pk, starts_at=datetime(2026, 3, 19, 18), **BY)

    second.refresh_from_db()
    assert (moved.detached_fields, moved.sequence) == (["starts_at"], 1)
    assert moved.original_start == first.starts_at
    assert (second.sequence, second.rev) == (0, 1)


def test_revise_changes_all_to_come_but_what_was_set_for_one_alone(
    group: Group, secretary: User
) -> None:
    series = schedule.series(group, **WEEKLY)
    held, own, third, off, *_ = meetings(series)
    later = held.starts_at + timedelta(days=1)
    actions.hold(meeting_id=held.pk, by=SYSTEM, now=later)
    actions.edit(meeting_id=own.pk, rev=None, title="Eigener Titel", **BY)
    actions.cancel(meeting_id=off.pk, reason="x", **BY)

    series_actions.revise_series(
        series_id=series.pk, rev=1, title="Neu", minutes=90, by=secretary, now=later
    )

    after = {meeting.pk: meeting for meeting in meetings(series)}
    assert after[held.pk].title == after[off.pk].title == series.title
    assert (after[held.pk].ends_at, after[off.pk].ends_at) == (held.ends_at, off.ends_at)
    assert (after[own.pk].title, after[own.pk].sequence) == ("Eigener Titel", 1)
    assert after[own.pk].ends_at == own.starts_at + timedelta(minutes=90)
    assert (after[third.pk].title, after[third.pk].sequence) == ("Neu", 1)
    assert after[third.pk].shown_at == later
    assert left_traces(series, "series.revise", "series.revised", secretary)
    assert last_entry(third).act == "meeting.follow"


def test_revise_of_words_raises_no_sequence(group: Group) -> None:
    series = schedule.series(group)

    series_actions.revise_series(series_id=series.pk, rev=None, summary="Neu", **BY)

    assert {(m.summary, m.sequence, m.rev) for m in meetings(series)} == {("Neu", 0, 2)}


def test_revise_without_a_change_leaves_no_trace(group: Group) -> None:
    series = schedule.series(group)
    before = everything()

    series_actions.revise_series(series_id=series.pk, rev=1, title=series.title, **BY)

    assert everything() == before


def test_end_cancels_what_is_to_come(group: Group, secretary: User) -> None:
    series = schedule.series(group, **WEEKLY)
    held, *ahead = meetings(series)
    now = held.starts_at + timedelta(days=1)
    actions.hold(meeting_id=held.pk, by=SYSTEM, now=now)

    ended = series_actions.end(series_id=series.pk, reason="Genug", by=secretary, now=now)

    assert ended.state == SeriesState.ENDED
    assert [m.state for m in meetings(series)] == ["held"] + ["cancelled"] * len(ahead)
    assert {(m.sequence, m.reason) for m in meetings(series)[1:]} == {(1, "Genug")}
    assert left_traces(series, "series.end", "series.ended", secretary)
    assert series_actions.extend(series_id=series.pk, by=SYSTEM, now=now + 2 * MONTH) == 0


def test_an_ended_series_is_not_changed(group: Group) -> None:
    series = schedule.series(group)
    first, *_ = meetings(series)
    series_actions.end(series_id=series.pk, reason="Genug", **BY)
    same = {"series_id": series.pk, **BY}

    refused(WrongState, series_actions.end, reason="x", **same)
    refused(WrongState, series_actions.revise_series, rev=None, title="x", **same)
    refused(WrongState, series_actions.split, meeting_id=first.pk, title="x", **same)


def test_older_revisions_are_refused(group: Group) -> None:
    series = schedule.series(group)
    first, *_ = meetings(series)
    same = {"series_id": series.pk, "rev": 9, **BY}

    refused(Stale, series_actions.end, reason="x", **same)
    refused(Stale, series_actions.revise_series, title="x", **same)
    refused(Stale, series_actions.split, meeting_id=first.pk, title="x", **same)


def test_strangers_and_members_change_no_series(group: Group, stranger: User, member: User) -> None:
    series = schedule.series(group)
    first, *_ = meetings(series)
    elsewhere = groups.sitting(groups.group(group.process), role="secretary")
    said = {"title": "x", **WEEKLY, "starts_time": time(17, 0)}
    for user in (stranger, member, elsewhere):
        by = {"by": user, "now": NOW}
        same = {"series_id": series.pk, **by}
        refused(NotAllowed, series_actions.start, group_id=group.pk, **said, **by)
        refused(NotAllowed, series_actions.extend, **same)
        refused(NotAllowed, series_actions.revise_series, rev=None, title="x", **same)
        refused(NotAllowed, series_actions.split, meeting_id=first.pk, title="x", **same)
        refused(NotAllowed, series_actions.end, reason="x", **same)


def test_series_are_seen_like_their_meetings(group: Group, member: User, stranger: User) -> None:
    shown, hidden = schedule.series(group), schedule.series(group, visibility="members")

    assert list(series_for(AnonymousUser())) == list(series_for(stranger)) == [shown]
    assert set(series_for(member)) == {shown, hidden}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_series_costs_one_query(
    rows: int, group: Group, django_assert_num_queries
) -> None:
    for _ in range(rows):
        schedule.series(group)

    with django_assert_num_queries(1):
        found = [(s.process.slug, s.group.name, s.location) for s in series_for(AnonymousUser())]
    assert len(found) == rows

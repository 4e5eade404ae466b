"""What may change about a single meeting, and what calendars learn of it."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from meetings.schedule import actions
from meetings.schedule.models import Meeting
from meetings.schedule.queries import meetings_for
from meetings.schedule.vocab import MeetingState, Visibility
from process.base.access import SYSTEM
from process.base.errors import Invalid, NotAllowed, Stale, WrongState
from process.groups.models import Group
from process.people.models import User
from tests.evidence import everything, left_traces, refused
from tests.factories import NOW, schedule

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
HOUR = timedelta(hours=1)
ANOTHER = schedule.START + timedelta(days=1)


def current(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def test_older_revisions_are_refused(group: Group) -> None:
    meeting, by = schedule.meeting(group), {"by": SYSTEM, "now": NOW}
    same = {"meeting_id": meeting.pk, "rev": 1, **by}

    refused(Stale, actions.edit, title="x", **same)
    refused(Stale, actions.move, starts_at=ANOTHER, **same)
    refused(Stale, actions.cancel, reason="x", **same)
    refused(Stale, actions.withdraw, **same)
    refused(Stale, actions.discard, **same)


def test_move_keeps_uid_and_duration_and_raises_sequence_once(
    group: Group, secretary: User
) -> None:
    meeting = schedule.meeting(group)
    place = schedule.location(group.process)

    moved = actions.move(
        meeting_id=meeting.pk,
        starts_at=ANOTHER,
        location=place,
        reason="Raum",
        by=secretary,
        now=schedule.AFTERWARDS,
    )

    assert moved.uid == meeting.uid
    assert (moved.sequence, moved.rev) == (1, meeting.rev + 1)
    assert moved.starts_at - meeting.starts_at == timedelta(days=1)
    assert moved.ends_at - moved.starts_at == 2 * HOUR
    assert (moved.moved_from, moved.location, moved.reason) == (meeting.starts_at, place, "Raum")
    assert moved.shown_at == schedule.AFTERWARDS
    assert left_traces(meeting, "meeting.move", "meeting.moved", secretary)


def test_move_to_the_same_time_changes_nothing(group: Group) -> None:
    meeting = schedule.meeting(group)
    before = everything()

    actions.move(
        meeting_id=meeting.pk, starts_at=schedule.START, by=SYSTEM, now=schedule.AFTERWARDS
    )

    assert everything() == before


def test_move_of_a_draft_raises_no_sequence(group: Group) -> None:
    meeting = schedule.draft(group)

    moved = actions.move(meeting_id=meeting.pk, starts_at=ANOTHER, by=SYSTEM, now=NOW)

    assert (moved.sequence, moved.moved_from, moved.state) == (0, None, MeetingState.DRAFT)


def test_move_gives_a_postponed_meeting_a_new_date(group: Group) -> None:
    meeting = schedule.in_state(group, "postponed")

    moved = actions.move(
        meeting_id=meeting.pk, starts_at=ANOTHER, by=SYSTEM, now=schedule.AFTERWARDS
    )

    assert (moved.state, moved.reason, moved.sequence) == (MeetingState.PLANNED, "", 2)


@pytest.mark.parametrize(
    "said",
    [
        {"starts_at": datetime(2026, 3, 29, 2, 30)},
        {"starts_at": ANOTHER, "ends_at": schedule.START},
    ],
)
def test_move_refuses_times_that_do_not_exist(group: Group, said: dict) -> None:
    meeting = schedule.meeting(group)

    refused(Invalid, actions.move, meeting_id=meeting.pk, by=SYSTEM, now=NOW, **said)


def test_edit_of_words_raises_no_sequence(group: Group, secretary: User) -> None:
    meeting = schedule.meeting(group)

    edited = actions.edit(
        meeting_id=meeting.pk, rev=meeting.rev, title="Neu", by=secretary, now=schedule.AFTERWARDS
    )

    assert (edited.title, edited.sequence, edited.shown_at) == ("Neu", 0, schedule.AFTERWARDS)
    assert left_traces(meeting, "meeting.edit", "meeting.edited", secretary)


def test_edit_of_the_place_raises_sequence_once(group: Group) -> None:
    meeting, place = schedule.meeting(group), schedule.location(group.process)
    said = {"meeting_id": meeting.pk, "rev": None, "location": place, "by": SYSTEM}

    assert actions.edit(**said, now=schedule.AFTERWARDS).sequence == 1
    before = everything()
    assert actions.edit(**said, now=schedule.AFTERWARDS + HOUR).sequence == 1
    assert everything() == before


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_edit_leaves_settled_meetings_alone(group: Group, state: str) -> None:
    meeting = schedule.in_state(group, state)

    refused(
        WrongState, actions.edit, meeting_id=meeting.pk, rev=None, title="x", by=SYSTEM, now=NOW
    )


def test_cancel_names_the_successor_and_raises_sequence_once(group: Group) -> None:
    meeting, instead = schedule.meeting(group), schedule.meeting(group)

    off = actions.cancel(
        meeting_id=meeting.pk,
        reason="Krank",
        successor_id=instead.pk,
        by=SYSTEM,
        now=schedule.AFTERWARDS,
    )

    assert (off.sequence, off.is_off) == (1, True)
    assert off.successor_id == instead.pk
    assert off in meetings_for(NOBODY)


def test_cancelling_what_is_postponed_is_no_second_change_of_plan(group: Group) -> None:
    meeting = schedule.in_state(group, "postponed")

    off = actions.cancel(meeting_id=meeting.pk, reason="Aus", by=SYSTEM, now=schedule.AFTERWARDS)

    assert (meeting.sequence, off.sequence) == (1, 1)


def test_publish_and_withdraw(group: Group, coordinator: User, secretary: User) -> None:
    meeting = schedule.meeting(group, visibility="members")
    same = {"meeting_id": meeting.pk, "now": schedule.AFTERWARDS}
    assert meeting not in meetings_for(NOBODY)

    shown = actions.publish(**same, by=coordinator)
    assert (shown.visibility, shown.sequence) == (Visibility.PUBLIC, 1)
    assert left_traces(meeting, "meeting.publish", "meeting.published", coordinator)
    assert meeting in meetings_for(NOBODY)
    hidden = actions.withdraw(**same, by=coordinator)
    assert (hidden.visibility, hidden.sequence) == (Visibility.MEMBERS, 2)
    assert hidden.withdrawn_at == schedule.AFTERWARDS
    assert left_traces(meeting, "meeting.withdraw", "meeting.withdrawn", coordinator)
    assert meeting not in meetings_for(NOBODY)
    refused(WrongState, actions.withdraw, **same, by=coordinator)
    assert actions.publish(**same, by=coordinator).withdrawn_at is None
    refused(NotAllowed, actions.withdraw, **same, by=secretary)


def test_a_draft_that_is_withdrawn_was_never_announced(group: Group) -> None:
    meeting = schedule.draft(group)

    hidden = actions.withdraw(meeting_id=meeting.pk, by=SYSTEM, now=NOW)

    assert (hidden.visibility, hidden.withdrawn_at) == (Visibility.MEMBERS, None)

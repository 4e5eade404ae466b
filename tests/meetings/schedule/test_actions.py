"""Single meetings: call, plan, edit, move, postpone, cancel, hold, close, publish, withdraw."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from meetings.schedule import actions
from meetings.schedule.models import Meeting
from meetings.schedule.queries import locations_for, meetings_for
from meetings.schedule.vocab import MeetingState
from process.base.access import SYSTEM
from process.base.errors import Invalid, NotAllowed, WrongState
from process.groups.models import Group
from process.people.models import User
from tests.evidence import last_entry, left_traces, news_of, refused
from tests.factories import NOW, groups, plan, schedule

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
HOUR = timedelta(hours=1)
ANOTHER = schedule.START + timedelta(days=1)


def current(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def test_call_drafts_a_meeting_in_its_own_zone(group: Group, secretary: User) -> None:
    meeting = actions.call(
        process=group.process,
        group=group,
        title="Sondersitzung",
        starts_at=schedule.START,
        ends_at=schedule.START + HOUR,
        time_zone="Europe/Berlin",
        by=secretary,
        now=NOW,
    )

    assert meeting.state == MeetingState.DRAFT
    assert current(meeting).starts_at == datetime(2026, 4, 15, 15, 0, tzinfo=UTC)
    assert meeting.uid.endswith("@teilhabe.example")
    assert left_traces(meeting, "meeting.call", "meeting.called", secretary)
    assert meeting not in meetings_for(NOBODY)
    assert meeting in meetings_for(secretary)


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"starts_at": datetime(2026, 3, 29, 2, 30)}, "/starts_at"),
        ({"starts_at": datetime(2026, 10, 25, 2, 30)}, "/starts_at"),
        ({"starts_at": datetime(1999, 1, 1)}, "/starts_at"),
        ({"starts_at": datetime(9999, 1, 1)}, "/starts_at"),
        ({"ends_at": schedule.START}, "/ends_at"),
        ({"time_zone": "Europe/Nowhere"}, "/time_zone"),
    ],
)
def test_call_refuses_times_that_do_not_exist(group: Group, said: dict, pointer: str) -> None:
    error = refused(Invalid, schedule.draft, group=group, **said)

    assert error.faults[0].pointer == pointer


STEPS = [
    ("plan", "draft", "planned", "meeting.planned", {}),
    ("postpone", "planned", "postponed", "meeting.postponed", {"reason": "Krank"}),
    ("cancel", "planned", "cancelled", "meeting.cancelled", {"reason": "Krank"}),
    ("cancel", "postponed", "cancelled", "meeting.cancelled", {"reason": "Krank"}),
    ("begin", "planned", "running", "meeting.begun", {}),
    ("hold", "planned", "held", "meeting.held", {}),
    ("hold", "running", "held", "meeting.held", {}),
    ("close", "held", "closed", "meeting.closed", {}),
]


@pytest.mark.parametrize(("verb", "source", "target", "news", "said"), STEPS)
def test_a_step_leads_on_and_leaves_traces(
    group: Group, secretary: User, verb: str, source: str, target: str, news: str, said: dict
) -> None:
    meeting = schedule.in_state(group, source)

    done = getattr(actions, verb)(
        meeting_id=meeting.pk, rev=meeting.rev, by=secretary, now=schedule.AFTERWARDS, **said
    )

    assert (current(meeting).state, done.rev) == (target, meeting.rev + 1)
    assert current(meeting).reason == said.get("reason", "")
    assert left_traces(meeting, f"meeting.{verb}", news, secretary)
    assert last_entry(meeting).before["state"] == source
    assert last_entry(meeting).after["state"] == target


@pytest.mark.parametrize("verb", ["plan", "postpone", "cancel", "begin", "hold", "close", "move"])
@pytest.mark.parametrize("state", list(MeetingState))
def test_wrong_states_refuse(group: Group, verb: str, state: str) -> None:
    open_now = {(step[0], step[1]) for step in STEPS}
    open_now |= {("move", "draft"), ("move", "planned"), ("move", "postponed")}
    if (verb, state) in open_now:
        return
    meeting = schedule.in_state(group, state)
    said = {"starts_at": ANOTHER} if verb == "move" else {}
    said |= {"reason": "x"} if verb in {"postpone", "cancel"} else {}

    refused(
        WrongState,
        getattr(actions, verb),
        meeting_id=meeting.pk,
        by=SYSTEM,
        now=schedule.AFTERWARDS,
        **said,
    )


def test_hold_waits_for_the_beginning(group: Group) -> None:
    meeting = schedule.meeting(group)

    refused(WrongState, actions.hold, meeting_id=meeting.pk, by=SYSTEM, now=NOW)


def test_discard_deletes_drafts_only(group: Group, secretary: User) -> None:
    draft, planned = schedule.draft(group), schedule.meeting(group)
    gone = current(draft)
    by = {"by": secretary, "now": NOW}

    refused(WrongState, actions.discard, meeting_id=planned.pk, rev=None, **by)
    actions.discard(meeting_id=draft.pk, rev=1, **by)

    assert not Meeting.objects.filter(pk=gone.pk).exists()
    assert last_entry(gone).act == "meeting.discard"
    assert news_of(gone)[-1] == "meeting.discarded"


def test_strangers_and_members_change_nothing(group: Group, stranger: User, member: User) -> None:
    draft, meeting = schedule.draft(group), schedule.meeting(group)
    hidden = schedule.meeting(group, visibility="members")
    held = schedule.in_state(group, "held")
    elsewhere = groups.sitting(groups.group(group.process), role="secretary")
    for user in (stranger, member, elsewhere):
        by = {"by": user, "now": schedule.AFTERWARDS}
        same = {"meeting_id": meeting.pk, **by}
        call = {"process": group.process, "group": group, "title": "x"}
        call |= {"starts_at": schedule.START, "time_zone": "Europe/Berlin"}
        refused(NotAllowed, actions.call, **call, **by)
        refused(NotAllowed, actions.plan, meeting_id=draft.pk, **by)
        refused(NotAllowed, actions.discard, meeting_id=draft.pk, rev=None, **by)
        refused(NotAllowed, actions.edit, rev=None, title="x", **same)
        refused(NotAllowed, actions.move, starts_at=ANOTHER, **same)
        refused(NotAllowed, actions.postpone, reason="x", **same)
        refused(NotAllowed, actions.cancel, reason="x", **same)
        refused(NotAllowed, actions.begin, **same)
        refused(NotAllowed, actions.hold, **same)
        refused(NotAllowed, actions.close, meeting_id=held.pk, **by)
        refused(NotAllowed, actions.withdraw, **same)
        refused(NotAllowed, actions.publish, meeting_id=hidden.pk, **by)


def test_members_see_what_only_members_see(group: Group, member: User, stranger: User) -> None:
    hidden = schedule.meeting(group, visibility="members")
    other = schedule.meeting(groups.group(group.process), visibility="members")

    assert list(meetings_for(member)) == [hidden]
    assert not meetings_for(stranger)
    assert set(meetings_for(SYSTEM)) == {hidden, other}


def test_meetings_of_a_hidden_process_are_hidden() -> None:
    group = groups.group(plan.prepared())
    schedule.meeting(group)

    assert not meetings_for(NOBODY)
    assert meetings_for(groups.sitting(group))


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_and_three(
    rows: int, group: Group, django_assert_num_queries
) -> None:
    for _ in range(rows):
        schedule.meeting(group, location=schedule.location(group.process))

    with django_assert_num_queries(2):
        found = [
            (m.process.slug, m.location.name, list(m.group.fields_of_action.all()), m.local_start)
            for m in meetings_for(NOBODY)
        ]
    assert len(found) == rows
    with django_assert_num_queries(1):
        places = [place.process.slug for place in locations_for(NOBODY)]
    assert len(places) == rows

"""News from below: what a calendar shows of a process, a group or a field has changed."""

from datetime import date, timedelta

import pytest

from meetings.schedule.exports import Options, feed_bytes
from meetings.schedule.models import FeedVersion, Meeting
from meetings.schedule.queries import feed_for
from process.base.access import SYSTEM
from process.groups import actions as group_actions
from process.groups.models import Group
from process.plan import actions as plan_actions
from process.plan import field_actions, phase_actions
from process.plan.models import FieldOfAction, Process
from tests.factories import NOW, groups, plan, schedule

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
BY = {"by": SYSTEM, "now": LATER}


@pytest.fixture
def meeting(group: Group) -> Meeting:
    """A public meeting of the group."""
    return schedule.meeting(group)


def feed(process: Process, **scope: str) -> FeedVersion:
    """Return a feed as of the day of the tests."""
    row = feed_for(process.slug, **scope)
    assert row
    FeedVersion.objects.filter(pk=row.pk).update(as_of=NOW.date())
    return FeedVersion.objects.select_related("process", "field", "group").get(pk=row.pk)


def versions() -> dict[int, int]:
    return dict(FeedVersion.objects.values_list("pk", "version"))


def written(row: FeedVersion) -> str:
    current = FeedVersion.objects.select_related("process", "field", "group").get(pk=row.pk)
    body, _gzipped = feed_bytes(current, Options())
    return body.decode().replace("\r\n ", "")


def current(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def test_a_rename_keeps_uids_and_renews_every_calendar(meeting: Meeting) -> None:
    process, rows = meeting.process, [feed(meeting.process)]
    rows += [feed(process, group=meeting.group.slug)]
    before, old_slug = written(rows[0]), process.slug
    assert meeting.uid in before

    plan_actions.rename(
        process_id=process.pk, slug="wir-2-0", title="Wir", short_title="WIR2.0", **BY
    )

    after = written(rows[0])
    assert current(meeting).uid == meeting.uid
    assert current(meeting).sequence == meeting.sequence
    assert current(meeting).shown_at == LATER
    assert set(versions().values()) == {2}
    assert feed_for(old_slug) == feed_for("wir-2-0") == rows[0]
    assert f"UID:{meeting.uid}" in after
    assert f"/wir-2-0/meetings/{meeting.pk}/" in after
    assert old_slug not in after
    assert "X-WR-CALNAME:WIR2.0" in after


def test_publishing_opens_the_calendars() -> None:
    process = plan.prepared()
    schedule.meeting(groups.expert_group(process))
    assert feed_for(process.slug) is None

    plan_actions.publish(process_id=process.pk, **BY)

    assert feed_for(process.slug)


def test_the_name_of_a_group_renews_its_calendars_only(meeting: Meeting) -> None:
    group, process = meeting.group, meeting.process
    other = groups.expert_group(process)
    elsewhere = schedule.meeting(other)
    concerned = [feed(process), feed(process, group=group.slug)]
    concerned += [feed(process, field=group.fields_of_action.get().slug)]
    unconcerned = feed(process, group=other.slug)

    group_actions.edit(group_id=group.pk, rev=None, name="Neuer Name", **BY)

    assert {pk for pk, version in versions().items() if version == 2} == {r.pk for r in concerned}
    assert unconcerned.version == 1
    assert (current(meeting).shown_at, current(meeting).sequence) == (LATER, 0)
    assert current(elsewhere).shown_at == NOW
    assert "Neuer Name" in written(concerned[0])


def test_the_name_of_a_group_renews_the_field_that_one_of_its_meetings_is_about(
    group: Group,
) -> None:
    field = plan.field(group.process)
    schedule.meeting(group, field=field)
    row = feed(group.process, field=field.slug)

    group_actions.edit(group_id=group.pk, rev=None, name="Neuer Name", **BY)

    assert versions()[row.pk] == 2
    assert "Neuer Name" in written(row)


def test_the_name_of_a_field_renews_every_calendar_it_stands_in(meeting: Meeting) -> None:
    process, field = meeting.process, meeting.group.fields_of_action.get()
    guest = groups.expert_group(process)
    about_it = schedule.meeting(guest, field=field)
    unconcerned = groups.expert_group(process)
    rows = [feed(process), feed(process, field=field.slug)]
    rows += [feed(process, group=meeting.group.slug), feed(process, group=guest.slug)]
    other = feed(process, group=unconcerned.slug)

    field_actions.edit_field(field_id=field.pk, rev=None, name="Neues Feld", **BY)

    raised = {pk for pk, version in versions().items() if version == 2}
    assert raised == {row.pk for row in rows}
    assert other.pk not in raised
    assert [current(m).shown_at for m in (meeting, about_it)] == [LATER, LATER]
    assert all("CATEGORIES:Neues Feld" in written(row) for row in rows)


def test_the_colour_of_a_field_renews_its_calendar_and_no_entry(meeting: Meeting) -> None:
    field = meeting.group.fields_of_action.get()
    row = feed(meeting.process, field=field.slug)
    before = written(row)

    field_actions.edit_field(field_id=field.pk, rev=None, colour="teal", **BY)

    assert "COLOR:teal" in written(row)
    assert "COLOR:teal" not in before
    assert current(meeting).rev == meeting.rev


def edit_process(process: Process, group: Group, field: FieldOfAction) -> None:
    plan_actions.edit(process_id=process.pk, rev=None, summary="Neu", city="Neustadt", **BY)


def edit_group(process: Process, group: Group, field: FieldOfAction) -> None:
    group_actions.edit(group_id=group.pk, rev=None, summary="Neu", position=9, **BY)


def edit_field(process: Process, group: Group, field: FieldOfAction) -> None:
    field_actions.edit_field(field_id=field.pk, rev=None, summary="Neu", **BY)


def fill_seat(process: Process, group: Group, field: FieldOfAction) -> None:
    groups.sitting(group)


def open_phase(process: Process, group: Group, field: FieldOfAction) -> None:
    phase_actions.open_phase(phase_id=plan.phase(process).pk, **BY)


@pytest.mark.parametrize("deed", [edit_process, edit_group, edit_field, fill_seat, open_phase])
def test_what_no_calendar_shows_renews_none(meeting: Meeting, deed) -> None:
    process, group = meeting.process, meeting.group
    field = group.fields_of_action.get()
    rows = [feed(process), feed(process, group=group.slug), feed(process, field=field.slug)]
    before = [written(row) for row in rows]

    deed(process, group, field)

    assert set(versions().values()) == {1}
    assert current(meeting).rev == meeting.rev
    assert [written(row) for row in rows] == before


def test_a_milestone_stands_in_the_calendar_of_the_process(meeting: Meeting) -> None:
    process = meeting.process
    whole, of_group = feed(process), feed(process, group=meeting.group.slug)
    said = {"process_id": process.pk, "title": "Ratsbeschluss", "kind": "milestone"}

    phase_actions.set_milestone(falls_on=date(2026, 5, 1), **said, **BY)

    assert "Ratsbeschluss" in written(whole)
    assert "Ratsbeschluss" not in written(of_group)
    assert versions() == {whole.pk: 2, of_group.pk: 1}
    phase_actions.set_milestone(falls_on=date(2026, 5, 1), **said, **BY)
    assert versions()[whole.pk] == 2
    phase_actions.set_milestone(falls_on=date(2026, 5, 8), **said, **BY)
    assert "DTSTART;VALUE=DATE:20260508" in written(whole)

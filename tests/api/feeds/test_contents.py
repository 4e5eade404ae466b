"""What stands in a feed, and when its bytes change."""

from datetime import date, timedelta

import pytest

from meetings.calendars import ical
from meetings.schedule import actions, series_actions
from process.base.access import SYSTEM
from process.groups import actions as groups_actions
from process.plan import actions as plan_actions
from process.plan import field_actions, phase_actions
from tests.api.feeds.reading import Feed, lines, paths
from tests.factories import NOW, groups, plan, schedule

LATER = NOW + timedelta(days=1)
STAMP = "20260303T090000Z"


def by(moment=LATER):
    return {"by": SYSTEM, "now": moment}


def test_an_event_says_when_where_what_and_leads_to_its_page(feed, meeting):
    event = feed.event(meeting)
    url = f"https://teilhabe.example/wir2-0/meetings/{meeting.pk}/"

    assert event["SUMMARY"] == "Sitzung"
    assert event["DTSTART"] == "20260415T170000"
    assert event["DTEND"] == "20260415T190000"
    assert event["STATUS"] == "CONFIRMED"
    assert event["SEQUENCE"] == "0"
    assert event["LOCATION"] == meeting.location.name
    assert event["URL"] == url
    assert event["DESCRIPTION"] == f"Gruppe: Bildung\\nThema\\n{url}"
    assert event["DTSTAMP"] == event["LAST-MODIFIED"] == event["CREATED"] == "20260302T090000Z"
    assert event["CATEGORIES"] == meeting.group.fields_of_action.get().name
    assert "DTSTART;TZID=Europe/Berlin:20260415T170000" in lines(feed.body())


def test_the_head_names_the_calendar(feed, meeting):
    head = lines(feed.body())

    for line in (
        "VERSION:2.0", "NAME:WIR 2.0", "X-WR-CALNAME:WIR 2.0", "CALSCALE:GREGORIAN",
        "X-WR-TIMEZONE:Europe/Berlin", "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "SOURCE;VALUE=URI:https://teilhabe.example/calendar/wir2-0.ics",
    ):  # fmt: skip
        assert line in head
    for word in ("METHOD", "ATTENDEE", "ORGANIZER", "RRULE:FREQ=W", "VTODO", "ATTACH"):
        assert not any(line.startswith(word) for line in head)


def test_each_feed_has_its_own_part(client, process, group, meeting):
    elsewhere = schedule.meeting(groups.expert_group(process))
    own = schedule.meeting(groups.group(process), field=group.fields_of_action.get())
    whole, of_group, of_field = (Feed(client, path).events() for path in paths(process, group))

    assert whole.keys() == {meeting.uid, elsewhere.uid, own.uid}
    assert of_group.keys() == {meeting.uid}
    assert of_field.keys() == {meeting.uid, own.uid}


@pytest.mark.parametrize(
    "change",
    [
        lambda m: actions.edit(meeting_id=m.pk, rev=None, title="Sitzung", **by()),
        lambda m: plan_actions.edit(process_id=m.process_id, rev=None, summary="Neu", **by()),
        lambda m: groups_actions.edit(group_id=m.group_id, rev=None, summary="Neu", **by()),
        lambda m: schedule.draft(m.group),
        lambda m: groups.sitting(m.group),
        lambda m: plan.phase(m.process),
        lambda m: schedule.meeting(groups.expert_group(plan.process())),
        lambda m: field_actions.edit_field(
            field_id=m.group.fields_of_action.get().pk, rev=None, summary="Neu", **by()
        ),
    ],
)
def test_what_nobody_sees_there_changes_no_byte(client, process, group, meeting, change):
    feeds = [Feed(client, path) for path in paths(process, group)]
    before = [(feed.body(), feed.get()["ETag"], feed.get()["Last-Modified"]) for feed in feeds]
    change(meeting)

    assert [(f.body(), f.get()["ETag"], f.get()["Last-Modified"]) for f in feeds] == before


def rename_group(meeting):
    groups_actions.edit(group_id=meeting.group_id, rev=None, name="Anders", **by())


def rename_field(meeting):
    field = meeting.group.fields_of_action.get()
    field_actions.edit_field(field_id=field.pk, rev=None, name="Anders", **by())


def rename_process(meeting):
    said = {"slug": "anders", "title": "Anders", "short_title": "Anders"}
    plan_actions.rename(process_id=meeting.process_id, **said, **by())


@pytest.mark.parametrize(
    ("change", "name"),
    [(rename_group, "DESCRIPTION"), (rename_field, "CATEGORIES"), (rename_process, "URL")],
)
def test_a_new_name_beside_it_renews_the_entry_without_a_new_date(
    client, process, group, meeting, change, name
):
    for path in paths(process, group):
        before = Feed(client, path).event(meeting)
        with_old = Feed(client, path).get()["ETag"]
        assert name in before
    change(meeting)

    for path in paths(process, group):
        feed = Feed(client, path)
        event = feed.event(meeting)
        assert event[name] != before[name]
        assert "nders" in event[name]
        assert event["LAST-MODIFIED"] == event["DTSTAMP"] == STAMP
        assert (event["UID"], event["SEQUENCE"]) == (before["UID"], before["SEQUENCE"])
        assert feed.get()["ETag"] != with_old
        assert feed.get()["Last-Modified"] == "Tue, 03 Mar 2026 09:00:00 GMT"


def test_a_changed_word_is_no_new_date(feed, meeting):
    actions.edit(meeting_id=meeting.pk, rev=None, title="Neu", summary="Neu", **by())
    event = feed.event(meeting)

    assert (event["SUMMARY"], event["SEQUENCE"], event["DTSTAMP"]) == ("Neu", "0", STAMP)


def test_a_date_is_raised_once_a_change_and_never_back(feed, meeting):
    deeds = (
        lambda: actions.move(
            meeting_id=meeting.pk, starts_at=schedule.START.replace(day=16), **by()
        ),
        lambda: actions.postpone(meeting_id=meeting.pk, reason="Krank", **by()),
        lambda: actions.move(meeting_id=meeting.pk, starts_at=schedule.START, **by()),
        lambda: actions.cancel(meeting_id=meeting.pk, reason="Krank", **by()),
        lambda: actions.withdraw(meeting_id=meeting.pk, **by()),
    )
    for number, deed in enumerate(deeds, 1):
        deed()
        assert feed.event(meeting)["SEQUENCE"] == str(number)


def test_a_moved_meeting_keeps_its_identity_and_tells_its_old_time(feed, meeting):
    actions.move(meeting_id=meeting.pk, starts_at=schedule.START.replace(day=16), **by())
    event = feed.event(meeting)

    assert event["DTSTART"] == "20260416T170000"
    assert event["DTEND"] == "20260416T190000"
    assert "Verlegt\\, ursprünglich: Mittwoch\\, 15. April 2026\\, 17:00" in event["DESCRIPTION"]


def test_what_is_called_off_says_why_and_what_instead(feed, meeting, group):
    instead = schedule.meeting(group)
    said = {"reason": "Krank", "successor_id": instead.pk}
    actions.cancel(meeting_id=meeting.pk, **said, **by())
    event = feed.event(meeting)

    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Abgesagt: Sitzung")
    assert "Grund: Krank" in event["DESCRIPTION"]
    assert f"/meetings/{instead.pk}/" in event["DESCRIPTION"]
    assert feed.events("?cancelled=hide").keys() == {instead.uid}


def test_what_is_put_off_counts_as_called_off(feed, meeting):
    actions.postpone(meeting_id=meeting.pk, reason="Krank", **by())
    event = feed.event(meeting)

    assert event["STATUS"] == "CANCELLED"
    assert "Bis auf Weiteres verschoben.\\nGrund: Krank" in event["DESCRIPTION"]


def test_a_withdrawn_meeting_tells_nothing_but_that_it_is_off(client, feed, group):
    meeting = schedule.meeting(
        group, title="Vertraulich", summary="Geheim", join_url="https://video.example/geheim"
    )
    actions.withdraw(meeting_id=meeting.pk, **by())
    actions.edit(meeting_id=meeting.pk, rev=None, title="Vertraulicher", **by())
    one = Feed(client, f"/calendar/meetings/{meeting.pk}.ics")

    for told in (feed, one):
        event = told.event(meeting)
        assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Abgesagt: Gruppensitzung")
        assert event.keys().isdisjoint({"DESCRIPTION", "LOCATION", "CONFERENCE", "CATEGORIES"})
        for word in ("ertraulich", "eheim", "Bildung"):
            assert word not in told.body().decode()


def test_drafts_and_members_meetings_never_appear(client, process, group, meeting):
    schedule.draft(group)
    schedule.meeting(group, visibility="members")
    series_actions.end(
        series_id=schedule.series(group, visibility="members").pk, reason="x", **by()
    )
    withdrawn = schedule.draft(group)
    actions.withdraw(meeting_id=withdrawn.pk, **by())

    for path in paths(process, group):
        assert Feed(client, path).events().keys() == {meeting.uid}


def test_a_milestone_is_a_whole_day(feed, process):
    said = {"title": "Einreichen", "falls_on": date(2026, 5, 4), "kind": "deadline"}
    mark = phase_actions.set_milestone(process_id=process.pk, **said, **by(NOW))
    before = feed.get()["ETag"]
    (event,) = feed.events().values()

    assert event["SUMMARY"] == "Frist: Einreichen"
    assert (event["DTSTART"], event["DTEND"]) == ("20260504", "20260505")
    assert (event["TRANSP"], event["SEQUENCE"]) == ("TRANSPARENT", "0")
    phase_actions.set_milestone(
        process_id=process.pk, **said | {"falls_on": date(2026, 5, 5)}, **by()
    )
    assert feed.get()["ETag"] != before
    event = feed.events()[f"{mark.pk}@teilhabe.example"]
    assert (event["DTSTART"], event["SEQUENCE"], event["DTSTAMP"]) == ("20260505", "1", STAMP)


def test_an_alarm_is_given_to_who_asks(feed, meeting, group):
    off = schedule.meeting(group)
    actions.cancel(meeting_id=off.pk, reason="x", **by())

    assert b"VALARM" not in feed.body()
    assert feed.body("?alarm=30").count(b"TRIGGER:-PT30M") == 1
    assert feed.get("?alarm=30")["ETag"] != feed.get()["ETag"]


def test_one_changed_meeting_in_a_hundred_is_written_anew_alone(feed, group, monkeypatch):
    meetings = [schedule.meeting(group) for _ in range(100)]
    feed.body()
    written = []
    write = ical.event
    monkeypatch.setattr(ical, "event", lambda row: written.append(row.uid) or write(row))
    actions.edit(meeting_id=meetings[42].pk, rev=None, title="Neu", **by())

    assert len(feed.events()) == 100
    assert written == [meetings[42].uid]

"""Rows that slipped past every check do not break a feed."""

import pytest

from meetings.schedule import exports
from meetings.schedule.models import Location, Meeting
from process.groups.models import Group
from process.plan.models import FieldOfAction, Milestone, Process
from tests.api.feeds.reading import Feed, lines, paths
from tests.parsers.readers import READERS, require

# PostgreSQL itself keeps NUL out.
EVIL = (
    "".join(map(chr, range(1, 32))) + "\x7f\x85\x9f\u2028\u2029\u202e\ufeff\r\nBEGIN:VEVENT\r\nX:1"
)
LONG = "ä" * 190


@pytest.fixture
def spoilt(process, group, meeting):
    """Everything that a feed shows, spoilt."""
    Location.objects.update(name=EVIL, room=EVIL, address=EVIL)
    Group.objects.update(name=EVIL)
    FieldOfAction.objects.update(name=EVIL, colour="x\r\nX:1")
    Process.objects.update(title=EVIL, short_title=EVIL[:40])
    said = {"title": EVIL, "summary": EVIL, "join_url": f"https://x.example/{EVIL}", "reason": EVIL}
    Meeting.objects.update(**said)
    Milestone.objects.create(process=process, title=EVIL, falls_on="2026-05-05")
    return meeting


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@pytest.mark.parametrize("at", range(3))
def test_spoilt_rows_are_shown_clean(client, process, group, spoilt, reader, at):
    require(reader.missing())
    FieldOfAction.objects.update(colour="teal")
    body = Feed(client, paths(process, group)[at]).body()
    entries = reader.read(body)

    assert spoilt.uid in {entry["uid"] for entry in entries}
    assert not any(line.startswith("X:1") for line in lines(body))
    assert not set(body.decode()) & set("\x01\x0b\x0c\x1b\x7f\x85\u2028\u2029\u202e")
    assert all(line.endswith(b"\r") for line in body.split(b"\n")[:-1])


@pytest.mark.parametrize(
    "values",
    [
        {"time_zone": "Nope/Nowhere"},
        {"time_zone": "x\r\nX:1"},
        {"title": ""},
        {"title": LONG, "summary": "x" * 200_000},
        {"join_url": "javascript:alert(1)\r\nX:1"},
        {"join_url": "https://[::1"},
        {"summary": "<script>\\n;,\\"},
        {"uid": "a\r\nX:1@b"},
        {"sequence": 2_147_483_647},
    ],
)
def test_one_spoilt_row_spoils_no_other(feed, meeting, group, values):
    from tests.factories import schedule

    good = schedule.meeting(group)
    Meeting.objects.filter(pk=meeting.pk).update(**values)

    assert feed.event(good)["SUMMARY"] == good.title
    assert len(feed.events()) == 2
    assert not any(line.startswith("X:1") for line in lines(feed.body()))


def test_an_unknown_colour_is_left_out(client, process, group, meeting):
    FieldOfAction.objects.update(colour="nope")
    body = Feed(client, paths(process, group)[2]).body()

    assert b"X-APPLE-CALENDAR-COLOR" not in body


def test_the_calendar_of_one_spoilt_meeting_is_served(client, spoilt):
    feed = Feed(client, f"/calendar/meetings/{spoilt.pk}.ics")

    assert list(feed.events()) == [spoilt.uid]
    assert exports.meeting_url(spoilt.process, spoilt.pk)

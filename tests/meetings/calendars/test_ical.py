"""The bytes of our calendars: complete, clean, folded, and the same for the same rows."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.calendars import ical
from tests.meetings.calendars.examples import BERLIN, HEAD, NASTY, ZONES, feed, meeting, rows
from tests.parsers.readers import read_with_vobject

ONE = """\
BEGIN:VEVENT
UID:m1@teilhabe.example
DTSTAMP:20260106T094500Z
DTSTART;TZID=Europe/Berlin:20260318T170000
DTEND;TZID=Europe/Berlin:20260318T190000
SUMMARY:Expertengruppe Bildung
STATUS:CONFIRMED
SEQUENCE:0
CREATED:20260105T083000Z
LAST-MODIFIED:20260106T094500Z
TRANSP:OPAQUE
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
LOCATION:Raum 3\\, Rathausplatz 1
DESCRIPTION:1. Begrüßung\\n2. Schulwege\\n\\nhttps://teilhabe.example/m/1
URL:https://teilhabe.example/m/1
CONFERENCE;VALUE=URI:https://meet.example/bildung?pwd=a;b,c
CATEGORIES:Bildung\\, Jugend,Gruppe
GEO:52.516300;13.377700
RELATED-TO:series-1@teilhabe.example
END:VEVENT
"""

HEAD_LINES = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Teilhabe//Teilhabe//DE
CALSCALE:GREGORIAN
NAME:Bildung\\, Arbeit\\; Wohnen
X-WR-CALNAME:Bildung\\, Arbeit\\; Wohnen
DESCRIPTION:Sitzungen der Gruppe\\nund ihre Fristen
X-WR-CALDESC:Sitzungen der Gruppe\\nund ihre Fristen
X-WR-TIMEZONE:Europe/Berlin
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
COLOR:steelblue
X-APPLE-CALENDAR-COLOR:#4682b4
URL:https://teilhabe.example/plan/
SOURCE;VALUE=URI:https://teilhabe.example/calendar/plan.ics
BEGIN:VTIMEZONE
"""

FORBIDDEN = ("METHOD", "ATTENDEE", "ORGANIZER", "ATTACH", "RRULE", "BEGIN:VTODO", "RANGE")


def as_written(text):
    return text.replace("\n", "\r\n").encode()


def lines_of(data):
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_an_event_has_all_that_clients_need():
    assert ical.event(meeting()) == as_written(ONE)


def test_a_calendar_has_all_that_clients_need():
    data = ical.calendar(HEAD, [ical.event(meeting())], ["Europe/Berlin"])
    assert data.startswith(as_written(HEAD_LINES))
    assert data.endswith(as_written(f"END:VTIMEZONE\n{ONE}END:VCALENDAR\n"))


def test_a_secret_feed_does_not_name_its_source():
    data = ical.calendar(replace(HEAD, source=None), [], [])
    assert b"SOURCE" not in data
    assert b"calendar/plan.ics" not in data


def test_what_confuses_clients_is_absent():
    outside_zones = re.sub(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE", "", feed().decode(), flags=re.DOTALL)
    for line in outside_zones.split("\r\n"):
        assert not line.startswith(FORBIDDEN)
    assert "\r\nUID" not in outside_zones.partition("BEGIN:VEVENT")[0]


def test_an_empty_calendar_still_has_a_component():
    data = ical.calendar(HEAD, [], [])
    assert data.count(b"BEGIN:VTIMEZONE") == 1
    assert data.endswith(b"END:VTIMEZONE\r\nEND:VCALENDAR\r\n")


def test_the_same_rows_give_the_same_bytes():
    fragments = [ical.event(row) for row in rows()]
    expected = ical.calendar(HEAD, fragments, ZONES)
    assert ical.calendar(HEAD, iter(fragments), reversed(ZONES * 2)) == expected
    assert expected.count(b"BEGIN:VTIMEZONE") == 2


def test_lines_are_folded_between_characters():
    for line in feed(alarm=10).split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_line_ends_and_controls_are_clean():
    text = feed(alarm=10).decode()
    assert text.count("\n") == text.count("\r") == text.count("\r\n")
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", text)


def test_texts_cannot_leave_their_property():
    names = {line.partition(":")[0] for line in lines_of(ical.event(meeting(title=NASTY)))}
    assert names == {line.partition(":")[0] for line in lines_of(as_written(ONE))}


def test_addresses_cannot_leave_their_property():
    data = ical.event(meeting(url="https://x.example/ä b\r\nATTENDEE:mailto:a@b.example"))
    assert "URL:https://x.example/%C3%A4%20bATTENDEE:mailto:a@b.example" in lines_of(data)


def test_empty_properties_are_left_out():
    data = ical.event(
        meeting(
            place="",
            notes=(),
            url="",
            join_url="\x00",
            categories=("",),
            geo=None,
            related_to=None,
            ends_at=None,
        )
    )
    names = {re.split("[;:]", line)[0] for line in lines_of(data)}
    assert not names & {
        "LOCATION", "DESCRIPTION", "URL", "CONFERENCE", "CATEGORIES", "GEO", "RELATED-TO", "DTEND",
    }  # fmt: skip


@pytest.mark.parametrize("geo", [(91.0, 0.0), (0.0, -181.0), (float("nan"), 0.0)])
def test_impossible_places_are_left_out(geo):
    assert b"GEO" not in ical.event(meeting(geo=geo))


@pytest.mark.parametrize(
    ("status", "transparency", "busy"),
    [
        ("CONFIRMED", "OPAQUE", "BUSY"),
        ("TENTATIVE", "OPAQUE", "TENTATIVE"),
        ("CANCELLED", "TRANSPARENT", "FREE"),
    ],
)
def test_cancelled_meetings_leave_people_free(status, transparency, busy):
    lines = lines_of(ical.event(meeting(status=status)))
    assert f"STATUS:{status}" in lines
    assert f"TRANSP:{transparency}" in lines
    assert f"X-MICROSOFT-CDO-BUSYSTATUS:{busy}" in lines


@pytest.mark.parametrize(
    ("last", "end"),
    [
        (None, "20260331"),
        (date(2026, 3, 30), "20260331"),
        (date(2026, 4, 2), "20260403"),
        (date(2026, 3, 1), "20260331"),
        (date.max, "99991231"),
    ],
)
def test_all_day_entries_end_the_day_after(last, end):
    day = {"starts_at": None, "all_day_on": date(2026, 3, 30), "all_day_until": last}
    lines = lines_of(ical.event(meeting(**day)))
    assert "DTSTART;VALUE=DATE:20260330" in lines
    assert f"DTEND;VALUE=DATE:{end}" in lines
    assert "TRANSP:TRANSPARENT" in lines


def test_an_end_that_is_not_after_the_start_is_left_out():
    starts_at = datetime(2026, 3, 18, 17, tzinfo=BERLIN)
    assert b"DTEND" not in ical.event(meeting(starts_at=starts_at, ends_at=starts_at))


def test_an_event_without_a_start_is_refused():
    with pytest.raises(ValueError, match="start: m1@"):
        ical.event(meeting(starts_at=None))


def test_a_local_time_that_comes_twice_is_written_in_utc():
    early = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for starts_at in (early, early + timedelta(hours=1)):
        lines = lines_of(ical.event(meeting(starts_at=starts_at)))
        assert f"DTSTART:{starts_at:%Y%m%dT%H%M%S}Z" in lines


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../passwd", "UTC", "Etc/UTC"])
def test_an_unknown_zone_becomes_utc(zone):
    data = ical.calendar(HEAD, [ical.event(meeting(zone=zone))], [zone])
    assert b"DTSTART:20260318T160000Z" in data


def test_an_alarm_is_set_for_what_takes_place():
    fragments = [ical.event(meeting(1)), ical.event(meeting(2, status="CANCELLED"))]
    first, _, second = ical.calendar(HEAD, fragments, [], alarm=30).partition(b"UID:m2@")
    assert first.count(b"BEGIN:VALARM") == 1
    assert b"BEGIN:VALARM" not in second
    alarm = lines_of(first)[lines_of(first).index("BEGIN:VALARM") :][:6]
    assert alarm == [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Expertengruppe Bildung",
        "TRIGGER:-PT30M",
        "END:VALARM",
        "END:VEVENT",
    ]


def test_an_alarm_after_the_event_is_refused():
    with pytest.raises(ValueError, match="before"):
        ical.calendar(HEAD, [ical.event(meeting())], [], alarm=-1)


def test_odd_colours_are_left_out():
    head = replace(HEAD, colour="blue\r\nX:1", colour_hex="#12345g")
    assert b"COLOR" not in ical.calendar(head, [], [])


@pytest.mark.parametrize("at", [datetime.min, datetime.max], ids=["first", "last"])
def test_the_ends_of_time_are_only_wrong(at):
    at = at.replace(tzinfo=UTC)
    for zone in ("Europe/Berlin", "America/New_York"):
        data = ical.event(replace(meeting(), starts_at=at, ends_at=at, changed_at=at, zone=zone))
        assert f"DTSTAMP:{at.year:04}" in data.decode()
        assert data.endswith(b"END:VEVENT\r\n")


anything = st.text(st.characters(exclude_categories=()), max_size=90)
moments = st.datetimes(
    datetime.min.replace(2000), datetime.min.replace(2100), timezones=st.just(UTC)
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(anything, anything, anything, moments, st.booleans())
def test_no_row_can_spoil_a_feed(title, note, url, starts_at, cancelled):
    row = meeting(
        title=title,
        place=title,
        notes=(note, title),
        url=url,
        join_url=url,
        uid=f"x{note}",
        categories=(title, note),
        related_to=url,
        starts_at=starts_at,
        ends_at=None,
        status="CANCELLED" if cancelled else "CONFIRMED",
    )
    head = replace(HEAD, name=title, description=note, url=url, source=url)
    fragments = [ical.event(row), ical.event(meeting(2))]
    data = ical.calendar(head, fragments, ["Europe/Berlin"], alarm=15)

    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    spoiled, sound = read_with_vobject(data)
    assert spoiled["start"] == starts_at.replace(microsecond=0)
    assert sound["summary"] == "Expertengruppe Bildung"

"""Other people's parsers read in our calendars what we meant."""

from datetime import UTC, date, datetime, timedelta

import pytest

from meetings.calendars import ical
from tests.meetings.calendars.examples import HEAD, NASTY_READ, feed, rows, weekly
from tests.parsers.readers import READERS, require

readers = pytest.mark.parametrize(
    "reader",
    [
        pytest.param(reader, id=reader.name, marks=[pytest.mark.node] * (reader.name == "ical.js"))
        for reader in READERS
    ],
)


def meant():
    """Say the rows in the readers' form."""
    return [
        {
            "uid": row.uid,
            "start": row.all_day_on or row.starts_at.astimezone(UTC),
            "end": row.all_day_until + timedelta(days=1)
            if row.all_day_until
            else row.ends_at and row.ends_at.astimezone(UTC),
            "summary": NASTY_READ if row.uid.startswith("m3@") else row.title,
            "status": row.status,
            "sequence": row.sequence,
        }
        for row in rows()
    ]


@readers
def test_every_parser_reads_what_was_meant(reader):
    require(reader.missing())
    assert reader.read(feed()) == meant()


@readers
def test_every_parser_reads_a_feed_with_alarms(reader):
    require(reader.missing())
    assert reader.read(feed(alarm=60)) == meant()


@readers
def test_our_time_zone_alone_is_enough(reader):
    """Under a name that no software knows, only our VTIMEZONE can tell the time."""
    require(reader.missing())
    unknown = feed().replace(b"Europe/Berlin", b"Nowhere/Berlin")
    assert reader.read(unknown) == meant()


@readers
def test_days_beside_the_clock_changes(reader):
    """The library's own VTIMEZONE is an hour off on the first hours of summer time."""
    require(reader.missing())
    instants = [
        datetime(year, month, day, hour, 30, tzinfo=UTC)
        for year, month, day in ((2026, 3, 29), (2026, 10, 25), (2031, 3, 30), (2031, 10, 26))
        for hour in range(6)
    ]
    events = [
        ical.event(row)
        for number, instant in enumerate(instants)
        for row in weekly(number, instant, 1)
    ]
    data = ical.calendar(HEAD, events, ["Europe/Berlin"])
    data = data.replace(b"Europe/Berlin", b"Nowhere/Berlin")
    assert [entry["start"] for entry in reader.read(data)] == instants


@readers
def test_an_empty_calendar_can_be_read(reader):
    require(reader.missing())
    assert reader.read(ical.calendar(HEAD, [], [])) == []


@readers
def test_readers_notice_floating_times(reader):
    """The readers would not be worth much if they agreed with anything."""
    require(reader.missing())
    floating = feed().replace(b"DTSTART;TZID=Europe/Berlin:", b"DTSTART:")
    with pytest.raises(ValueError, match="floating"):
        reader.read(floating)


def test_the_examples_cross_both_clock_changes():
    hours = {row.starts_at.astimezone(UTC).hour for row in rows() if row.title.startswith("Woche")}
    assert hours == {15, 16}
    assert any(row.all_day_on == date(2026, 3, 28) for row in rows())

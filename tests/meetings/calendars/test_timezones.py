"""VTIMEZONE blocks: the classic one letter by letter, the others by the instants they give."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from dateutil.tz import tzical

from meetings.calendars.timezones import named, vtimezone

BERLIN = b"""\
BEGIN:VTIMEZONE\r
TZID:Europe/Berlin\r
BEGIN:DAYLIGHT\r
DTSTART:19700329T020000\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
TZNAME:CEST\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
DTSTART:19701025T030000\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
TZNAME:CET\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
END:STANDARD\r
END:VTIMEZONE\r
"""


def test_berlin_is_the_classic_block():
    assert vtimezone("Europe/Berlin") == BERLIN


def test_a_zone_without_summer_time_has_one_observance():
    block = vtimezone("Asia/Kolkata").decode()
    assert block.count("BEGIN:STANDARD\r\n") == 1
    assert "TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\n" in block
    assert "DAYLIGHT" not in block
    assert "RRULE" not in block


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("Europe/London", ["BYMONTH=3;BYDAY=-1SU", "BYMONTH=10;BYDAY=-1SU"]),
        ("America/New_York", ["BYMONTH=3;BYDAY=2SU", "BYMONTH=11;BYDAY=1SU"]),
        ("Australia/Sydney", ["BYMONTH=10;BYDAY=1SU", "BYMONTH=4;BYDAY=1SU"]),
        (
            "Asia/Jerusalem",
            ["BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR", "BYMONTH=10;BYDAY=-1SU"],
        ),
    ],
)
def test_regular_zones_have_two_rules(zone, rules):
    found = [line for line in vtimezone(zone).decode().split("\r\n") if line.startswith("RRULE")]
    assert found == [f"RRULE:FREQ=YEARLY;{rule}" for rule in rules]


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Berlin",
        "Europe/London",
        "Europe/Dublin",
        "Europe/Istanbul",
        "Atlantic/Azores",
        "America/New_York",
        "America/Nuuk",
        "America/Santiago",
        "Africa/Cairo",
        "Africa/Casablanca",
        "Asia/Jerusalem",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Antarctica/Troll",
        "UTC",
    ],
)
def test_the_block_gives_the_instants_of_the_zone(name):
    read = tzical(StringIO(vtimezone(name).decode())).get()
    zone = ZoneInfo(name)
    local = datetime.combine(date(2027, 1, 1), time(12))
    while local.year < 2040:
        assert read.utcoffset(local) == zone.utcoffset(local), local
        local += timedelta(days=1)


def test_every_zone_can_be_written():
    names = [name for name in available_timezones() if name != "localtime"]
    assert len(names) > 400
    for name in sorted(names)[::25]:
        block = vtimezone(name)
        assert block.startswith(f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n".encode())
        assert all(len(line) <= 75 for line in block.split(b"\r\n"))
        assert datetime(2027, 1, 1, tzinfo=UTC).astimezone(named(name)) is not None


def test_names_that_are_no_zone_are_refused():
    for name in ("", "Europe", "europe/berlin", "posix/Europe/Berlin", "Europe/../Europe/Berlin"):
        with pytest.raises(ZoneInfoNotFoundError):
            named(name)

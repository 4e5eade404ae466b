"""Calendar entries as a group of people produces them, the nasty ones included."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from meetings.calendars import ical

BERLIN = ZoneInfo("Europe/Berlin")
HEAD = ical.Calendar(
    name="Bildung, Arbeit; Wohnen",
    description="Sitzungen der Gruppe\nund ihre Fristen",
    zone="Europe/Berlin",
    url="https://teilhabe.example/plan/",
    source="https://teilhabe.example/calendar/plan.ics",
    colour="steelblue",
    colour_hex="#4682b4",
)
NASTY = 'C:\\Neu; a, b "c" \N{PARTY POPPER} BEGIN:VEVENT\r\nEND:VCALENDAR\x00\x85\u2028\u202e\ud800'
NASTY_READ = 'C:\\Neu; a, b "c" \N{PARTY POPPER} BEGIN:VEVENT END:VCALENDAR'


def meeting(number: int = 1, **changes: Any) -> ical.Event:
    """Make a meeting of two hours on a Wednesday at 17:00 in Berlin."""
    starts_at = changes.get("starts_at", datetime(2026, 3, 18, 17, tzinfo=BERLIN))
    values = {
        "uid": f"m{number}@teilhabe.example",
        "sequence": 0,
        "created_at": datetime(2026, 1, 5, 8, 30, 0, 123456, tzinfo=UTC),
        "changed_at": datetime(2026, 1, 6, 9, 45, tzinfo=UTC),
        "title": "Expertengruppe Bildung",
        "status": "CONFIRMED",
        "starts_at": starts_at,
        "ends_at": starts_at and starts_at + timedelta(hours=2),
        "zone": "Europe/Berlin",
        "place": "Raum 3, Rathausplatz 1",
        "notes": ("1. Begrüßung", "2. Schulwege", "", "https://teilhabe.example/m/1"),
        "url": "https://teilhabe.example/m/1",
        "join_url": "https://meet.example/bildung?pwd=a;b,c",
        "categories": ("Bildung, Jugend", "Gruppe"),
        "geo": (52.5163, 13.3777),
        "related_to": "series-1@teilhabe.example",
    }
    return ical.Event(**values | changes)


def weekly(number: int, first: datetime, count: int) -> list[ical.Event]:
    """Make meetings at the same local time, week after week."""
    return [
        meeting(number + week, starts_at=first + timedelta(weeks=week), title=f"Woche {week + 1}")
        for week in range(count)
    ]


def rows() -> list[ical.Event]:
    """Make what a feed has to survive: both clock changes, changes of plan, odd texts."""
    return [
        *weekly(100, datetime(2026, 3, 18, 17, tzinfo=BERLIN), 3),
        *weekly(200, datetime(2026, 10, 14, 17, tzinfo=BERLIN), 3),
        meeting(1, sequence=3, starts_at=datetime(2026, 5, 6, 18, 30, tzinfo=BERLIN)),
        meeting(2, sequence=1, status="CANCELLED", title="Abgesagt: Expertengruppe"),
        meeting(3, status="TENTATIVE", ends_at=None, title=NASTY, place=NASTY, notes=(NASTY,) * 9),
        meeting(4, title="äöüß€" * 60 + "\N{PARTY POPPER}" * 40),
        meeting(
            5,
            title="Frist für Änderungsanträge",
            starts_at=None,
            all_day_on=date(2026, 3, 28),
            all_day_until=date(2026, 3, 30),
        ),
        meeting(
            6,
            title="Nachts, zur Zeit der Umstellung",
            starts_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        ),
        meeting(7, zone="America/New_York", title="New York"),
    ]


ZONES = ("Europe/Berlin", "America/New_York")


def feed(**options: Any) -> bytes:
    """Join all rows to a calendar."""
    return ical.calendar(HEAD, map(ical.event, rows()), ZONES, **options)

"""A month as a sheet of weeks."""

from calendar import Calendar
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

YEARS = range(2000, 2101)
_sheets = Calendar(firstweekday=0)


class MonthConverter:
    """A month in an address: `2026-11`, as the first of that month."""

    regex = "[0-9]{4}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """Read a month; other centuries do not match."""
        first = date.fromisoformat(f"{value}-01")
        if first.year not in YEARS:
            raise ValueError(value)
        return first

    def to_url(self, value: date) -> str:
        """Write a month."""
        return f"{value:%Y-%m}"


def before(first: date) -> date | None:
    """Return the first of the month before, within the years that we know."""
    earlier = (first - timedelta(days=1)).replace(day=1)
    return earlier if earlier.year in YEARS else None


def after(first: date) -> date | None:
    """Return the first of the month after, within the years that we know."""
    later = (first + timedelta(days=32)).replace(day=1)
    return later if later.year in YEARS else None


def span(first: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when the sheet of a month begins and ends, the days of its neighbours included."""
    weeks = _sheets.monthdatescalendar(first.year, first.month)
    return midnight(weeks[0][0], zone), midnight(weeks[-1][-1] + timedelta(days=1), zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which a day begins in a zone."""
    return datetime.combine(day, time.min, zone)


def sheet(first: date, meetings: Sequence[dict[str, Any]], today: date) -> dict[str, Any]:
    """Lay out meetings (rows with a local `starts_at`) on the days of a month."""
    by_day: dict[date, list[dict[str, Any]]] = {}
    for meeting in meetings:
        by_day.setdefault(meeting["starts_at"].date(), []).append(meeting)
    weeks = _sheets.monthdatescalendar(first.year, first.month)
    return {
        "first": first,
        "weeks": [[_day(day, first, today, by_day) for day in week] for week in weeks],
        "meetings": [m for m in meetings if m["starts_at"].date().replace(day=1) == first],
    }


def _day(day: date, first: date, today: date, by_day: dict[date, Any]) -> dict[str, Any]:
    return {
        "date": day,
        "in_month": day.month == first.month,
        "today": day == today,
        "meetings": by_day.get(day, []),
    }

"""What a series brings forth, and what changing it does to its meetings; shown before saving."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from meetings.calendars import recurrence
from meetings.schedule.models import Meeting, Series
from meetings.schedule.vocab import AHEAD
from process.base.errors import Invalid

HORIZON = timedelta(days=365)
DETAILS = ("title", "summary", "location", "join_url", "minutes")
RULE = ("rrule", "starts_on", "starts_time", "extra_on", "excluded_on")
_CHECKED = timedelta(days=730)
_LONGEST_GAP = 400


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of a series does: meetings kept on their day, dropped ones, new starts.

    `kept` pairs a meeting with its start by the rule; `added` are aware starts.
    """

    kept: tuple[tuple[Meeting, datetime], ...]
    dropped: tuple[Meeting, ...]
    added: tuple[datetime, ...]


def starts_of(series: Series, *, since: date, until: date) -> list[datetime]:
    """Return the aware starts of a series from one day to another, both included."""
    zone = ZoneInfo(series.time_zone)
    local = recurrence.occurrences(
        recurrence.parse(series.rrule),
        first=series.first,
        since=since,
        until=until,
        excluded=_days(series.excluded_on),
        extra=_days(series.extra_on),
    )
    # Times that the clocks skip are refused when a series starts; years ahead, the library's
    # reading (the offset before the change) stands, as RFC 5545, 3.3.5 has it.
    return [start.replace(tzinfo=zone).astimezone(UTC) for start in local]


def check(series: Series) -> None:
    """Refuse a series that cannot start, or whose time the clocks skip or repeat soon."""
    rule = recurrence.parse(series.rrule)
    recurrence.localise(series.first, series.time_zone, "/starts_time")
    until = series.starts_on + _CHECKED
    for start in recurrence.occurrences(rule, first=series.first, until=until):
        recurrence.localise(start, series.time_zone, "/starts_time")


def horizon(now: datetime) -> date:
    """Return the last day for which meetings are brought forth."""
    return (now + HORIZON).date()


def missing(series: Series, *, now: datetime) -> list[datetime]:
    """Return the starts up to the horizon that have no meeting yet; never in the past.

    The past is what happened: a series that began earlier gains no meetings after the fact,
    except when it is entered with an earlier first day.
    """
    known = set(series.meetings.values_list("original_start", flat=True))
    starts = starts_of(series, since=series.starts_on, until=horizon(now))
    newest = max((start for start in known if start), default=None)
    return [s for s in starts if s not in known and (newest is None or s > newest)]


def compare(meetings: Iterable[Meeting], starts: Sequence[datetime], zone: str) -> Effect:
    """Match meetings and starts by their local day."""
    place = ZoneInfo(zone)
    by_day = {start.astimezone(place).date(): start for start in starts}
    kept, dropped = [], []
    for meeting in meetings:
        day = (meeting.original_start or meeting.starts_at).astimezone(place).date()
        start = by_day.pop(day, None)
        if start is None:
            dropped.append(meeting)
        else:
            kept.append((meeting, start))
    return Effect(tuple(kept), tuple(dropped), tuple(sorted(by_day.values())))


def ahead(series: Series, *, since: datetime) -> Any:
    """Return the meetings of a series, by their date in it, that a change may still touch."""
    rows = series.meetings.filter(original_start__gte=since, state__in=AHEAD)
    return rows.order_by("original_start")


def successor(series: Series, *, since: datetime, **changes: Any) -> Series:
    """Return the series (unsaved) that takes over from one of its dates on, with the changes."""
    after = Series(
        process=series.process,
        group=series.group,
        continues=series,
        kind=series.kind,
        visibility=series.visibility,
        time_zone=series.time_zone,
        **{name: getattr(series, name) for name in (*DETAILS, *RULE)},
    )
    after.starts_on = since.astimezone(ZoneInfo(series.time_zone)).date()
    for name, value in changes.items():
        setattr(after, name, value)
    # What was called off stays so: its day would otherwise come back as a new meeting.
    after.excluded_on = sorted({*after.excluded_on, *_settled_days(series, since=since)})
    after.rrule = str(_remaining(series, after))
    if "starts_on" not in changes:
        after.starts_on = _first_day(after)
    check(after)
    return after


def of_split(series: Series, after: Series, *, since: datetime, now: datetime) -> Effect:
    """Say what it does to the meetings when the successor takes over."""
    starts = starts_of(after, since=after.starts_on, until=horizon(now))
    return compare(ahead(series, since=since), starts, after.time_zone)


def _remaining(series: Series, after: Series) -> recurrence.Rule:
    """Return the successor's rule; an inherited COUNT is less by the dates already gone."""
    rule = recurrence.parse(after.rrule)
    if after.rrule != series.rrule or not rule.count:
        return rule
    left = recurrence.occurrences(rule, first=series.first, since=after.starts_on, until=date.max)
    return replace(rule, count=max(len(left), 1))


def _settled_days(series: Series, *, since: datetime) -> list[str]:
    """Return the days of a series' meetings that a change may not touch any more."""
    place = ZoneInfo(series.time_zone)
    settled = series.meetings.filter(original_start__gte=since).exclude(state__in=AHEAD)
    starts = settled.values_list("original_start", flat=True)
    return [start.astimezone(place).date().isoformat() for start in starts if start]


def _first_day(after: Series) -> date:
    """Return the first day of the rule on or after the day the successor begins."""
    rule = recurrence.parse(after.rrule)
    for days in range(_LONGEST_GAP):
        day = after.starts_on + timedelta(days=days)
        try:
            recurrence.check(rule, datetime.combine(day, after.starts_time))
        except Invalid:
            continue
        return day
    return after.starts_on


def _days(given: Iterable[str]) -> list[date]:
    return [date.fromisoformat(day) for day in given]

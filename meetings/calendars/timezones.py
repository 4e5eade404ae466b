"""Know the world's time zones, and write them the way calendars want them."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrulestr

# Lower-case keys ("localtime", "posix/…", "right/…") exist on some machines only.
_NAME = re.compile(r"[A-Z][A-Za-z0-9_+-]{0,30}(/[A-Z][A-Za-z0-9_+-]{0,30}){0,2}", re.ASCII)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# 28 years hold every pairing of date and weekday; from 2038 on zoneinfo itself only follows a rule.
_SAMPLE = (2030, 2058)
_CENTURY = (2000, 2101)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001


@dataclass(frozen=True, slots=True)
class Onset:
    """One clock change: wall time just before it, UTC offsets around it, the new name."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str


def named(name: str) -> ZoneInfo:
    """Return the IANA zone of this name.

    Raises ZoneInfoNotFoundError for everything else, also for names that no file could have.
    """
    if not _NAME.fullmatch(name):
        raise ZoneInfoNotFoundError(name)
    try:
        return ZoneInfo(name)
    except (OSError, ValueError) as error:
        raise ZoneInfoNotFoundError(name) from error


@cache
def vtimezone(name: str) -> bytes:
    """Write the VTIMEZONE of an IANA zone as it is kept now (RFC 5545, 3.6.5).

    A zone that changes its clocks by a rule gets two endless RRULEs that start in 1970, one
    without changes a single STANDARD, an irregular one its dates from 2000 to 2100.
    Raises ZoneInfoNotFoundError.
    """
    zone = named(name)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}", *_observances(zone), "END:VTIMEZONE", ""]
    return "\r\n".join(lines).encode("ascii")


def _observances(zone: ZoneInfo) -> Iterator[str]:
    groups = _grouped(_onsets(zone, *_SAMPLE))
    rules = {key: _rule(onsets) for key, onsets in groups.items()}
    if len(groups) == 2 and all(rules.values()):
        for key, onsets in groups.items():
            new_year = datetime.combine(_EPOCH, onsets[0].at.time())
            first = rrulestr(str(rules[key]), dtstart=new_year)[0]
            yield from _observance(onsets[0], first, f"RRULE:{rules[key]}")
        return
    irregular = groups and _grouped(_onsets(zone, *_CENTURY))
    start = datetime(_CENTURY[0] if irregular else _SAMPLE[0], 1, 1, tzinfo=UTC).astimezone(zone)
    offset = start.utcoffset() or timedelta()
    yield from _observance(Onset(_EPOCH, offset, offset, str(start.tzname())), _EPOCH)
    for onsets in (irregular or {}).values():
        dates = (f"RDATE:{onset.at:%Y%m%dT%H%M%S}" for onset in onsets[1:])
        yield from _observance(onsets[0], onsets[0].at, *dates)


def _observance(onset: Onset, start: datetime, *recurrence: str) -> Iterator[str]:
    kind = "DAYLIGHT" if onset.after > onset.before else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{start:%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_offset(onset.before)}"
    yield f"TZOFFSETTO:{_offset(onset.after)}"
    yield f"TZNAME:{onset.name}"
    yield from recurrence
    yield f"END:{kind}"


def _offset(delta: timedelta) -> str:
    minutes = round(delta.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _grouped(onsets: Iterator[Onset]) -> dict[tuple[timedelta, timedelta], list[Onset]]:
    """Gather the changes between the same two offsets, those into summer time first."""
    groups: dict[tuple[timedelta, timedelta], list[Onset]] = {}
    for onset in onsets:
        groups.setdefault((onset.before, onset.after), []).append(onset)
    return dict(sorted(groups.items(), key=lambda item: item[0][0] - item[0][1]))


def _onsets(zone: ZoneInfo, first: int, end: int) -> Iterator[Onset]:
    """Find every clock change from the year `first` up to, not including, the year `end`."""
    day = timedelta(days=1)
    begin = datetime(first, 1, 1, tzinfo=UTC)
    days = (begin + n * day for n in range((datetime(end, 1, 1, tzinfo=UTC) - begin).days + 1))
    for early, late in pairwise(moment.astimezone(zone) for moment in days):
        if early.utcoffset() != late.utcoffset():
            yield _onset(zone, early, late)


def _onset(zone: ZoneInfo, early: datetime, late: datetime) -> Onset:
    low, high = early.astimezone(UTC), late.astimezone(UTC)
    while high - low > timedelta(minutes=1):
        middle = (low + (high - low) // 2).replace(second=0, microsecond=0)
        if middle.astimezone(zone).utcoffset() == early.utcoffset():
            low = middle
        else:
            high = middle
    before, after = early.utcoffset() or timedelta(), late.utcoffset() or timedelta()
    return Onset((high + before).replace(tzinfo=None), before, after, str(late.tzname()))


def _rule(onsets: list[Onset]) -> str | None:
    """Read the yearly rule off a sample; None if there is none that an RRULE can express."""
    patterns = {(onset.at.month, onset.at.weekday(), onset.at.time()) for onset in onsets}
    if len(patterns) > 1 or len({onset.at.year for onset in onsets}) < _SAMPLE[1] - _SAMPLE[0]:
        return None
    month, weekday, _ = patterns.pop()
    days = [onset.at.day for onset in onsets]
    prefix, day = f"FREQ=YEARLY;BYMONTH={month};", _WEEKDAYS[weekday]
    if all(onset.at.day + 7 > monthrange(onset.at.year, month)[1] for onset in onsets):
        return f"{prefix}BYDAY=-1{day}"
    if len(weeks := {(number - 1) // 7 + 1 for number in days}) == 1:
        return f"{prefix}BYDAY={weeks.pop()}{day}"
    if max(days) - min(days) != 6:
        return None
    week = ",".join(str(number) for number in range(min(days), max(days) + 1))
    return f"{prefix}BYMONTHDAY={week};BYDAY={day}"

"""Count out the dates of a recurrence rule, and say the rule in words.

A rule is local: "every third Wednesday at 17:00" stays 17:00 on both sides of a clock change.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import count, islice
from zoneinfo import ZoneInfoNotFoundError

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from meetings.calendars.rrules import FIRST_YEAR, LAST_YEAR, Frequency, Rule, invalid, parse
from meetings.calendars.timezones import named
from process.base.errors import Invalid

__all__ = ["Frequency", "Rule", "check", "describe", "localise", "occurrences", "parse"]

MAX_YEARS = 5
MAX_OCCURRENCES = 800

_WEEKDAYS = (
    gettext_noop("Montag"),
    gettext_noop("Dienstag"),
    gettext_noop("Mittwoch"),
    gettext_noop("Donnerstag"),
    gettext_noop("Freitag"),
    gettext_noop("Samstag"),
    gettext_noop("Sonntag"),
)
_ORDINALS = {
    1: gettext_noop("ersten"),
    2: gettext_noop("zweiten"),
    3: gettext_noop("dritten"),
    4: gettext_noop("vierten"),
    5: gettext_noop("fünften"),
    -2: gettext_noop("vorletzten"),
    -1: gettext_noop("letzten"),
}
_NUMBERS = {
    2: gettext_noop("zwei"),
    3: gettext_noop("drei"),
    4: gettext_noop("vier"),
    5: gettext_noop("fünf"),
    6: gettext_noop("sechs"),
    7: gettext_noop("sieben"),
    8: gettext_noop("acht"),
    9: gettext_noop("neun"),
    10: gettext_noop("zehn"),
    11: gettext_noop("elf"),
    12: gettext_noop("zwölf"),
}


def check(rule: Rule, first: datetime) -> None:
    """Make sure that a series of this rule can start at `first` (naive local time).

    Raises Invalid at "/starts_on" if `first` is no date of the rule or out of range, at "/rrule"
    if the rule ends before it or more than five years after it.
    """
    day = first.date()
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _year_out_of_range("/starts_on")
    if day not in _days(rule, day, _start(rule, day, 0)):
        raise Invalid.at(
            "/starts_on",
            _("Der erste Termin fällt auf keinen Tag der Wiederholung."),
            "first_not_in_rule",
        )
    if rule.until and rule.until < day:
        raise invalid("until_before_start", _("Die Wiederholung endet vor dem ersten Termin."))
    if rule.until and rule.until > day + relativedelta(years=MAX_YEARS):
        detail = _("Die Wiederholung endet mehr als %(years)s Jahre nach dem ersten Termin.")
        raise invalid("until_too_far", detail % {"years": MAX_YEARS})


def occurrences(
    rule: Rule,
    *,
    first: datetime,
    until: date,
    since: date | None = None,
    excluded: Iterable[date] = (),
    extra: Iterable[date] = (),
) -> list[datetime]:
    """Count out the starts of a series up to and including the day `until`, naive local time.

    `since` leaves out earlier days without walking through them. `extra` days get the same time
    of day; `excluded` days win over them and over the rule, and COUNT counts them all the same
    (RFC 5545, 3.8.5). Sorted, unique, at most MAX_OCCURRENCES, the earliest ones.
    Raises Invalid as `check` does.
    """
    check(rule, first)
    earliest = since or date.min
    latest = min(until, date(LAST_YEAR, 12, 31))
    without = frozenset(excluded)
    regular = (day for day in _dates(rule, first.date(), earliest, latest) if day not in without)
    days = set(islice(regular, MAX_OCCURRENCES))
    days.update(day for day in extra if earliest <= day <= latest and day not in without)
    return [datetime.combine(day, first.time()) for day in sorted(days)[:MAX_OCCURRENCES]]


def localise(local: datetime, zone: str, pointer: str = "/starts_at") -> datetime:
    """Put a naive local time into an IANA zone.

    Raises Invalid at "/time_zone" for an unknown zone, and at `pointer` for a year out of range
    or a time that the clocks skip or show twice there: clients disagree on what that means.
    """
    try:
        place = named(zone)
    except ZoneInfoNotFoundError:
        detail = _("Diese Zeitzone ist nicht bekannt.")
        raise Invalid.at("/time_zone", detail, "unknown_time_zone") from None
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise _year_out_of_range(pointer)
    aware = local.replace(tzinfo=place, fold=0)
    before, after = aware.utcoffset(), aware.replace(fold=1).utcoffset()
    if before == after:
        return aware
    # PEP 495: around a gap fold=0 gives the smaller offset, around a repeated hour the greater.
    if before < after:  # type: ignore[operator]
        detail = _("Diese Uhrzeit gibt es an diesem Tag nicht, die Uhren werden vorgestellt.")
        raise Invalid.at(pointer, detail, "nonexistent_time")
    detail = _("Diese Uhrzeit gibt es an diesem Tag zweimal, die Uhren werden zurückgestellt.")
    raise Invalid.at(pointer, detail, "ambiguous_time")


def describe(rule: Rule) -> str:
    """Say a rule in words of the active language: "jeden dritten Mittwoch im Monat"."""
    words = _PHRASES[rule.frequency](rule)
    if rule.count:
        return ngettext("%(rule)s, %(count)s Termin", "%(rule)s, %(count)s Termine", rule.count) % {
            "rule": words,
            "count": rule.count,
        }
    if rule.until:
        day = _("%(day)02d.%(month)02d.%(year)d") % {
            "day": rule.until.day,
            "month": rule.until.month,
            "year": rule.until.year,
        }
        return _("%(rule)s bis %(date)s") % {"rule": words, "date": day}
    return words


def _year_out_of_range(pointer: str) -> Invalid:
    detail = _("Das Jahr muss zwischen %(first)s und %(last)s liegen.")
    detail %= {"first": FIRST_YEAR, "last": LAST_YEAR}
    return Invalid.at(pointer, detail, "year_out_of_range")


def _dates(rule: Rule, first: date, earliest: date, latest: date) -> Iterator[date]:
    """Walk through the days of a rule from `first` on that lie between two days."""
    end = min(latest, rule.until or latest)
    left = rule.count
    # COUNT counts from the first day on; a rule without it may skip whole periods.
    for period in count(0 if left else _periods_before(rule, first, earliest)):
        start = _start(rule, first, period)
        if start > end:
            return
        for day in _days(rule, first, start):
            if day > end or left == 0:
                return
            if day >= first:
                left = left and left - 1
                if day >= earliest:
                    yield day


def _periods_before(rule: Rule, first: date, day: date) -> int:
    start = _start(rule, first, 0)
    if rule.frequency == Frequency.MONTHLY:
        elapsed = (day.year - start.year) * 12 + day.month - start.month
    else:
        elapsed = (day - start).days // (7 if rule.frequency == Frequency.WEEKLY else 1)
    return max(0, elapsed // rule.interval)


def _start(rule: Rule, first: date, period: int) -> date:
    """Find the day on which the nth period begins: day, Monday or first of the month."""
    steps = period * rule.interval
    if rule.frequency == Frequency.MONTHLY:
        year, month = divmod(first.year * 12 + first.month - 1 + steps, 12)
        return date(year, month + 1, 1)
    if rule.frequency == Frequency.WEEKLY:
        return first + timedelta(weeks=steps, days=-first.weekday())
    return first + timedelta(days=steps)


def _days(rule: Rule, first: date, start: date) -> list[date]:
    """List the days of the rule, sorted, in the period that begins on `start`."""
    if rule.frequency == Frequency.MONTHLY:
        return [start.replace(day=number) for number in sorted(_numbers(rule, first, start))]
    weekdays = sorted(weekday for _ordinal, weekday in rule.weekdays)
    if rule.frequency == Frequency.WEEKLY:
        return [start + timedelta(days=weekday) for weekday in weekdays or [first.weekday()]]
    return [start] if not weekdays or start.weekday() in weekdays else []


def _numbers(rule: Rule, first: date, start: date) -> set[int]:
    weekday_of_first, length = monthrange(start.year, start.month)
    if not rule.weekdays:
        days = rule.monthdays or (first.day,)
        return {length if day == -1 else day for day in days if day <= length}
    numbers: set[int] = set()
    for ordinal, weekday in rule.weekdays:
        same = range(1 + (weekday - weekday_of_first) % 7, length + 1, 7)
        if ordinal is None:
            numbers.update(same)
        elif ordinal <= len(same):
            numbers.add(same[ordinal - 1 if ordinal > 0 else ordinal])
    return numbers


def _daily(rule: Rule) -> str:
    words = _("täglich")
    if rule.interval > 1:
        words = _("alle %(number)s Tage") % {"number": _number(rule)}
    if rule.weekdays:
        return _("%(rule)s, nur am %(days)s") % {"rule": words, "days": _weekday_names(rule)}
    return words


def _weekly(rule: Rule) -> str:
    words = {"number": _number(rule), "days": _weekday_names(rule)}
    if not rule.weekdays:
        return (_("alle %(number)s Wochen") if rule.interval > 1 else _("wöchentlich")) % words
    if rule.interval > 1:
        return _("alle %(number)s Wochen am %(days)s") % words
    return _("jeden %(days)s") % words


def _monthly(rule: Rule) -> str:
    one = rule.interval == 1
    words = {"number": _number(rule), "days": _weekday_names(rule)}
    if any(ordinal for ordinal, _weekday in rule.weekdays):
        sentence = _("jeden %(days)s im Monat") if one else _("alle %(number)s Monate am %(days)s")
    elif rule.weekdays:
        sentence = _("jeden %(days)s") if one else _("alle %(number)s Monate jeden %(days)s")
    elif rule.monthdays:
        words["days"] = _enumerated(
            [
                _("letzten Tag") if day == -1 else _("%(day)s.") % {"day": day}
                for day in rule.monthdays
            ]
        )
        sentence = _("am %(days)s jedes Monats") if one else _("alle %(number)s Monate am %(days)s")
    else:
        sentence = _("monatlich") if one else _("alle %(number)s Monate")
    return sentence % words


_PHRASES = {Frequency.DAILY: _daily, Frequency.WEEKLY: _weekly, Frequency.MONTHLY: _monthly}


def _number(rule: Rule) -> str:
    word = _NUMBERS.get(rule.interval)
    return _(word) if word else str(rule.interval)


def _weekday_names(rule: Rule) -> str:
    """Join the weekdays of a rule: "ersten und dritten Mittwoch und letzten Freitag"."""
    ordinals: dict[int, list[str]] = {}
    for ordinal, weekday in rule.weekdays:
        ordinals.setdefault(weekday, []).extend([_(_ORDINALS[ordinal])] if ordinal else [])
    names = []
    for weekday, words in ordinals.items():
        name = _(_WEEKDAYS[weekday])
        parts = {"ordinals": _enumerated(words), "weekday": name}
        names.append(_("%(ordinals)s %(weekday)s") % parts if words else name)
    return _enumerated(names)


def _enumerated(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(list)s und %(last)s") % {"list": ", ".join(words[:-1]), "last": words[-1]}

"""Read the few recurrence rules that the house lets in, and write them in one form."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from process.base.errors import Invalid

MAX_LENGTH = 200
MAX_INTERVAL = 52
MAX_COUNT = 200
FIRST_YEAR, LAST_YEAR = 2000, 2100

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDINALS = (1, 2, 3, 4, 5, -2, -1)
MONTHDAYS = (*range(1, 32), -1)
_KEYS = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL", "WKST")

_ALPHABET = re.compile(r"[A-Z0-9=;,+-]*")
_NUMBER = re.compile(r"[0-9]{1,9}")
_SIGNED = re.compile(r"[+-]?[0-9]{1,2}")
_WEEKDAY = re.compile(rf"([+-]?[0-9]{{1,2}})?({'|'.join(WEEKDAYS)})")
_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")


class Frequency(StrEnum):
    """How long one period of a rule is."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


@dataclass(frozen=True, slots=True)
class Rule:
    """A restricted RRULE (RFC 5545, 3.3.10); `str()` gives its canonical text.

    `weekdays` are pairs (ordinal or None, weekday with Monday = 0), `monthdays` 1…31 and -1;
    at most one of the two is set. Likewise `count` and `until`; without them it has no end.
    """

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[tuple[int | None, int], ...] = ()
    monthdays: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None

    def __str__(self) -> str:
        parts = {
            "FREQ": self.frequency.value,
            "INTERVAL": self.interval if self.interval > 1 else "",
            "BYDAY": ",".join(f"{n or ''}{WEEKDAYS[day]}" for n, day in self.weekdays),
            "BYMONTHDAY": ",".join(map(str, self.monthdays)),
            "COUNT": self.count or "",
            "UNTIL": f"{self.until:%Y%m%d}" if self.until else "",
        }
        return ";".join(f"{key}={value}" for key, value in parts.items() if value)


def parse(text: str) -> Rule:
    """Read a rule; only what the house can keep, show and explain is let in.

    An UNTIL with a time is reduced to its date. Raises Invalid at "/rrule" with a code that
    names the part in question.
    """
    parts = _split(text)
    frequency = _frequency(parts.get("FREQ", ""))
    if "COUNT" in parts and "UNTIL" in parts:
        raise invalid("count_and_until", _("Anzahl und Enddatum schließen sich aus."))
    if "BYDAY" in parts and "BYMONTHDAY" in parts:
        raise invalid("weekday_and_monthday", _("Wochentag und Monatstag schließen sich aus."))
    if parts.get("WKST", "MO") != "MO":
        raise invalid("week_start_unsupported", _("Die Woche beginnt hier immer am Montag."))
    return Rule(
        frequency=frequency,
        interval=_interval(parts.get("INTERVAL", "1")),
        weekdays=_weekdays(parts["BYDAY"], frequency) if "BYDAY" in parts else (),
        monthdays=_monthdays(parts["BYMONTHDAY"], frequency) if "BYMONTHDAY" in parts else (),
        count=_count(parts["COUNT"]) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
    )


def invalid(code: str, detail: str) -> Invalid:
    """Complain about the rule."""
    return Invalid.at("/rrule", detail, code)


def _split(text: str) -> dict[str, str]:
    if len(text) > MAX_LENGTH:
        raise invalid("rrule_too_long", _("Die Wiederholungsregel ist zu lang."))
    # Before upper(), which turns some letters of other alphabets into ASCII ones.
    if not text.isascii() or not _ALPHABET.fullmatch(text.upper()):
        raise invalid(
            "rrule_characters", _("Die Wiederholungsregel enthält Zeichen, die dort nie stehen.")
        )
    parts: dict[str, str] = {}
    for part in text.upper().split(";"):
        key, _equals, value = part.partition("=")
        if not key or not value or "=" in value:
            raise invalid("rrule_syntax", _("Das ist keine Wiederholungsregel."))
        if key not in _KEYS:
            detail = _("„%(part)s“ wird in Wiederholungen nicht unterstützt.") % {"part": key}
            raise invalid("part_unsupported", detail)
        if key in parts:
            detail = _("„%(part)s“ steht mehrmals in der Wiederholung.") % {"part": key}
            raise invalid("part_repeated", detail)
        parts[key] = value
    return parts


def _frequency(value: str) -> Frequency:
    if not value:
        raise invalid("frequency_missing", _("Der Wiederholung fehlt die Häufigkeit (FREQ)."))
    try:
        return Frequency(value)
    except ValueError:
        detail = _("Möglich ist: täglich, wöchentlich oder monatlich.")
        raise invalid("frequency_unsupported", detail) from None


def _interval(value: str) -> int:
    if _NUMBER.fullmatch(value) and 1 <= int(value) <= MAX_INTERVAL:
        return int(value)
    detail = _("Der Abstand muss zwischen 1 und %(most)s liegen.") % {"most": MAX_INTERVAL}
    raise invalid("interval_out_of_range", detail)


def _count(value: str) -> int:
    if _NUMBER.fullmatch(value) and 1 <= int(value) <= MAX_COUNT:
        return int(value)
    detail = _("Die Anzahl muss zwischen 1 und %(most)s liegen.") % {"most": MAX_COUNT}
    raise invalid("count_out_of_range", detail)


def _until(value: str) -> date:
    try:
        day = datetime.fromisoformat(value).date() if _UNTIL.fullmatch(value) else date.min
    except ValueError:
        day = date.min
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    detail = _("Das Enddatum muss ein Tag in den Jahren %(first)s bis %(last)s sein.")
    raise invalid("until_invalid", detail % {"first": FIRST_YEAR, "last": LAST_YEAR})


def _weekdays(value: str, frequency: Frequency) -> tuple[tuple[int | None, int], ...]:
    days = [_weekday(item) for item in value.split(",")]
    if any(ordinal for ordinal, _day in days) and frequency != Frequency.MONTHLY:
        raise invalid(
            "ordinal_needs_monthly", _("„Erster“ bis „letzter“ gibt es nur bei „monatlich“.")
        )
    if len({ordinal is None for ordinal, _day in days}) > 1:
        raise invalid(
            "ordinal_mixed", _("Entweder haben alle Wochentage eine Ordnungszahl oder keiner.")
        )
    _refuse_repetition(days)
    return tuple(sorted(days, key=lambda pair: (ORDINALS.index(pair[0] or 1), pair[1])))


def _weekday(item: str) -> tuple[int | None, int]:
    match = _WEEKDAY.fullmatch(item)
    if not match:
        raise invalid("weekday_invalid", _("Die Wochentage heißen MO, TU, WE, TH, FR, SA, SU."))
    ordinal = int(match[1]) if match[1] else None
    if ordinal is not None and ordinal not in ORDINALS:
        raise invalid(
            "ordinal_out_of_range",
            _("Möglich ist der erste bis fünfte, vorletzte und letzte Wochentag im Monat."),
        )
    return ordinal, WEEKDAYS.index(match[2])


def _monthdays(value: str, frequency: Frequency) -> tuple[int, ...]:
    if frequency != Frequency.MONTHLY:
        raise invalid("monthday_needs_monthly", _("Tage des Monats gibt es nur bei „monatlich“."))
    items = value.split(",")
    days = [int(item) if _SIGNED.fullmatch(item) else 0 for item in items]
    if not set(days) <= set(MONTHDAYS):
        raise invalid(
            "monthday_invalid", _("Möglich sind die Tage 1 bis 31 und -1 für den letzten.")
        )
    _refuse_repetition(days)
    return tuple(sorted(days, key=MONTHDAYS.index))


def _refuse_repetition(days: Sequence[Hashable]) -> None:
    if len(set(days)) < len(days):
        raise invalid("day_repeated", _("Ein Tag steht mehrmals in der Wiederholung."))

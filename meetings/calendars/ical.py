"""Write calendars: rows in, bytes out (RFC 5545, 7986). Knows nothing of groups and words.

An event becomes a fragment that can be stored; a calendar is a head, its zones and fragments.
The same rows always give the same bytes. A bad value loses itself, never the whole feed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from urllib.parse import quote
from zoneinfo import ZoneInfoNotFoundError

import icalendar
from icalendar.prop import vInline

from meetings.calendars.timezones import named, vtimezone

# What some parsers take for a line break; TAB and the rest of C0 and C1 only confuse them.
_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Also bidi controls, which reorder what is read, and lone surrogates, which no UTF-8 can hold.
_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_URI_CHARACTERS = ":/?#[]@!$&'()*+,;=%"
_COLOUR_NAME = re.compile(r"[A-Za-z]{3,30}", re.ASCII)
_COLOUR_HEX = re.compile(r"#[0-9A-Fa-f]{6}", re.ASCII)
_BUSY = {"CONFIRMED": "BUSY", "TENTATIVE": "TENTATIVE", "CANCELLED": "FREE"}
_CANCELLED = b"\r\nSTATUS:CANCELLED\r\n"
_SUMMARY = re.compile(rb"\r\nSUMMARY:(.*?)\r\n(?! )", re.DOTALL)
_END_EVENT = b"END:VEVENT\r\n"
_END_CALENDAR = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of a calendar, in ready words.

    `starts_at`, `ends_at`, `created_at`, `changed_at` are aware; `zone` is the IANA name they are
    shown in. All-day entries have `all_day_on` and, if longer, the last day `all_day_until`
    instead; one of the two starts must be there, or `event` raises ValueError. `notes` are the
    lines of the description; they should repeat the links, as some clients hide those.
    `geo` is (latitude, longitude) in degrees.
    """

    uid: str
    sequence: int
    created_at: datetime
    changed_at: datetime
    title: str
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    zone: str = "UTC"
    all_day_on: date | None = None
    all_day_until: date | None = None
    place: str = ""
    notes: tuple[str, ...] = ()
    url: str = ""
    join_url: str = ""
    categories: tuple[str, ...] = ()
    geo: tuple[float, float] | None = None
    related_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The head of a calendar.

    `source` is its own address and only for public ones: it would publish the secret of the
    others. `colour` is a CSS name, `colour_hex` the same as #RRGGBB.
    """

    name: str
    zone: str
    description: str = ""
    url: str = ""
    source: str | None = None
    colour: str = ""
    colour_hex: str = ""
    language: str = "de"


def event(row: Event) -> bytes:
    """Write one VEVENT, folded, with CRLF."""
    vevent = icalendar.Event()
    free = row.all_day_on is not None or row.status == "CANCELLED"
    vevent.add("UID", _text(row.uid))
    vevent.add("DTSTAMP", row.changed_at.astimezone(UTC))
    for name, moment in _times(row):
        vevent.add(name, moment)
    vevent.add("SUMMARY", _text(row.title))
    vevent.add("STATUS", _text(row.status))
    vevent.add("SEQUENCE", row.sequence)
    vevent.add("CREATED", row.created_at.astimezone(UTC))
    vevent.add("LAST-MODIFIED", row.changed_at.astimezone(UTC))
    vevent.add("TRANSP", _raw("TRANSPARENT" if free else "OPAQUE"))
    vevent.add(
        "X-MICROSOFT-CDO-BUSYSTATUS", _raw("FREE" if free else _BUSY.get(row.status, "BUSY"))
    )
    for name, value in _details(row):
        vevent.add(name, value)
    return bytes(vevent.to_ical(sorted=False))


def calendar(
    head: Calendar, fragments: Iterable[bytes], zones: Iterable[str], alarm: int | None = None
) -> bytes:
    """Join fragments of `event` to a calendar.

    `zones` are those that the events use. `alarm` adds a reminder this many minutes before each
    event that takes place.
    """
    if alarm is not None:
        fragments = (_alarmed(fragment, alarm) for fragment in fragments)
    # The calendar's own zone keeps an empty one valid: RFC 5545, 3.6 asks for one component.
    blocks = [_vtimezone(zone) for zone in sorted({head.zone, *zones})]
    return b"".join([_head(head), *blocks, *fragments, _END_CALENDAR])


def _head(head: Calendar) -> bytes:
    vcalendar = icalendar.Calendar()
    vcalendar.add("VERSION", _raw("2.0"))
    vcalendar.add("PRODID", _text(f"-//Teilhabe//Teilhabe//{head.language.upper()}"))
    vcalendar.add("CALSCALE", _raw("GREGORIAN"))
    for names, text in (
        (("NAME", "X-WR-CALNAME"), _text(head.name)),
        (("DESCRIPTION", "X-WR-CALDESC"), _text(head.description, lines=True)),
        (("X-WR-TIMEZONE",), _text(head.zone)),
    ):
        for name in names if text else ():
            vcalendar.add(name, text)
    vcalendar.add("REFRESH-INTERVAL", _raw("PT1H", VALUE="DURATION"))
    vcalendar.add("X-PUBLISHED-TTL", _raw("PT1H"))
    if _COLOUR_NAME.fullmatch(head.colour):
        vcalendar.add("COLOR", _raw(head.colour))
    if _COLOUR_HEX.fullmatch(head.colour_hex):
        vcalendar.add("X-APPLE-CALENDAR-COLOR", _raw(head.colour_hex))
    if head.url:
        vcalendar.add("URL", _uri(head.url))
    if head.source:
        vcalendar.add("SOURCE", _uri(head.source, VALUE="URI"))
    return bytes(vcalendar.to_ical(sorted=False)).removesuffix(_END_CALENDAR)


def _times(row: Event) -> Iterator[tuple[str, date]]:
    if row.all_day_on:
        last = max(row.all_day_on, row.all_day_until or row.all_day_on)
        yield "DTSTART", row.all_day_on
        yield "DTEND", min(last, date.max - timedelta(days=1)) + timedelta(days=1)
    elif row.starts_at:
        yield "DTSTART", _moment(row.starts_at, row.zone)
        if row.ends_at and row.ends_at > row.starts_at:
            yield "DTEND", _moment(row.ends_at, row.zone)
    else:
        raise ValueError(f"An event needs a start: {row.uid}")


def _moment(at: datetime, zone: str) -> datetime:
    """Put an instant into its zone, or into UTC where local time would not say which it is."""
    utc = at.astimezone(UTC)
    try:
        local = utc.astimezone(named(zone))
    except (ZoneInfoNotFoundError, OverflowError):
        return utc
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return utc if twice else local


def _details(row: Event) -> Iterator[tuple[str, vInline]]:
    """Write what an event may have; the empty ones are left out."""
    if place := _text(row.place):
        yield "LOCATION", place
    if notes := _text("\n".join(row.notes), lines=True):
        yield "DESCRIPTION", notes
    if url := _uri(row.url):
        yield "URL", url
    if join_url := _uri(row.join_url, VALUE="URI"):
        yield "CONFERENCE", join_url
    if categories := ",".join(filter(None, map(_text, row.categories))):
        yield "CATEGORIES", _raw(categories)
    if row.geo and abs(row.geo[0]) <= 90 and abs(row.geo[1]) <= 180:
        yield "GEO", _raw(f"{row.geo[0]:.6f};{row.geo[1]:.6f}")
    if related_to := _text(row.related_to or ""):
        yield "RELATED-TO", related_to


def _alarmed(fragment: bytes, minutes: int) -> bytes:
    if minutes < 0:
        raise ValueError("A reminder comes before the event.")
    if _CANCELLED in fragment:
        return fragment
    title = _SUMMARY.search(fragment)
    # Folded right after the name, the title's own lines fit as they are.
    folded = b"\r\n " + title[1] if title and title[1] else b""
    alarm = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:%b\r\nTRIGGER:-PT%dM\r\nEND:VALARM\r\n"
    return fragment.removesuffix(_END_EVENT) + alarm % (folded, minutes) + _END_EVENT


def _vtimezone(zone: str) -> bytes:
    try:
        return vtimezone(zone)
    except ZoneInfoNotFoundError:
        return b""


def _raw(value: str, **parameters: str) -> vInline:
    return vInline(value, params=parameters)


def _text(value: str, *, lines: bool = False) -> vInline:
    """Clean and escape a TEXT (RFC 5545, 3.3.11): one line, or as many as it has.

    The library's own escaping takes the backslash and N of "C:\\New" for a line break.
    """
    value = _BREAKS.sub("\n" if lines else " ", value).replace("\t", " ")
    value = _FORBIDDEN.sub("", value).strip()
    for character in "\\;,":
        value = value.replace(character, f"\\{character}")
    return _raw(value.replace("\n", "\\n"))


def _uri(value: str, **parameters: str) -> vInline:
    """Clean a URI (RFC 3986); what may not stand in one is percent-encoded."""
    value = _FORBIDDEN.sub("", _BREAKS.sub("", value)).strip()
    return _raw(quote(value, safe=_URI_CHARACTERS), **parameters)

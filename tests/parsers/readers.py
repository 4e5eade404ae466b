"""Read the same bytes with three independent parsers into one simple form.

An entry is a dict: uid, start and end (aware UTC; a date for all-day ones; no end: None),
summary, status, sequence. Every reader raises ValueError for what its parser calls an error and
for floating times.
"""

import ctypes
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject

HERE = Path(__file__).parent
Entry = dict[str, Any]


@dataclass(frozen=True)
class Reader:
    """A parser: its name, how it reads, and what is missing to run it ("" = nothing)."""

    name: str
    read: Callable[[bytes], list[Entry]]
    missing: Callable[[], str]


def require(missing: str) -> None:
    """Skip the test for what is missing, or fail it where REQUIRE=all forbids skipping."""
    if missing and os.environ.get("REQUIRE") == "all":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)


def _utc(moment: date) -> date:
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError(f"floating time {moment}")
    return moment.astimezone(UTC)


def read_with_vobject(data: bytes) -> list[Entry]:
    calendar = vobject.readOne(data.decode())
    return [
        {
            "uid": event.uid.value,
            "start": _utc(event.dtstart.value),
            "end": _utc(event.dtend.value) if hasattr(event, "dtend") else None,
            "summary": event.summary.value,
            "status": event.status.value,
            "sequence": int(event.sequence.value),
        }
        for event in calendar.contents.get("vevent", [])
    ]


class _Time(ctypes.Structure):
    """struct icaltimetype of libical 3."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "icalparser_parse_string": (ctypes.c_void_p, [ctypes.c_char_p]),
    "icalcomponent_free": (None, [ctypes.c_void_p]),
    "icalcomponent_count_errors": (ctypes.c_int, [ctypes.c_void_p]),
    "icalcomponent_string_to_kind": (ctypes.c_int, [ctypes.c_char_p]),
    "icalcomponent_get_first_component": (ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_int]),
    "icalcomponent_get_next_component": (ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_int]),
    "icalcomponent_get_first_property": (ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_int]),
    "icalcomponent_get_dtstart": (_Time, [ctypes.c_void_p]),
    "icalcomponent_get_dtend": (_Time, [ctypes.c_void_p]),
    "icalcomponent_get_uid": (ctypes.c_char_p, [ctypes.c_void_p]),
    "icalcomponent_get_summary": (ctypes.c_char_p, [ctypes.c_void_p]),
    "icalcomponent_get_sequence": (ctypes.c_int, [ctypes.c_void_p]),
    "icalproperty_string_to_kind": (ctypes.c_int, [ctypes.c_char_p]),
    "icalproperty_get_value_as_string": (ctypes.c_char_p, [ctypes.c_void_p]),
    "icaltime_as_timet_with_zone": (ctypes.c_long, [_Time, ctypes.c_void_p]),
}


def _libical() -> ctypes.CDLL:
    library = ctypes.CDLL("libical.so.3")
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


def _libical_missing() -> str:
    try:
        _libical()
    except OSError:
        return "libical is not installed (Debian: libical3)"
    return ""


def read_with_libical(data: bytes) -> list[Entry]:
    library = _libical()
    calendar = library.icalparser_parse_string(data)
    if not calendar:
        raise ValueError("libical cannot read this at all")
    try:
        if errors := library.icalcomponent_count_errors(calendar):
            raise ValueError(f"libical counts {errors} errors")
        return [_libical_entry(library, event) for event in _libical_events(library, calendar)]
    finally:
        library.icalcomponent_free(calendar)


def _libical_events(library: ctypes.CDLL, calendar: int) -> Iterator[int]:
    kind = library.icalcomponent_string_to_kind(b"VEVENT")
    event = library.icalcomponent_get_first_component(calendar, kind)
    while event:
        yield event
        event = library.icalcomponent_get_next_component(calendar, kind)


def _libical_entry(library: ctypes.CDLL, event: int) -> Entry:
    def found(name: bytes) -> int:
        kind = library.icalproperty_string_to_kind(name)
        return library.icalcomponent_get_first_property(event, kind)

    def moment(time: _Time) -> date:
        if time.is_date:
            return date(time.year, time.month, time.day)
        if not time.zone:
            raise ValueError("floating time")
        seconds = library.icaltime_as_timet_with_zone(time, time.zone)
        return datetime.fromtimestamp(seconds, UTC)

    return {
        "uid": library.icalcomponent_get_uid(event).decode(),
        "start": moment(library.icalcomponent_get_dtstart(event)),
        "end": moment(library.icalcomponent_get_dtend(event)) if found(b"DTEND") else None,
        "summary": library.icalcomponent_get_summary(event).decode(),
        "status": library.icalproperty_get_value_as_string(found(b"STATUS")).decode(),
        "sequence": library.icalcomponent_get_sequence(event),
    }


def _icaljs_missing() -> str:
    if not shutil.which("node"):
        return "Node.js is not installed"
    if not (HERE / "node_modules" / "ical.js").is_dir():
        return "ical.js is not installed (npm ci in tests/parsers)"
    return ""


def read_with_icaljs(data: bytes) -> list[Entry]:
    run = subprocess.run(
        ["node", HERE / "events.mjs"], input=data, capture_output=True, timeout=60, check=False
    )
    if run.returncode:
        raise ValueError(run.stderr.decode())

    def moment(value: dict[str, Any] | None) -> date | None:
        if value is None:
            return None
        if "date" in value:
            return date.fromisoformat(value["date"])
        return datetime.fromtimestamp(value["seconds"], UTC)

    return [
        entry | {"start": moment(entry["start"]), "end": moment(entry["end"])}
        for entry in json.loads(run.stdout)
    ]


READERS = (
    Reader("vobject", read_with_vobject, lambda: ""),
    Reader("libical", read_with_libical, _libical_missing),
    Reader("ical.js", read_with_icaljs, _icaljs_missing),
)

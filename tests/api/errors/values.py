"""Values that no field of a kind may take, whatever else is sent."""

from typing import Any

from rest_framework import serializers

from api.shapes import Clock, Day, Line, Link, LocalTime, Text, Visible

MEGABYTE = "x" * 1_000_000  # with the rest still below the largest body
DEEP: Any = []
for _ in range(15):
    DEEP = [DEEP]
STRANGE = ([1], {"a": 1}, DEEP, {"a": DEEP})
INVISIBLE = tuple(
    f"a{character}b"
    for character in (
        "\x00\x01\x08\x0b\x0c\x1b\x7f\x80\x85\x9f\u2028\u2029\u061c\u200f\u202e\u2066\uffff"
    )
)
STACKED = "a" + "\u0316\u0300" * 40_000
EDGES = ("0001-01-01", "9999-12-31", "1999-12-31", "2101-01-01")
OFFSETS = ("", "Z", "+14:00", "-14:00")
NOWHEN = ("2026-02-30", "2026-13-01", "", "nope", "\0", 5, 1e300, MEGABYTE, True, "2026-1-1 x")
UNKNOWN = "00000000-0000-0000-0000-000000000000"
RULES = (
    "", "nope", "FREQ=SECONDLY", "FREQ=YEARLY", "FREQ=WEEKLY;COUNT=1000000000",
    "FREQ=DAILY;COUNT=0", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;UNTIL=99991231",
    "FREQ=DAILY;UNTIL=00010101", "FREQ=WEEKLY;BYSECOND=1", "FREQ=WEEKLY\r\nX:1", "FREQ=WEEKLY\0",
    "RRULE:FREQ=WEEKLY", "FREQ=DAILY;" * 100_000, "ＦＲＥＱ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=99",
    True, *STRANGE,
)  # fmt: skip

BY_KIND: tuple[tuple[type, tuple[Any, ...]], ...] = (
    (Line, (*INVISIBLE, "a\tb", "a\nb", "a\rb", MEGABYTE, STACKED, True)),
    (Text, (*INVISIBLE, "a\rb", MEGABYTE, STACKED, True)),
    (Link, (*(f"https://video.example/{value}" for value in INVISIBLE), "nope", "//video.example",
            "javascript:alert(1)", "ftp://video.example/", "https://", "https://[::1", MEGABYTE,
            "https://video.example/\r\nX-Evil: 1", "data:text/html,x", "https://a b.example/", 5)),
    (Day, (*EDGES, *NOWHEN, "2026-01-01T00:00:00")),
    (LocalTime, (*(f"{day}T00:00:00{sign}" for day in EDGES for sign in OFFSETS),
                 *(f"{day}T23:59:59.999999{sign}" for day in EDGES for sign in OFFSETS),
                 *NOWHEN, "2026-03-29T02:30", "2026-10-25T02:30", "2026-06-01T17:00+25:00")),
    (Clock, ("25:00", "nope", "", "\0", 5, True, MEGABYTE)),
    (Visible, (UNKNOWN, "nope", "\0", 5, -1, 10**20, 1e300, True, MEGABYTE)),
    (serializers.UUIDField, (UNKNOWN, "nope", "\0", 5, -1, 10**20, 1e300, True, MEGABYTE)),
    (serializers.ChoiceField, ("nope", "\0", 5, True, MEGABYTE, "PUBLIC ")),
    (serializers.BooleanField, ("nope", "\0", 5, MEGABYTE)),
    (serializers.IntegerField, ("x", "\0", 1.5, -1, 0, 10**20, 1e300, "9" * 5000, MEGABYTE)),
    (serializers.DecimalField, ("x", "\0", "NaN", "-Infinity", "1e400", "1e-400", "1e-999999999",
                                "1e999999999", 1000, -1000, 1e300, "9" * 5000, "0.00000001")),
    (serializers.SlugField, ("A B", "ä", "a--b", "-a", "a_b", "", "\0", "x" * 51, MEGABYTE, True)),
    (serializers.ListField, ("x", 5, True, ["nope"], [None], [[]], ["0001-01-01"], ["9999-12-31"],
                             ["2026-06-03"] * 51, ["\0"])),
)  # fmt: skip

BY_NAME: dict[str, tuple[Any, ...]] = {
    "rrule": RULES,
    "time_zone": ("Nope/Nowhere", "../../etc/passwd", "", "\0", "x" * 1000, "localtime",
                  "posix/Europe/Berlin", "Europe", "CET\r\nX:1", True, MEGABYTE, *STRANGE),
}  # fmt: skip


def refused_by(name: str, field: serializers.Field[Any, Any, Any, Any]) -> list[Any]:
    """Return what a field must refuse."""
    if name in BY_NAME:
        return [*BY_NAME[name], None]
    kinds = [values for kind, values in BY_KIND if isinstance(field, kind)]
    assert kinds, f"{name}: a kind of field that is not tested"
    nothing = [] if field.allow_null else [None]
    blank = [""] if isinstance(field, Line) and not field.allow_blank else []
    return [*kinds[0], *STRANGE, *nothing, *blank]

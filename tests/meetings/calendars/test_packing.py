"""A calendar is packed in pieces that are kept."""

import gzip
from typing import Any

import pytest

from meetings.calendars.packing import gzipped


class Shelf(dict[str, bytes]):
    """Keep pieces, and count how many were new."""

    new = 0

    def get_many(self, keys: Any) -> dict[str, bytes]:
        return {key: self[key] for key in keys if key in self}

    def set_many(self, data: dict[str, bytes], _timeout: int = 0) -> None:
        self.new = len(data)
        self.update(data)


def calendar(count: int, changed: int | None = None) -> bytes:
    """Write a calendar of many events, one of them changed."""
    events = (
        f"BEGIN:VEVENT\r\nUID:{n}@lip\r\nSUMMARY:{'!' if n == changed else n}\r\nEND:VEVENT\r\n"
        for n in range(count)
    )
    return f"BEGIN:VCALENDAR\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


@pytest.mark.parametrize("count", [0, 1, 49, 1000])
def test_it_unpacks_to_the_same_bytes(count: int) -> None:
    assert gzip.decompress(gzipped(calendar(count), Shelf())) == calendar(count)


def test_the_same_bytes_are_packed_alike_whatever_is_kept() -> None:
    shelf = Shelf()
    gzipped(calendar(1000, changed=3), shelf)

    assert gzipped(calendar(1000), shelf) == gzipped(calendar(1000), Shelf())


def test_one_changed_event_costs_one_piece() -> None:
    shelf = Shelf()
    gzipped(calendar(1000), shelf)
    assert shelf.new > 10

    changed = calendar(1000, changed=500)
    assert gzip.decompress(gzipped(changed, shelf)) == changed
    assert shelf.new == 1

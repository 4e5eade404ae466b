"""Gzip a calendar so that a change in it costs the part around the change."""

import re
import zlib
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, Protocol

KEPT_SECONDS = 24 * 3600
EVENTS_IN_A_PIECE = 50
_EVENT = re.compile(rb"BEGIN:VEVENT\r\nUID:[^\r]*")
# RFC 1952: the head of a gzip file without a time, and the last, empty block of its stream.
_HEAD, _END = bytes.fromhex("1f8b08000000000002ff"), bytes.fromhex("0300")


class Store(Protocol):
    """Where packed pieces are kept."""

    def get_many(self, keys: Any, /) -> Mapping[str, bytes]:
        """Return those that are there."""

    def set_many(self, data: Any, timeout: Any = ..., /) -> Any:
        """Keep some for some seconds."""


def gzipped(body: bytes, store: Store) -> bytes:
    """Return the calendar as one gzip stream; pieces that were there before are not packed again.

    A deflate stream may be joined from parts that each end on a byte and refer to nothing before
    them (RFC 1951); the same bytes in give the same bytes out, whatever the store holds.
    """
    pieces = {f"gzip:{blake2b(piece, digest_size=16).hexdigest()}": piece for piece in _cut(body)}
    packed = store.get_many(pieces)
    new = {key: _deflated(piece) for key, piece in pieces.items() if key not in packed}
    store.set_many(new, KEPT_SECONDS)
    stream = [packed.get(key) or new[key] for key in pieces]
    sums = (number.to_bytes(4, "little") for number in (zlib.crc32(body), len(body) & 0xFFFFFFFF))
    return b"".join([_HEAD, *stream, _END, *sums])


def _cut(body: bytes) -> Iterator[bytes]:
    """Cut before about every fiftieth event, chosen by its UID: so a cut stays where it was."""
    start = 0
    for event in _EVENT.finditer(body):
        if zlib.crc32(event[0]) % EVENTS_IN_A_PIECE == 0:
            yield body[start : event.start()]
            start = event.start()
    yield body[start:]


def _deflated(piece: bytes) -> bytes:
    packing = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packing.compress(piece) + packing.flush(zlib.Z_FULL_FLUSH)

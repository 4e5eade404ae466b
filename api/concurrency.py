"""Strong ETags, and the revisions that writes are based on."""

import hashlib
import re

from django.utils.translation import gettext as _
from rest_framework.request import Request

from api.errors import PreconditionRequired

_TAG = re.compile(r'(?<!W/)"(\d{1,9})-[0-9a-f]{16}"')
NO_REVISION = -1
"""Equals no row's revision: what the caller named is not of ours."""


def etag(rev: int, body: bytes) -> str:
    """Name the bytes of a representation; the revision stands first, for If-Match."""
    return f'"{rev}-{hashlib.sha256(body).hexdigest()[:16]}"'


def based_on(request: Request, *, required: bool) -> int | None:
    """Return the revision that If-Match names; None for "*" or, if not required, no header.

    Raises PreconditionRequired where a header is needed. A weak tag (RFC 9110, 13.1.1) or one
    that is not ours gives a revision that no row has, so that the write is refused as stale. Of
    several tags only the newest can be the current one.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        if required:
            raise PreconditionRequired(_("Diese Änderung braucht If-Match."))
        return None
    if given == "*":
        return None
    return max(map(int, _TAG.findall(given)), default=NO_REVISION)


def has(request: Request, tag: str) -> bool:
    """Tell whether the caller has these bytes already (If-None-Match)."""
    given = request.headers.get("If-None-Match", "")
    return given.strip() == "*" or tag in [
        part.strip().removeprefix("W/") for part in given.split(",")
    ]

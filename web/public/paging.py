"""Pages of a list of meetings by their place in it: as fast on the last page as on the first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from meetings.schedule.models import Meeting, MeetingQuerySet
from web.public.months import YEARS

SIZE = 25


@dataclass(frozen=True, slots=True)
class Page:
    """Some meetings in order, and the marks from which the neighbouring pages start, or None."""

    meetings: list[Meeting]
    before: str | None
    after: str | None


def page_of(meetings: MeetingQuerySet, *, before: str, after: str) -> Page:
    """Cut the page after, or before, a mark out of an ordered list; one query.

    Raises Http404 if the mark cannot be read.
    """
    falling = str(meetings.query.order_by[0]).startswith("-")
    backwards = bool(before)
    if mark := before or after:
        meetings = meetings.filter(_beyond(mark, later=falling == backwards))
    ordered = meetings.reverse() if backwards else meetings
    found = list(ordered[: SIZE + 1])
    more, found = len(found) > SIZE, found[:SIZE]
    if backwards:
        found.reverse()
    has_before = more if backwards else bool(after)
    has_after = backwards or more
    return Page(
        found,
        before=_mark(found[0]) if found and has_before else None,
        after=_mark(found[-1]) if found and has_after else None,
    )


def _mark(meeting: Meeting) -> str:
    return f"{meeting.starts_at:%Y%m%dT%H%M%S.%f}{meeting.starts_at:%z}~{meeting.pk.hex}"


def _beyond(mark: str, *, later: bool) -> Q:
    """Return the condition that a meeting comes later, or earlier, than a mark."""
    start, _tilde, key = mark.partition("~")
    try:
        place: tuple[datetime, Any] = datetime.strptime(start, "%Y%m%dT%H%M%S.%f%z"), UUID(key)
    except ValueError as error:
        raise Http404 from error
    # The first and the last year cannot be moved into every zone.
    if place[0].year not in YEARS:
        raise Http404
    way = "gt" if later else "lt"
    same_start = Q(starts_at=place[0]) & Q(**{f"pk__{way}": place[1]})
    return Q(**{f"starts_at__{way}": place[0]}) | same_start

"""Calendars over HTTP: plain views, for calendar clients negotiate strangely."""

import gzip
import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from meetings.schedule.exports import Options, feed_bytes, feed_tag, meeting_bytes
from meetings.schedule.feeds import KEEP_PAST
from meetings.schedule.queries import feed_for, public_meeting

_GZIP = re.compile(r"\b(?:x-)?gzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)
MOST_DAYS = 3660
MOST_MINUTES = 14 * 24 * 60


class BadOption(Exception):
    """An option of a feed that makes no sense."""


def stateless(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Forget the caller's cookies, so that no answer sets, deletes or depends on one."""

    @csrf_exempt
    @wraps(view)
    def bare(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.COOKIES.clear()
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
        return view(request, *args, **kwargs)

    return bare


@stateless
@require_safe
def feed(request: HttpRequest, process: str, field: str = "", group: str = "") -> HttpResponse:
    """Serve the calendar of a process, a field of action or a group; one query for a 304."""
    try:
        options = _options(request)
    except BadOption as error:
        return _refused(error)
    row = feed_for(process, field=field, group=group)
    if row is None:
        raise Http404
    answer = _answer(request, feed_tag(row, options), row.changed_at.timestamp())
    if answer.status_code == 304:
        return answer
    plain, packed = feed_bytes(row, options)
    return _filled(request, answer, plain, packed, f"{group or field or process}.ics")


@stateless
@require_safe
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Serve the calendar of one meeting."""
    try:
        options = _options(request)
    except BadOption as error:
        return _refused(error)
    row = public_meeting(meeting_id)
    if row is None:
        raise Http404
    answer = _answer(request, f"{row.pk}-{row.rev}-{options}", row.shown_at.timestamp())
    if answer.status_code == 304:
        return answer
    plain = meeting_bytes(row, options)
    return _filled(request, answer, plain, gzip.compress(plain, 6, mtime=0), f"{row.pk}.ics")


def _options(request: HttpRequest) -> Options:
    days = _number(request, "past", MOST_DAYS)
    cancelled = request.GET.get("cancelled", "show")
    if cancelled not in {"show", "hide"}:
        raise BadOption("cancelled: show or hide")
    return Options(
        past=KEEP_PAST if days is None else timedelta(days=days),
        with_off=cancelled == "show",
        alarm=_number(request, "alarm", MOST_MINUTES),
    )


def _number(request: HttpRequest, name: str, most: int) -> int | None:
    given = request.GET.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 8 and int(given) <= most):
        raise BadOption(f"{name}: 0 to {most}")
    return int(given)


def _answer(request: HttpRequest, tag: str, changed: float) -> HttpResponse:
    """Return a 304 if the caller has these bytes, else an answer to be filled.

    Plain and packed bytes have tags of their own, for a strong ETag names bytes.
    """
    packed = bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))
    asked = request.headers.get("If-None-Match")
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    if asked is not None:
        known = {part.strip().removeprefix("W/") for part in asked.split(",")}
        fresh = bool(known & {"*", f'"{tag}"', f'"{tag}-gz"'})
    else:
        fresh = since is not None and int(changed) <= since
    answer: HttpResponse = HttpResponseNotModified() if fresh else HttpResponse()
    answer["ETag"] = f'"{tag}-gz"' if packed else f'"{tag}"'
    answer["Last-Modified"] = http_date(changed)
    answer["Cache-Control"] = "max-age=300"
    answer["Vary"] = "Accept-Encoding"
    return answer


def _filled(
    request: HttpRequest, answer: HttpResponse, plain: bytes, packed: bytes, name: str
) -> HttpResponse:
    gzipped = answer["ETag"].endswith('-gz"')
    answer.content = packed if gzipped else plain
    if gzipped:
        answer["Content-Encoding"] = "gzip"
    answer["Content-Length"] = str(len(answer.content))
    answer["Content-Type"] = "text/calendar; charset=utf-8"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _refused(error: BadOption) -> HttpResponse:
    return HttpResponse(f"{error}\n", "text/plain; charset=utf-8", 400)

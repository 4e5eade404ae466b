"""Addresses of calendars, for programs and for the camera of a phone."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import segno
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from process.groups.models import Group
from process.plan.models import FieldOfAction, Process


def process_feed(request: HttpRequest, process: Process) -> dict[str, Any]:
    """Offer the calendar of a whole process."""
    return _offer(request, process.short_title, process.slug)


def field_feed(request: HttpRequest, process: Process, field: FieldOfAction) -> dict[str, Any]:
    """Offer the calendar of a field of action."""
    name = f"{process.short_title}: {field.name}"
    return _offer(request, name, f"{process.slug}/fields/{field.slug}")


def group_feed(request: HttpRequest, process: Process, group: Group) -> dict[str, Any]:
    """Offer the calendar of a group."""
    name = f"{process.short_title}: {group.name}"
    return _offer(request, name, f"{process.slug}/groups/{group.slug}")


def meeting_file(meeting_id: Any) -> str:
    """Return the address of the calendar entry of one meeting."""
    return f"/calendar/meetings/{meeting_id}.ics"


def _offer(request: HttpRequest, name: str, scope: str) -> dict[str, Any]:
    # Written out: the feeds are another door, and their addresses are promised for life.
    address = request.build_absolute_uri(f"/calendar/{scope}.ics")
    webcal = f"webcal://{address.partition('://')[2]}"
    return {
        "name": name,
        "https_url": address,
        "webcal_url": webcal,
        "google_url": f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}",
        "qr_svg": qr(webcal),
    }


@lru_cache(maxsize=512)
def qr(text: str) -> SafeString:
    """Draw a QR code as SVG without any style, for our content security policy forbids it."""
    code = segno.make(text, error="m", micro=False)
    drawing = code.svg_inline(omitsize=True, border=1, svgclass=None, lineclass=None)
    return mark_safe(drawing)  # noqa: S308 - only numbers and path commands

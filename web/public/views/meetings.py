"""Meetings of a process: as a list, as a month, one by one."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from meetings.schedule.models import Meeting
from meetings.schedule.queries import meetings_between, meetings_for
from process.plan.models import Process
from process.plan.queries import fields_for
from web.public import field_rows, listings, meeting_rows, months, process_rows
from web.public.doors import FOR_ALL, in_process, page
from web.public.subscriptions import field_feed, group_feed, process_feed


@in_process
def index(request: HttpRequest, process: Process, user: Any) -> HttpResponse:
    """List the coming or the past meetings, perhaps of one field of action or group."""
    now = timezone.now()
    wish = listings.Wish.read(request.GET)
    choice = listings.Choice(process, user, wish)
    feed = process_feed(request, process)
    if choice.group:
        feed = group_feed(request, process, choice.group)
    elif choice.field:
        feed = field_feed(request, process, choice.field)
    context = {
        "section": "meetings",
        "process": process_rows.frame(process),
        **choice.context(now=now),
        "feed": feed,
    }
    return page(request, "public/meetings.html", context)


@in_process
def calendar(request: HttpRequest, process: Process, user: Any) -> HttpResponse:
    """Go to the current month."""
    today = timezone.now().astimezone(ZoneInfo(process.time_zone)).date()
    kwargs = {"slug": process.slug, "first": today.replace(day=1)}
    response = HttpResponseRedirect(reverse("month", kwargs=kwargs))
    response.headers["Cache-Control"] = FOR_ALL
    return response


@in_process
def month(request: HttpRequest, process: Process, user: Any, first: date) -> HttpResponse:
    """Show a month as a sheet of weeks, its days being those of the process's zone."""
    now, zone = timezone.now(), ZoneInfo(process.time_zone)
    since, until = months.span(first, zone)
    found = meetings_between(user, since=since, until=until).filter(process=process)
    rows = meeting_rows.rows(found, now=now)
    earlier, later = months.before(first), months.after(first)
    sheet = {
        **months.sheet(first, rows, now.astimezone(zone).date()),
        "previous_url": earlier and _month_url(process, earlier),
        "next_url": later and _month_url(process, later),
        "fields": [field_rows.mark(f, process) for f in fields_for(user).filter(process=process)],
    }
    context = {"section": "month", "process": process_rows.frame(process), "month": sheet}
    return page(request, "public/month.html", context)


@in_process
def show(request: HttpRequest, process: Process, user: Any, meeting: UUID) -> HttpResponse:
    """Show one meeting."""
    now = timezone.now()
    found = meetings_for(user).filter(process=process, pk=meeting).first()
    if found is None:
        raise Http404
    group = found.group
    context = {
        "section": "meetings",
        "process": process_rows.frame(process),
        "meeting": meeting_rows.sheet(found, _successor(found, user), now=now),
        "feed": group_feed(request, process, group) if group else process_feed(request, process),
    }
    return page(request, "public/meeting.html", context)


def _successor(meeting: Meeting, user: Any) -> Meeting | None:
    if meeting.successor_id is None:
        return None
    visible = meetings_for(user).prefetch_related(None)
    return visible.filter(pk=meeting.successor_id, process=meeting.process_id).first()


def _month_url(process: Process, first: date) -> str:
    return reverse("month", kwargs={"slug": process.slug, "first": first})

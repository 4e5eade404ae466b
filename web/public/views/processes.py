"""The home page, and a process at a glance."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.schedule.queries import meetings_for
from process.plan.models import Process
from process.plan.queries import overviews_for, phases_for
from web.public import meeting_rows, process_rows
from web.public.casts import Cast
from web.public.doors import in_process, page, viewer
from web.public.subscriptions import process_feed

NEXT_ON_HOME, NEXT = 6, 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show which plans are being revised, and what comes next."""
    user, now = viewer(request), timezone.now()
    meetings = meetings_for(user).upcoming(now)[:NEXT_ON_HOME]
    context = {
        "processes": [process_rows.card(process) for process in overviews_for(user)],
        "meetings": meeting_rows.rows(meetings, now=now),
    }
    return page(request, "public/home.html", context)


@in_process
def show(request: HttpRequest, process: Process, user: Any) -> HttpResponse:
    """Show a process at a glance."""
    now = timezone.now()
    cast = Cast(process, user, now=now)
    meetings = meetings_for(user).prefetch_related(None).filter(process=process).upcoming(now)
    context = {
        "section": "overview",
        "process": process_rows.overview(process),
        "phases": [process_rows.phase(p) for p in phases_for(user).filter(process=process)],
        "fields": cast.field_cards(),
        "groups": cast.bodies(),
        "vacancies": cast.vacancies(),
        "meetings": meeting_rows.rows(meetings[:NEXT], now=now, fields=cast.fields_of),
        "feed": process_feed(request, process),
    }
    return page(request, "public/process.html", context)

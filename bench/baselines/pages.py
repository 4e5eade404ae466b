"""The public pages with the same templates and rows, over an ORM that loads when it is asked."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from meetings.schedule.models import Meeting
from meetings.schedule.queries import meetings_of_field
from process.base.text import plain
from process.base.text import render as markdown
from process.groups.models import Group, Seat
from process.groups.vocab import GroupKind
from process.plan.models import FieldOfAction, Process
from web.public import field_rows, meeting_rows, months, process_rows, seat_rows
from web.public.subscriptions import field_feed, process_feed

NOBODY = AnonymousUser()
Row = dict[str, Any]


def home(request: HttpRequest) -> HttpResponse:
    """Show which plans are being revised, and what comes next."""
    now = timezone.now()
    processes = Process.objects.visible_to(NOBODY)
    meetings = Meeting.objects.visible_to(NOBODY).upcoming(now)[:6]
    context = {
        "processes": [process_rows.card(process) for process in processes],
        "meetings": meeting_rows.rows(meetings, now=now),
    }
    return render(request, "public/home.html", context)


def process(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a process at a glance."""
    now, found = timezone.now(), _process(slug)
    bodies = found.groups.exclude(kind=GroupKind.EXPERT)
    fields = [_field_card(found, field) for field in found.fields_of_action.all()]
    context = {
        "section": "overview",
        "process": process_rows.overview(found),
        "phases": [process_rows.phase(phase) for phase in found.phases.all()],
        "fields": fields,
        "groups": [process_rows.group_card(found, g, seats_of(g)) for g in bodies],
        "vacancies": sum(s["vacant"] for f in fields for s in f["advisers"] + f["speakers"]),
        "meetings": meeting_rows.rows(_meetings(found).upcoming(now)[:5], now=now),
        "feed": process_feed(request, found),
    }
    return render(request, "public/process.html", context)


def field(request: HttpRequest, slug: str, field: str) -> HttpResponse:
    """Show a field of action."""
    now, process = timezone.now(), _process(slug)
    found = process.fields_of_action.get(slug=field)
    group = found.groups.filter(kind=GroupKind.EXPERT).first()
    seats = seats_of(group)
    meetings = _meetings(process).filter(meetings_of_field(found.pk)).upcoming(now)[:5]
    context = {
        "section": "fields",
        "process": process_rows.frame(process),
        "field": {**field_rows.row(process, found), **seat_rows.bench(seats, NOBODY)},
        "round": _round(found),
        "group": _group(process, group, seats),
        "meetings": meeting_rows.rows(meetings, now=now),
        "feed": field_feed(request, process, found),
    }
    return render(request, "public/field.html", context)


def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """List the coming meetings."""
    now, process = timezone.now(), _process(slug)
    coming = _meetings(process).filter(starts_at__gte=now).order_by("starts_at", "id")
    context = {
        "section": "meetings",
        "process": process_rows.frame(process),
        "meetings": meeting_rows.rows(coming[:25], now=now),
        "period": "upcoming",
        "filters": {"field": "", "group": ""},
        "field_options": [{"slug": f.slug, "name": f.name} for f in process.fields_of_action.all()],
        "group_options": [{"slug": g.slug, "name": g.name} for g in process.groups.all()],
        "feed": process_feed(request, process),
    }
    return render(request, "public/meetings.html", context)


def month(request: HttpRequest, slug: str, first: date) -> HttpResponse:
    """Show a month."""
    now, process = timezone.now(), _process(slug)
    zone = ZoneInfo(process.time_zone)
    since, until = months.span(first, zone)
    found = _meetings(process).filter(starts_at__gte=since, starts_at__lt=until)
    rows = meeting_rows.rows(found.order_by("starts_at", "id"), now=now)
    sheet = {
        **months.sheet(first, rows, now.astimezone(zone).date()),
        "fields": [field_rows.mark(f, process) for f in process.fields_of_action.all()],
    }
    context = {"section": "month", "process": process_rows.frame(process), "month": sheet}
    return render(request, "public/month.html", context)


def seats_of(group: Group) -> list[Seat]:
    """List the seats of a group, each asking who sits on it."""
    seats = list(group.seats.all())
    for seat in seats:
        taken: Any = seat.occupancies.filter(until_on=None).first()
        seat.person_name = taken and taken.person.name
        seat.organisation = taken and taken.person.organisation
        seat.publishes_name = taken and taken.person.publishes_name
    return seats


def _process(slug: str) -> Process:
    return Process.objects.visible_to(NOBODY).get(slugs__slug=slug)


def _meetings(process: Process) -> Any:
    return Meeting.objects.visible_to(NOBODY).filter(process=process)


def _field_card(process: Process, field: FieldOfAction) -> Row:
    groups = field.groups.filter(kind=GroupKind.EXPERT)
    seats = [seat for group in groups for seat in seats_of(group)]
    coming = _meetings(process).filter(meetings_of_field(field.pk)).upcoming(timezone.now())
    following = coming.order_by("starts_at").first()
    return {
        **field_rows.row(process, field),
        **seat_rows.bench(seats, NOBODY),
        "next_meeting": following and {"starts_at": following.local_start},
    }


def _group(process: Process, group: Group, seats: list[Seat]) -> Row:
    parity = seat_rows.parity(seats)
    return {
        "name": group.name,
        "url": process_rows.group_url(process, group),
        "parity": parity,
        "seats": parity["seats"],
        "vacancies": parity["vacancies"],
        "delegates": [],
    }


def _round(field: FieldOfAction) -> Row:
    found: Any = field.dialogue_rounds.order_by("-held_on").first()
    topics = list(found.topics.all())
    return {
        "held_on": found.held_on,
        "place": found.place,
        "summary_html": markdown(found.summary) if found.summary else "",
        "topics": [
            {"title": t.title, "summary": plain(t.summary)}
            for t in [topic for topic in topics if topic.top] or topics
        ],
        "topics_incomplete": found.topics_incomplete,
    }

"""Processes and their phases as pages show them."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from process.base.text import plain, render
from process.groups.models import Group, Seat
from process.plan.models import Phase, Process
from process.plan.vocab import PhaseState
from web.public import field_rows, seat_rows

Row = dict[str, Any]


def frame(process: Process) -> Row:
    """Show what all pages inside a process need."""
    here = {"slug": process.slug}
    zone = ZoneInfo(process.time_zone)
    return {
        "title": process.title,
        "short_title": process.short_title,
        "city": process.city,
        "language": process.language,
        "status": process.status,
        "status_label": process.get_status_display(),
        "suspended_reason": process.suspended_reason,
        "suspended_at": process.suspended_at and process.suspended_at.astimezone(zone),
        "url": reverse("process", kwargs=here),
        "meetings_url": reverse("meetings", kwargs=here),
        "month_url": reverse("calendar", kwargs=here),
    }


def card(process: Process) -> Row:
    """Show a process in the list of all, loaded by `overviews_for`."""
    fields = [field_rows.mark(field) for field in process.fields_of_action.all()]
    return {
        **frame(process),
        "summary": plain(process.summary),
        "phases": [{"title": p.title, "state": p.state} for p in process.phases.all()],
        "field_count": len(fields),
        "fields": fields,
    }


def overview(process: Process) -> Row:
    """Show a process at a glance."""
    return {
        **frame(process),
        "summary_html": render(process.summary) if process.summary else "",
        "time_zone": process.time_zone,
        "mandates": [{"reference": m.reference, "body": m.body} for m in process.mandates.all()],
        "deliverables": process.deliverables,
        "predecessor_title": process.predecessor_title,
        "predecessor_year": process.predecessor_year,
    }


def phase(phase: Phase) -> Row:
    """Show a phase; its gates are named while it is open."""
    is_open = phase.state == PhaseState.OPEN
    return {
        "title": phase.title,
        "kind_label": phase.get_kind_display(),
        "starts_on": phase.starts_on,
        "ends_on": phase.ends_on,
        "state": phase.state,
        "state_label": phase.get_state_display(),
        "summary": plain(phase.summary),
        "gates": [gate.get_kind_display() for gate in phase.gates.all()] if is_open else [],
    }


def group_card(process: Process, group: Group, seats: Iterable[Seat]) -> Row:
    """Show a group in the overview."""
    seats = list(seats)
    return {
        "name": group.name,
        "url": group_url(process, group),
        "kind_label": group.get_kind_display(),
        "note": plain(group.summary),
        "seats": len(seats),
        "vacancies": seat_rows.vacancies(seats),
    }


def group_url(process: Process, group: Group) -> str:
    """Return the address of the page of a group."""
    return reverse("group", kwargs={"slug": process.slug, "group": group.slug})

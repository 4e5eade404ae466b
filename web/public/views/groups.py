"""Pages of groups."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from meetings.schedule.queries import meetings_for
from process.base.text import render
from process.groups.access import sees_names
from process.groups.models import Group
from process.groups.queries import groups_for, groups_served_by, seat_plan_for
from process.plan.models import Process
from web.public import field_rows, meeting_rows, process_rows, seat_rows
from web.public.doors import in_process, page
from web.public.subscriptions import group_feed

NEXT = 5


@in_process
def show(request: HttpRequest, process: Process, user: Any, group: str) -> HttpResponse:
    """Show a group: its seats, who sits there, when it meets."""
    now = timezone.now()
    found = groups_for(user).filter(process=process, slug=group).first()
    if found is None:
        raise Http404
    meetings = meetings_for(user).filter(group=found).upcoming(now)[:NEXT]
    context = {
        "section": "",
        "process": process_rows.frame(process),
        "group": _sheet(process, found, user),
        "meetings": meeting_rows.rows(meetings, now=now),
        "feed": group_feed(request, process, found),
    }
    return page(request, "public/group.html", context)


def _sheet(process: Process, group: Group, user: Any) -> dict[str, Any]:
    seats = list(seat_plan_for(user).filter(group=group))
    parity = seat_rows.parity(seats)
    two_sided = parity["seats"] > parity["other"] + parity["vacant_other"]
    return {
        "name": group.name,
        "url": process_rows.group_url(process, group),
        "kind_label": group.get_kind_display(),
        "summary_html": render(group.summary) if group.summary else "",
        "fields": [field_rows.mark(field, process) for field in group.fields_of_action.all()],
        "parent": group.parent and _link(process, group.parent),
        "seats": parity["seats"],
        "vacancies": parity["vacancies"],
        "parity": parity if two_sided else None,
        "roles": seat_rows.roles(seats, all_names=sees_names(user, group)),
        "sends": [_link(process, other) for other in groups_served_by(user, group)],
    }


def _link(process: Process, group: Group) -> dict[str, str]:
    return {"name": group.name, "url": process_rows.group_url(process, group)}

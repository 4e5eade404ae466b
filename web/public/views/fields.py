"""Pages of fields of action."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from meetings.schedule.queries import meetings_for, meetings_of_field
from process.base.text import plain, render
from process.groups.models import Group, Seat
from process.groups.queries import seat_plan_for
from process.groups.vocab import GroupKind
from process.plan.models import Process
from process.plan.queries import fields_for
from process.rounds.models import DialogueRound
from process.rounds.queries import rounds_for
from web.public import field_rows, meeting_rows, process_rows, seat_rows
from web.public.doors import in_process, page
from web.public.subscriptions import field_feed

NEXT = 5
Row = dict[str, Any]


@in_process
def show(request: HttpRequest, process: Process, user: Any, field: str) -> HttpResponse:
    """Show a field of action: what was said, whom to ask, when its group meets."""
    now = timezone.now()
    found = fields_for(user).filter(process=process, slug=field).first()
    if found is None:
        raise Http404
    expert = seat_plan_for(user).filter(group__fields_of_action=found, group__kind=GroupKind.EXPERT)
    seats = list(expert)
    round_ = rounds_for(user).filter(field=found).order_by("-held_on").first()
    meetings = meetings_for(user).filter(meetings_of_field(found.pk)).upcoming(now)[:NEXT]
    context = {
        "section": "fields",
        "process": process_rows.frame(process),
        "field": {**field_rows.row(process, found), **seat_rows.bench(seats, user)},
        "round": _round(round_, user) if round_ else None,
        "group": _group(process, seats),
        "meetings": meeting_rows.rows(meetings, now=now),
        "feed": field_feed(request, process, found),
    }
    return page(request, "public/field.html", context)


def _round(round_: DialogueRound, user: Any) -> Row:
    topics = list(round_.topics.all())
    shown = [topic for topic in topics if topic.top] or topics
    speaker = round_.speaker
    return {
        "held_on": round_.held_on,
        "place": round_.place,
        "speaker_name": speaker.name if speaker and speaker.publishes_name else "",
        "participants": round_.participants,
        "summary_html": render(round_.summary) if round_.summary else "",
        "topics": [{"title": topic.title, "summary": plain(topic.summary)} for topic in shown],
        "topics_incomplete": round_.topics_incomplete,
    }


def _group(process: Process, seats: list[Seat]) -> Row | None:
    """Show the expert group of the field with its seats, the first one if there are several."""
    if not seats:
        return None
    group: Group = seats[0].group
    mine = [seat for seat in seats if seat.group_id == group.pk]
    senders = [seat.delegated_by.name for seat in mine if seat.delegated_by]
    parity = seat_rows.parity(mine)
    return {
        "name": group.name,
        "url": process_rows.group_url(process, group),
        "parity": parity,
        "seats": parity["seats"],
        "vacancies": parity["vacancies"],
        "delegates": [
            {"from": name, "count": senders.count(name)} for name in dict.fromkeys(senders)
        ],
    }

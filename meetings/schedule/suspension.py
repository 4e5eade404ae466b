"""Put off everything that lies ahead in one deed, when a process is suspended."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from meetings.schedule.changes import bump_all
from meetings.schedule.models import Meeting
from meetings.schedule.states import MEETING
from meetings.schedule.vocab import MeetingState
from process.base.access import require
from process.journal.actions import announce, record_all
from process.plan.access import Act as PlanAct
from process.plan.models import Process


@transaction.atomic
def postpone_all(*, process_id: Any, reason: str, by: Any, now: datetime) -> list[Meeting]:
    """Put off every planned future meeting of a process until further notice.

    The same few statements whatever their number; who may suspend the process may do this.
    """
    process = Process.objects.select_for_update().get(pk=process_id)
    require(by, PlanAct.SUSPEND, process)
    ahead = Meeting.objects.select_for_update(of=("self",)).filter(
        process=process, state=MeetingState.PLANNED, starts_at__gte=now
    )
    meetings = list(ahead.order_by("starts_at", "id"))
    changes = [(m, {"state": MEETING.advance(m, "postpone")}, {"reason": reason}) for m in meetings]
    Meeting.objects.filter(pk__in=[m.pk for m in meetings]).update(
        state=MeetingState.POSTPONED,
        reason=reason,
        sequence=F("sequence") + 1,
        rev=F("rev") + 1,
        shown_at=now,
        updated_at=now,
    )
    record_all("meeting.postpone", changes, by=by, now=now)
    announce("meetings.postponed", process, by=by, now=now, meetings=[str(m.pk) for m in meetings])
    bump_all(process.pk, now=now)
    return meetings

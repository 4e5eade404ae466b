"""Call a meeting, edit it, move it, cancel it, hold it."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.calendars import recurrence
from meetings.schedule.access import Act
from meetings.schedule.changes import settle, snapshot
from meetings.schedule.models import Meeting
from meetings.schedule.states import MEETING, PUBLICITY
from meetings.schedule.vocab import MeetingState, Visibility
from process.base.access import require
from process.base.errors import Invalid, WrongState
from process.base.revisions import expect
from process.journal.actions import announce, record

NEWS = {
    "plan": "meeting.planned", "begin": "meeting.begun", "hold": "meeting.held",
    "close": "meeting.closed", "cancel": "meeting.cancelled", "postpone": "meeting.postponed",
    "publish": "meeting.published", "withdraw": "meeting.withdrawn",
}  # fmt: skip


@transaction.atomic
def call(
    *, starts_at: datetime, ends_at: datetime | None = None, by: Any, now: datetime, **values: Any
) -> Meeting:
    """Draft a meeting outside any series; `starts_at` and `ends_at` are naive local times."""
    meeting = Meeting(uid=new_uid(), created_at=now, updated_at=now, shown_at=now, **values)
    require(by, Act.CALL, meeting)
    if meeting.visibility == Visibility.PUBLIC:
        require(by, Act.PUBLISH, meeting)
    _date(meeting, starts_at, ends_at)
    meeting.save()
    record("meeting.call", meeting, by=by, now=now, after={"title": meeting.title})
    announce("meeting.called", meeting, by=by, now=now)
    return meeting


@transaction.atomic
def edit(*, meeting_id: Any, rev: int | None, by: Any, now: datetime, **changes: Any) -> Meeting:
    """Correct what one meeting says; of a series, these fields no longer follow it."""
    meeting = _locked(meeting_id)
    require(by, Act.EDIT, meeting)
    expect(meeting, rev)
    if meeting.state in {MeetingState.CLOSED, MeetingState.CANCELLED}:
        raise WrongState(_("Abgeschlossene und abgesagte Sitzungen werden nicht mehr geändert."))
    before = snapshot(meeting)
    for name, value in changes.items():
        setattr(meeting, name, value)
    old, new = settle(detach(meeting, before), before, now=now)
    if new:
        record("meeting.edit", meeting, by=by, now=now, before=old, after=new)
        announce("meeting.edited", meeting, by=by, now=now, changed=list(new))
    return meeting


@transaction.atomic
def move(
    *,
    meeting_id: Any,
    starts_at: datetime,
    ends_at: datetime | None = None,
    rev: int | None = None,
    by: Any,
    now: datetime,
    **changes: Any,
) -> Meeting:
    """Give one meeting another time (naive local), and if told another place; it keeps its UID.

    Without `ends_at` it lasts as long as before. `changes` may hold location, time_zone, reason.
    """
    meeting = _locked(meeting_id)
    require(by, Act.MOVE, meeting)
    expect(meeting, rev)
    before = snapshot(meeting)
    MEETING.advance(meeting, "move")
    lasted = meeting.ends_at and meeting.ends_at - meeting.starts_at
    meeting.reason = ""
    for name, value in changes.items():
        setattr(meeting, name, value)
    _date(meeting, starts_at, ends_at)
    if ends_at is None and lasted:
        meeting.ends_at = meeting.starts_at + lasted
    if meeting.starts_at != before["starts_at"] and meeting.state != MeetingState.DRAFT:
        meeting.moved_from = before["starts_at"]
    old, new = settle(detach(meeting, before), before, now=now)
    if new:
        record("meeting.move", meeting, by=by, now=now, before=old, after=new)
        announce("meeting.moved", meeting, by=by, now=now, changed=list(new))
    return meeting


@transaction.atomic
def plan(*, meeting_id: Any, rev: int | None = None, by: Any, now: datetime) -> Meeting:
    """Make a draft known: from now on it stands in the calendars."""
    return _advance(meeting_id, "plan", rev, by=by, now=now)


@transaction.atomic
def postpone(
    *, meeting_id: Any, reason: str, rev: int | None = None, by: Any, now: datetime
) -> Meeting:
    """Put a meeting off until further notice; a new date is given by `move`."""
    return _advance(meeting_id, "postpone", rev, by=by, now=now, reason=reason)


@transaction.atomic
def cancel(
    *,
    meeting_id: Any,
    reason: str,
    successor_id: Any = None,
    rev: int | None = None,
    by: Any,
    now: datetime,
) -> Meeting:
    """Call a meeting off for good, perhaps in favour of another one."""
    values = {"reason": reason, "successor_id": successor_id}
    return _advance(meeting_id, "cancel", rev, by=by, now=now, **values)


@transaction.atomic
def begin(*, meeting_id: Any, rev: int | None = None, by: Any, now: datetime) -> Meeting:
    """Note that the meeting is running."""
    return _advance(meeting_id, "begin", rev, by=by, now=now)


@transaction.atomic
def hold(*, meeting_id: Any, rev: int | None = None, by: Any, now: datetime) -> Meeting:
    """Note that the meeting has taken place."""

    def check(meeting: Meeting) -> None:
        if meeting.starts_at > now:
            raise WrongState(_("Die Sitzung hat noch nicht begonnen."))

    return _advance(meeting_id, "hold", rev, by=by, now=now, check=check)


@transaction.atomic
def close(*, meeting_id: Any, rev: int | None = None, by: Any, now: datetime) -> Meeting:
    """Close the books on a meeting; it is not edited any more."""
    return _advance(meeting_id, "close", rev, by=by, now=now)


@transaction.atomic
def publish(*, meeting_id: Any, rev: int | None = None, by: Any, now: datetime) -> Meeting:
    """Show the meeting to everybody."""
    return _advance(meeting_id, "publish", rev, PUBLICITY, by=by, now=now, withdrawn_at=None)


@transaction.atomic
def withdraw(*, meeting_id: Any, rev: int | None = None, by: Any, now: datetime) -> Meeting:
    """Show the meeting to its members only; public calendars are told that it is off."""

    def tell(meeting: Meeting) -> None:
        # Of a draft nobody has been told, so there is nothing to call off in public.
        meeting.withdrawn_at = None if meeting.state == MeetingState.DRAFT else now

    return _advance(meeting_id, "withdraw", rev, PUBLICITY, by=by, now=now, check=tell)


@transaction.atomic
def discard(*, meeting_id: Any, rev: int | None, by: Any, now: datetime) -> None:
    """Delete a draft; what was ever announced is cancelled instead."""
    meeting = _locked(meeting_id)
    require(by, Act.DISCARD, meeting)
    expect(meeting, rev)
    if meeting.state != MeetingState.DRAFT:
        raise WrongState(_("Nur Entwürfe können gelöscht werden; sagen Sie die Sitzung ab."))
    record("meeting.discard", meeting, by=by, now=now, before={"title": meeting.title})
    announce("meeting.discarded", meeting, by=by, now=now)
    meeting.delete()


def new_uid() -> str:
    """Return an identity for a calendar entry, kept for life whatever the host is called later."""
    return f"{uuid.uuid4()}@{settings.SITE_URL.partition('//')[2].partition(':')[0]}"


def detach(meeting: Meeting, before: Any) -> Meeting:
    """Remember which fields of a meeting no longer follow its series."""
    followed = {"starts_at": "starts_at", "ends_at": "starts_at", "location_id": "location"}
    followed |= {name: name for name in ("title", "summary", "join_url", "time_zone")}
    if meeting.series_id:
        own = {word for name, word in followed.items() if getattr(meeting, name) != before[name]}
        meeting.detached_fields = sorted(own.union(meeting.detached_fields))
    return meeting


def _advance(
    meeting_id: Any,
    verb: str,
    rev: int | None,
    table: Any = MEETING,
    *,
    by: Any,
    now: datetime,
    check: Callable[[Meeting], None] | None = None,
    **values: Any,
) -> Meeting:
    meeting = _locked(meeting_id)
    require(by, f"meeting.{verb}", meeting)
    expect(meeting, rev)
    before = snapshot(meeting)
    table.advance(meeting, verb)
    if check:
        check(meeting)
    for name, value in values.items():
        setattr(meeting, name, value)
    old, new = settle(meeting, before, now=now)
    record(f"meeting.{verb}", meeting, by=by, now=now, before=old, after=new)
    announce(NEWS[verb], meeting, by=by, now=now)
    return meeting


def _locked(meeting_id: Any) -> Meeting:
    meetings = Meeting.objects.select_for_update(of=("self",))
    return meetings.select_related("process", "group").get(pk=meeting_id)


def _date(meeting: Meeting, starts_at: datetime, ends_at: datetime | None) -> None:
    meeting.starts_at = recurrence.localise(starts_at, meeting.time_zone, "/starts_at")
    if ends_at is None:
        return
    meeting.ends_at = recurrence.localise(ends_at, meeting.time_zone, "/ends_at")
    if meeting.ends_at <= meeting.starts_at:
        raise Invalid.at("/ends_at", _("Das Ende liegt vor dem Beginn."), "ends_before_start")

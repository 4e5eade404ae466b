"""The one place where a changed meeting is saved: revision, SEQUENCE and feeds follow from it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from meetings.schedule.models import FeedVersion, Meeting, MeetingQuerySet
from meetings.schedule.vocab import MeetingState
from process.base.revisions import revise

# What a calendar compares (RFC 5545, 3.8.7.4): a change raises SEQUENCE.
DATED = ("starts_at", "ends_at", "time_zone", "location_id", "visibility")
# What a calendar shows beside: a change raises LAST-MODIFIED.
SHOWN = (*DATED, "title", "summary", "join_url", "state", "reason", "successor_id", "moved_from")
_KEPT = (*SHOWN, "detached_fields", "withdrawn_at", "kind", "series_id", "original_start")

Snapshot = dict[str, Any]


def snapshot(meeting: Meeting) -> Snapshot:
    """Remember a meeting as it was."""
    return {name: getattr(meeting, name) for name in _KEPT} | {"off": meeting.is_off}


def changed(meeting: Meeting, before: Snapshot) -> tuple[Snapshot, Snapshot]:
    """Return what differs from the snapshot, before and after, for the journal."""
    names = [name for name in _KEPT if getattr(meeting, name) != before[name]]
    return {name: before[name] for name in names}, {name: getattr(meeting, name) for name in names}


def settle(meeting: Meeting, before: Snapshot, *, now: datetime) -> tuple[Snapshot, Snapshot]:
    """Save what changed since the snapshot as one revision; return it, before and after.

    A meeting that nobody has been told of yet (a draft) raises no SEQUENCE.
    """
    old, new = changed(meeting, before)
    if not new:
        return old, new
    fields = list(new)
    known = before["state"] != MeetingState.DRAFT
    if known and (meeting.is_off != before["off"] or any(name in new for name in DATED)):
        meeting.sequence += 1
        fields.append("sequence")
    if any(name in new for name in SHOWN):
        meeting.shown_at = now
        fields.append("shown_at")
    revise(meeting, fields, now=now)
    if "shown_at" in fields and meeting.state != MeetingState.DRAFT:
        bump_for([meeting], now=now)
    return old, new


def touch(meetings: MeetingQuerySet, *, now: datetime) -> None:
    """Note that something beside the meetings which their calendar entries show has changed."""
    meetings.update(rev=F("rev") + 1, updated_at=now, shown_at=now)


def bump_for(meetings: Iterable[Meeting], *, now: datetime) -> None:
    """Raise the version of every feed in which these meetings stand; one statement a process."""
    rows = [(m.process_id, m.group_id, m.field_id) for m in meetings]
    for process_id in {row[0] for row in rows}:
        mine = [row for row in rows if row[0] == process_id]
        bump(
            process_id,
            group_ids={group for _, group, _ in mine if group},
            field_ids={field for _, _, field in mine if field},
            now=now,
        )


def bump(
    process_id: Any, *, group_ids: Iterable[Any] = (), field_ids: Iterable[Any] = (), now: datetime
) -> None:
    """Raise the version of a process's feed, and of those of the groups and of their fields."""
    groups, fields = list(group_ids), list(field_ids)
    whole = Q(field=None, group=None)
    scope = whole | Q(group__in=groups) | Q(field__in=fields) | Q(field__groups__in=groups)
    FeedVersion.objects.filter(scope, process_id=process_id).update(
        version=F("version") + 1, changed_at=now
    )


def bump_all(process_id: Any, *, now: datetime) -> None:
    """Raise the version of every feed of a process."""
    feeds = FeedVersion.objects.filter(process_id=process_id)
    feeds.update(version=F("version") + 1, changed_at=now)

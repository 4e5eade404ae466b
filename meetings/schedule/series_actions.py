"""Start a series, revise it, split it, end it; its meetings follow in the same transaction."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.calendars import recurrence
from meetings.schedule import effects
from meetings.schedule.access import Act
from meetings.schedule.actions import new_uid
from meetings.schedule.changes import bump, settle, snapshot
from meetings.schedule.models import Meeting, Series
from meetings.schedule.states import MEETING, SERIES
from meetings.schedule.vocab import MeetingState, SeriesState, Visibility
from process.base.access import SYSTEM, require
from process.base.errors import Invalid, WrongState
from process.base.revisions import differences, expect, revise
from process.groups.models import Group
from process.journal.actions import announce, record, record_all
from process.plan.vocab import Status


@transaction.atomic
def start(*, group_id: Any, by: Any, now: datetime, **values: Any) -> Series:
    """Let a group meet by a rule; its meetings up to the horizon are planned at once."""
    group = Group.objects.select_for_update(of=("self",)).select_related("process").get(pk=group_id)
    values.setdefault("time_zone", group.process.time_zone)
    series = Series(process=group.process, group=group, **values)
    require(by, Act.START_SERIES, series)
    if series.visibility == Visibility.PUBLIC:
        require(by, Act.PUBLISH, series)
    series.rrule = str(recurrence.parse(series.rrule))
    effects.check(series)
    series.save()
    made = _bring_forth(series, effects.missing(series, now=now), now=now)
    record(
        "series.start", series, by=by, now=now,
        after={"title": series.title, "rrule": series.rrule, "meetings": len(made)},
    )  # fmt: skip
    announce("series.started", series, by=by, now=now)
    return series


def extend_all(*, now: datetime) -> int:
    """Bring forth the meetings that have come within the horizon; returns how many; safe twice.

    A suspended process gets no new ones: they would have to be postponed at once.
    """
    running = Series.objects.filter(state=SeriesState.ACTIVE).exclude(
        process__status=Status.SUSPENDED
    )
    return sum(
        extend(series_id=pk, by=SYSTEM, now=now) for pk in running.values_list("pk", flat=True)
    )


@transaction.atomic
def extend(*, series_id: Any, by: Any, now: datetime) -> int:
    """Bring forth one series' meetings up to the horizon; returns how many."""
    series = _locked(series_id)
    require(by, Act.REVISE_SERIES, series)
    if series.state != SeriesState.ACTIVE:
        return 0
    made = _bring_forth(series, effects.missing(series, now=now), now=now)
    if made:
        record("series.extend", series, by=by, now=now, after={"meetings": len(made)})
        announce("series.extended", series, by=by, now=now)
    return len(made)


@transaction.atomic
def revise_series(
    *, series_id: Any, rev: int | None, by: Any, now: datetime, **changes: Any
) -> Series:
    """Change details of all future meetings; what was set for one meeting alone stays."""
    series = _locked(series_id)
    require(by, Act.REVISE_SERIES, series)
    expect(series, rev)
    if series.state != SeriesState.ACTIVE:
        raise WrongState(_("Diese Serie ist beendet."))
    before, after = differences(series, changes)
    if not after:
        return series
    revise(series, list(after), now=now)
    _follow(series, by=by, now=now)
    record("series.revise", series, by=by, now=now, before=_told(before), after=_told(after))
    announce("series.revised", series, by=by, now=now, changed=list(after))
    return series


@transaction.atomic
def split(
    *,
    series_id: Any,
    meeting_id: Any,
    rev: int | None = None,
    by: Any,
    now: datetime,
    **changes: Any,
) -> Series:
    """Change this meeting and all that follow: a successor series, returned, takes them over.

    Meetings whose day stays keep their identity; those whose day falls away are cancelled.
    """
    series = _locked(series_id)
    require(by, Act.SPLIT_SERIES, series)
    expect(series, rev)
    since = date_in(series, meeting_id, now=now)
    successor = effects.successor(series, since=since, **changes)
    effect = effects.of_split(series, successor, since=since, now=now)
    before = SERIES.advance(series, "split")
    revise(series, ["state"], now=now)
    successor.save()
    _take_over(effect, successor, by=by, now=now)
    after = {"state": series.state, "successor": successor.pk, "rrule": successor.rrule}
    record("series.split", series, by=by, now=now, before={"state": before}, after=after)
    announce("series.split", series, by=by, now=now, successor=str(successor.pk))
    return successor


@transaction.atomic
def end(*, series_id: Any, reason: str, rev: int | None = None, by: Any, now: datetime) -> Series:
    """End a series: its future meetings are cancelled."""
    series = _locked(series_id)
    require(by, Act.END_SERIES, series)
    expect(series, rev)
    before = SERIES.advance(series, "end")
    revise(series, ["state"], now=now)
    for meeting in effects.ahead(series, since=now).select_for_update():
        _drop(meeting, reason, by=by, now=now)
    record("series.end", series, by=by, now=now, before=before, after=series.state)
    announce("series.ended", series, by=by, now=now)
    return series


def date_in(series: Series, meeting_id: Any, *, now: datetime) -> datetime:
    """Return the date that a meeting has in its series; only a future one can be built on."""
    meeting = series.meetings.filter(pk=meeting_id).first()
    if meeting is None or meeting.original_start is None:
        raise Invalid.at("/meeting", _("Diese Sitzung gehört nicht zu der Serie."), "not_in_series")
    if meeting.original_start < now:
        raise Invalid.at("/meeting", _("Vergangene Sitzungen bleiben, wie sie waren."), "past")
    return meeting.original_start


def _locked(series_id: Any) -> Series:
    rows = Series.objects.select_for_update(of=("self",))
    return rows.select_related("process", "group", "location").get(pk=series_id)


def _bring_forth(series: Series, starts: Iterable[datetime], *, now: datetime) -> list[Meeting]:
    """Plan a meeting for each start."""
    made = Meeting.objects.bulk_create(
        Meeting(
            process=series.process,
            series=series,
            group=series.group,
            kind=series.kind,
            title=series.title,
            summary=series.summary,
            original_start=start,
            starts_at=start,
            ends_at=start + timedelta(minutes=series.minutes),
            time_zone=series.time_zone,
            location=series.location,
            join_url=series.join_url,
            visibility=series.visibility,
            state=MeetingState.PLANNED,
            uid=new_uid(),
            created_at=now,
            updated_at=now,
            shown_at=now,
        )
        for start in starts
    )
    if made:
        bump(series.process_id, group_ids=[series.group_id], now=now)
    return made


def _take_over(effect: effects.Effect, successor: Series, *, by: Any, now: datetime) -> None:
    locked = {m.pk: m for m in Meeting.objects.select_for_update().filter(
        pk__in=[meeting.pk for meeting, _start in effect.kept]
    )}  # fmt: skip
    changes = []
    for found, start in effect.kept:
        meeting = locked[found.pk]
        before = snapshot(meeting)
        meeting.series, meeting.original_start = successor, start
        _shape(meeting, successor, start)
        changes.append((meeting, *settle(meeting, before, now=now)))
    record_all("meeting.follow", changes, by=by, now=now)
    for meeting in effect.dropped:
        _drop(meeting, _("Der Termin entfällt mit der Änderung der Serie."), by=by, now=now)
    _bring_forth(successor, effect.added, now=now)


def _shape(meeting: Meeting, series: Series, start: datetime) -> None:
    """Let a meeting follow its series in everything that was not set for it alone."""
    own = set(meeting.detached_fields)
    for name in {"title", "summary", "location", "join_url"} - own:
        setattr(meeting, name, getattr(series, name))
    if "starts_at" not in own:
        if meeting.starts_at != start:
            meeting.moved_from = meeting.starts_at
        meeting.starts_at, meeting.ends_at = start, start + timedelta(minutes=series.minutes)


def _drop(meeting: Meeting, reason: str, *, by: Any, now: datetime) -> None:
    before = snapshot(meeting)
    MEETING.advance(meeting, "cancel")
    meeting.reason = reason
    old, new = settle(meeting, before, now=now)
    record("meeting.cancel", meeting, by=by, now=now, before=old, after=new)
    announce("meeting.cancelled", meeting, by=by, now=now)


def _follow(series: Series, *, by: Any, now: datetime) -> None:
    changes = []
    for meeting in effects.ahead(series, since=now).select_for_update():
        before = snapshot(meeting)
        _shape(meeting, series, meeting.original_start)
        changes.append((meeting, *settle(meeting, before, now=now)))
    record_all("meeting.follow", [change for change in changes if change[2]], by=by, now=now)


def _told(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}

"""Lay out phases and milestones; open and close phases by hand or by the calendar."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from process.base.access import SYSTEM, require
from process.base.errors import Invalid
from process.base.revisions import differences, expect, revise
from process.journal.actions import announce, record
from process.plan.access import Act
from process.plan.models import Gate, Milestone, Phase, Process
from process.plan.states import PHASE
from process.plan.vocab import PhaseState, Status

NEWS = {"open": "phase.opened", "close": "phase.closed"}


@transaction.atomic
def add_phase(
    *, process_id: Any, gates: Sequence[str] = (), by: Any, now: datetime, **values: Any
) -> Phase:
    """Add a stretch of the process with the gates that it opens."""
    process = Process.objects.select_for_update().get(pk=process_id)
    phase = Phase(process=process, **values)
    require(by, Act.EDIT_PHASE, phase)
    _check_dates(phase)
    phase.save()
    Gate.objects.bulk_create(Gate(phase=phase, kind=kind) for kind in gates)
    record("phase.add", phase, by=by, now=now, after={"title": phase.title, "gates": list(gates)})
    announce("phase.added", phase, by=by, now=now)
    return phase


@transaction.atomic
def edit_phase(*, phase_id: Any, rev: int | None, by: Any, now: datetime, **changes: Any) -> Phase:
    """Correct what a phase says, or when it is."""
    phase = Phase.objects.select_for_update().get(pk=phase_id)
    require(by, Act.EDIT_PHASE, phase)
    expect(phase, rev)
    before, after = differences(phase, changes)
    if after:
        _check_dates(phase)
        revise(phase, list(after), now=now)
        record("phase.edit", phase, by=by, now=now, before=before, after=after)
        announce("phase.edited", phase, by=by, now=now)
    return phase


@transaction.atomic
def open_phase(*, phase_id: Any, rev: int | None = None, by: Any, now: datetime) -> Phase:
    """Open a phase and so its gates."""
    return _turn(phase_id, "open", rev, by=by, now=now)


@transaction.atomic
def close_phase(*, phase_id: Any, rev: int | None = None, by: Any, now: datetime) -> Phase:
    """Close a phase and so its gates."""
    return _turn(phase_id, "close", rev, by=by, now=now)


def turn_phases(*, now: datetime) -> int:
    """Open phases whose day has come and close those whose last day is over; safe to run twice.

    Days are those of the process's zone. A suspended process stands still. A phase that was
    closed by hand stays closed. Returns how many phases turned.
    """
    turned = 0
    for process in Process.objects.filter(status=Status.RUNNING):
        today = now.astimezone(ZoneInfo(process.time_zone)).date()
        phases = Phase.objects.filter(process=process)
        not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        due = phases.filter(not_over, state=PhaseState.PLANNED, starts_on__lte=today)
        over = phases.filter(state=PhaseState.OPEN, ends_on__lt=today)
        # Another clockwork may have turned it meanwhile: look again under the lock.
        turned += sum(_turn_if(pk, "open", PhaseState.PLANNED, now) for pk in _ids(due))
        turned += sum(_turn_if(pk, "close", PhaseState.OPEN, now) for pk in _ids(over))
    return turned


@transaction.atomic
def set_milestone(
    *, process_id: Any, title: str, falls_on: date, kind: str, by: Any, now: datetime
) -> Milestone:
    """Mark a day in the public calendar, or move the mark of that title to another day."""
    process = Process.objects.select_for_update().get(pk=process_id)
    found = Milestone.objects.filter(process=process, title=title).first()
    milestone = found or Milestone(process=process, title=title, falls_on=falls_on, kind=kind)
    require(by, Act.SET_MILESTONE, milestone)
    if found is None:
        milestone.created_at = milestone.updated_at = now
        milestone.save()
        before, after = dict[str, Any](), {"falls_on": falls_on}
    else:
        before, after = differences(milestone, {"falls_on": falls_on, "kind": kind})
        if not after:
            return milestone
        # The day is what a calendar compares; a new kind alone is no new date.
        milestone.sequence += "falls_on" in after
        revise(milestone, [*after, "sequence"], now=now)
    record("milestone.set", milestone, by=by, now=now, before=before, after=after)
    announce("milestone.set", milestone, by=by, now=now, process=str(process.pk))
    return milestone


def _ids(phases: Any) -> list[Any]:
    return list(phases.order_by("position").values_list("pk", flat=True))


@transaction.atomic
def _turn_if(phase_id: Any, verb: str, expected: str, now: datetime) -> bool:
    if Phase.objects.select_for_update().get(pk=phase_id).state != expected:
        return False
    turn = open_phase if verb == "open" else close_phase
    turn(phase_id=phase_id, by=SYSTEM, now=now)
    return True


def _turn(phase_id: Any, verb: str, rev: int | None, *, by: Any, now: datetime) -> Phase:
    phase = Phase.objects.select_for_update().get(pk=phase_id)
    require(by, f"phase.{verb}", phase)
    expect(phase, rev)
    before = PHASE.advance(phase, verb)
    revise(phase, ["state"], now=now)
    record(f"phase.{verb}", phase, by=by, now=now, before=before, after=phase.state)
    announce(NEWS[verb], phase, by=by, now=now)
    return phase


def _check_dates(phase: Phase) -> None:
    if phase.starts_on and phase.ends_on and phase.ends_on < phase.starts_on:
        raise Invalid.at("/ends_on", _("Das Ende liegt vor dem Beginn."), "ends_before_start")

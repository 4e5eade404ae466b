"""Form groups, add seats, fill and vacate them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from process.base.access import require
from process.base.errors import Invalid
from process.base.revisions import differences, expect, revise
from process.groups.access import Act
from process.groups.models import Group, Occupancy, Seat
from process.groups.states import SEAT
from process.groups.vocab import Standing
from process.journal.actions import announce, record
from process.people.models import Person
from process.plan.models import Process


@transaction.atomic
def form(
    *, process_id: Any, fields_of_action: Sequence[Any] = (), by: Any, now: datetime, **values: Any
) -> Group:
    """Form a group, for some fields of action or for the whole process."""
    process = Process.objects.select_for_update().get(pk=process_id)
    group = Group(process=process, **values)
    require(by, Act.FORM, group)
    group.save()
    group.fields_of_action.set(fields_of_action)
    record("group.form", group, by=by, now=now, after={"name": group.name, "kind": group.kind})
    announce("group.formed", group, by=by, now=now)
    return group


@transaction.atomic
def edit(*, group_id: Any, rev: int | None, by: Any, now: datetime, **changes: Any) -> Group:
    """Correct what a group says about itself; its slug stays for life."""
    group = Group.objects.select_for_update().get(pk=group_id)
    require(by, Act.EDIT, group)
    expect(group, rev)
    before, after = differences(group, changes)
    if after:
        revise(group, list(after), now=now)
        record("group.edit", group, by=by, now=now, before=before, after=after)
        announce("group.edited", group, by=by, now=now, changed=list(after))
    return group


@transaction.atomic
def add_seat(*, group_id: Any, by: Any, now: datetime, **values: Any) -> Seat:
    """Set up a seat; it is vacant."""
    group = Group.objects.select_for_update().get(pk=group_id)
    seat = Seat(group=group, **values)
    require(by, Act.ADD_SEAT, seat)
    seat.save()
    record("seat.add", seat, by=by, now=now, after={"role": seat.role, "side": seat.side})
    announce("seat.added", seat, by=by, now=now)
    return seat


@transaction.atomic
def fill(
    *, seat_id: Any, person_id: Any, since_on: date, rev: int | None = None, by: Any, now: datetime
) -> Seat:
    """Put a person on a vacant seat."""
    seat = _locked(seat_id)
    require(by, Act.FILL, seat)
    expect(seat, rev)
    SEAT.advance(seat, "fill")
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Invalid.at("/person", _("Diese Person gibt es nicht."), "does_not_exist")
    last = seat.occupancies.order_by("-until_on").first()
    if last and last.until_on and since_on < last.until_on:
        raise Invalid.at("/since_on", _("Bis dahin war der Sitz noch besetzt."), "overlaps")
    Occupancy.objects.create(seat=seat, person=person, since_on=since_on)
    revise(seat, [], now=now)
    record("seat.fill", seat, by=by, now=now, after={"person": person.pk, "since_on": since_on})
    announce("seat.filled", seat, by=by, now=now, person=str(person.pk))
    return seat


@transaction.atomic
def vacate(*, seat_id: Any, until_on: date, rev: int | None = None, by: Any, now: datetime) -> Seat:
    """Free a seat; who sat there, and how long, is kept."""
    seat = _locked(seat_id)
    require(by, Act.VACATE, seat)
    expect(seat, rev)
    SEAT.advance(seat, "vacate")
    occupancy = seat.occupancies.get(until_on=None)
    if until_on < occupancy.since_on:
        raise Invalid.at("/until_on", _("Das Ende liegt vor dem Beginn."), "ends_before_start")
    occupancy.until_on = until_on
    occupancy.save(update_fields=["until_on"])
    revise(seat, [], now=now)
    before = {"person": occupancy.person_id}
    record("seat.vacate", seat, by=by, now=now, before=before, after={"until_on": until_on})
    announce("seat.vacated", seat, by=by, now=now, person=str(occupancy.person_id))
    return seat


def _locked(seat_id: Any) -> Seat:
    seats = Seat.objects.select_for_update(of=("self",))
    seat = seats.select_related("group__process").get(pk=seat_id)
    # Asked under the lock: an annotation could still show the row as it was before the wait.
    taken = seat.occupancies.filter(until_on=None).exists()
    seat.standing = Standing.OCCUPIED if taken else Standing.VACANT  # type: ignore[attr-defined]
    return seat

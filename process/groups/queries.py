"""What can be asked about groups and seats."""

from typing import Any, TypedDict, cast

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from process.groups.models import Group, Occupancy, Seat, SeatQuerySet
from process.groups.vocab import Side
from process.plan.models import PartQuerySet


class Parity(TypedDict):
    """How strong the two sides of a group are, in seats and in occupied seats."""

    administration: int
    civil_society: int
    administration_occupied: int
    civil_society_occupied: int


def groups_for(user: Any) -> PartQuerySet:
    """List the groups that the user may see, with process and fields, and their counts.

    Annotates `seat_count` and `vacant_count`.
    """
    taken = Occupancy.objects.filter(seat=OuterRef("pk"), until_on=None)
    vacant = Seat.objects.filter(group=OuterRef("pk")).filter(~Exists(taken))
    return (
        Group.objects.visible_to(user)
        .select_related("process", "parent")
        .prefetch_related("fields_of_action")
        .annotate(
            seat_count=_count(Seat.objects.filter(group=OuterRef("pk"))),
            vacant_count=_count(vacant),
        )
    )


def seats_for(user: Any) -> SeatQuerySet:
    """List the seats that the user may see, in order, with group and who sits there now."""
    return (
        Seat.objects.visible_to(user)
        .select_related("group__process", "delegated_by")
        .with_occupancies()
        .with_standing()
    )


def seat_plan_for(user: Any) -> SeatQuerySet:
    """List the seats in order, with who sits there now; one query in all.

    Annotates `person_name`, `organisation` and `publishes_name`, all None on a vacant seat.
    """
    taken = FilteredRelation("occupancies", condition=Q(occupancies__until_on=None))
    seats = Seat.objects.visible_to(user).select_related("group", "delegated_by")
    return seats.annotate(taken=taken).annotate(
        person_name=F("taken__person__name"),
        organisation=F("taken__person__organisation"),
        publishes_name=F("taken__person__publishes_name"),
    )


def groups_by_field_for(user: Any) -> PartQuerySet:
    """List each group once a field of action, with its `field_id`; without any once, with None."""
    return Group.objects.visible_to(user).annotate(field_id=F("fields_of_action"))


def groups_served_by(user: Any, group: Group) -> PartQuerySet:
    """List the groups to which a group sends delegates."""
    seats = Seat.objects.filter(delegated_by=group)
    return Group.objects.visible_to(user).filter(pk__in=seats.order_by().values("group"))


def seats_of_person(user: Any) -> SeatQuerySet:
    """List the seats on which the user sits now, with their groups."""
    mine = Seat.objects.filter(occupancies__person__user=user, occupancies__until_on=None)
    return mine.select_related("group").order_by("group__position", "position", "id")


def vacancies_for(user: Any) -> SeatQuerySet:
    """List the seats on which nobody sits."""
    return seats_for(user).filter(vacant=True)  # type: ignore[misc]


def parity_of(group: Group) -> Parity:
    """Count the two sides of a group; one query."""
    sides = {"administration": Side.ADMINISTRATION, "civil_society": Side.CIVIL_SOCIETY}
    taken = Q(occupancies__isnull=False, occupancies__until_on=None)
    counts = {
        f"{name}{suffix}": Count("pk", filter=Q(side=side) & condition, distinct=True)
        for name, side in sides.items()
        for suffix, condition in (("", Q()), ("_occupied", taken))
    }
    counted: Any = Seat.objects.filter(group=group).aggregate(**counts)
    return cast(Parity, counted)


def _count(rows: Any) -> Any:
    """Return a subquery that counts, so that two counts do not multiply each other."""
    counted = rows.order_by().values("group").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))

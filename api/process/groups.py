"""Groups, seats, people."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.doors import Door, deed
from api.filters import ChoiceInFilter, Filters, NamedFilter
from api.process.shapes import GroupShape, PersonShape, SeatShape
from api.shapes import Day, Input
from process.groups import actions
from process.groups.models import Occupancy, Seat
from process.groups.queries import groups_for, seats_for
from process.groups.vocab import GroupKind, SeatRole, Side
from process.people.queries import people_for


class GroupFilters(Filters):
    """What groups can be asked."""

    search_in = ("name", "summary")
    process = NamedFilter(field_name="process", slugs="process__slugs__slug")
    field_of_action = NamedFilter(field_name="fields_of_action", slugs="fields_of_action__slug")
    kind = filters.ChoiceFilter(choices=GroupKind.choices)
    kind__in = ChoiceInFilter(field_name="kind", choices=GroupKind.choices)


class Groups(Door):
    """Groups."""

    serializer_class = GroupShape
    filterset_class = GroupFilters
    slugs = "slug"
    orderings = {
        "position": ("process_id", "position", "id"),
        "name": ("name", "id"),
        "updated_at": ("updated_at", "id"),
    }

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return groups_for(self.request.user)


class SeatFilters(Filters):
    """What seats can be asked."""

    search_in = ("label",)
    process = NamedFilter(field_name="group__process", slugs="group__process__slugs__slug")
    group = NamedFilter(field_name="group", slugs="group__slug")
    role = filters.ChoiceFilter(choices=SeatRole.choices)
    role__in = ChoiceInFilter(field_name="role", choices=SeatRole.choices)
    side = filters.ChoiceFilter(choices=Side.choices)
    side__in = ChoiceInFilter(field_name="side", choices=Side.choices)
    vacant = filters.TypedChoiceFilter(
        choices=[("true", "true"), ("false", "false")], coerce=lambda value: value == "true"
    )


class Filling(Input):
    """Who takes the seat, and since when; without a day, today."""

    person = serializers.UUIDField()
    since_on = Day(required=False)


class Vacating(Input):
    """The last day; without one, today."""

    until_on = Day(required=False)


class Seats(Door):
    """Seats."""

    serializer_class = SeatShape
    filterset_class = SeatFilters
    orderings = {
        "position": ("group_id", "position", "id"),
        "updated_at": ("updated_at", "id"),
    }

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return seats_for(self.request.user)

    @deed(Filling, SeatShape)
    def fill(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put a person on a vacant seat."""
        values = self.sent(Filling)
        seat: Seat = self.get_object()
        since_on = values.get("since_on") or _today(seat)
        return self.do(actions.fill, seat_id=seat.pk, person_id=values["person"], since_on=since_on)

    @deed(Vacating, SeatShape)
    def vacate(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Free a seat."""
        values = self.sent(Vacating)
        seat: Seat = self.get_object()
        until_on = values.get("until_on") or _today(seat)
        return self.do(actions.vacate, seat_id=seat.pk, until_on=until_on)


class MembershipFilter(NamedFilter):
    """A group in which somebody has a seat now; somebody with two seats is listed once."""

    def filter(self, qs: Any, value: str) -> Any:
        """Keep who sits in the group."""
        if not value:
            return qs
        taken = super().filter(Occupancy.objects.filter(until_on=None), value)
        return qs.filter(pk__in=taken.order_by().values("person"))


class PersonFilters(Filters):
    """What people can be asked."""

    search_in = ("name", "organisation")
    group = MembershipFilter(field_name="seat__group", slugs="seat__group__slug")


class People(Door):
    """People whose names are published."""

    serializer_class = PersonShape
    filterset_class = PersonFilters
    orderings = {"name": ("name", "id"), "updated_at": ("updated_at", "id")}

    def get_queryset(self) -> Any:
        """Return whom the caller sees."""
        return people_for(self.request.user)


def _today(seat: Seat) -> Any:
    return timezone.localdate(timezone=ZoneInfo(seat.group.process.time_zone))

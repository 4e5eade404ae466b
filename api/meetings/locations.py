"""Places to meet."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.doors import Door
from api.filters import Filters, NamedFilter
from api.meetings.shapes import LocationShape
from api.shapes import Input, Line, Visible
from meetings.schedule import location_actions
from meetings.schedule.queries import locations_for
from process.plan.queries import processes_for


class LocationEdit(Input):
    """What a place is called, and where it is; the two coordinates come together."""

    name = Line()
    room = Line(required=False, allow_blank=True)
    address = Line(required=False, allow_blank=True)
    latitude = serializers.DecimalField(8, 6, min_value=-90, max_value=90, required=False)
    longitude = serializers.DecimalField(9, 6, min_value=-180, max_value=180, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse one coordinate without the other."""
        if ("latitude" in attrs) != ("longitude" in attrs):
            missing = "longitude" if "latitude" in attrs else "latitude"
            raise serializers.ValidationError({missing: self.error_messages["required"]})
        return attrs


class NewLocation(LocationEdit):
    """A place to be entered."""

    process = Visible(processes_for)


class LocationFilters(Filters):
    """What places can be asked."""

    search_in = ("name", "room", "address")
    process = NamedFilter(field_name="process", slugs="process__slugs__slug")


class Locations(Door):
    """Places to meet."""

    serializer_class = LocationShape
    filterset_class = LocationFilters
    orderings = {"name": ("name", "id"), "updated_at": ("updated_at", "id")}

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return locations_for(self.request.user)

    @extend_schema(request=NewLocation)
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter a place."""
        values = self.sent(NewLocation)
        act = location_actions.add_location
        return self.make(act, process_id=values.pop("process").pk, **values)

    @extend_schema(request=LocationEdit)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Correct a place; the calendars of its meetings show it at once."""
        values = self.sent(LocationEdit, partial=True)
        act = location_actions.edit_location
        return self.do(act, location_id=self.get_object().pk, required=True, **values)

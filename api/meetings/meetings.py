"""Meetings and locations."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api import concurrency
from api.doors import Door, deed
from api.filters import ChoiceInFilter, Filters, MomentFilter, NamedFilter, UUIDInFilter
from api.meetings.shapes import MeetingShape
from api.shapes import Input, Line, Link, LocalTime, Text, Visible, local
from meetings.schedule import actions
from meetings.schedule.models import Meeting
from meetings.schedule.queries import locations_for, meetings_for, meetings_of_fields
from meetings.schedule.vocab import MeetingKind, MeetingState, Visibility
from process.base.errors import Invalid
from process.groups.queries import groups_for
from process.plan.models import Process
from process.plan.queries import fields_for, processes_for


class MeetingEdit(Input):
    """What one meeting says."""

    title = Line()
    summary = Text(required=False)
    location = Visible(locations_for, required=False, allow_null=True)
    join_url = Link(required=False, allow_blank=True)


class NewMeeting(MeetingEdit):
    """A meeting to be; a group or a process is needed."""

    process = Visible(processes_for, required=False)
    group = Visible(groups_for, required=False, allow_null=True)
    field_of_action = Visible(fields_for, required=False, allow_null=True, source="field")
    kind = serializers.ChoiceField(MeetingKind.choices, required=False)
    visibility = serializers.ChoiceField(Visibility.choices, required=False)
    starts_at = LocalTime()
    ends_at = LocalTime(required=False, allow_null=True)
    time_zone = serializers.CharField(max_length=40, required=False)


class Moving(Input):
    """The new time, and if it changes the place; without an end it lasts as long as before."""

    starts_at = LocalTime()
    ends_at = LocalTime(required=False, allow_null=True)
    location = Visible(locations_for, required=False, allow_null=True)


class Reason(Input):
    """Why."""

    reason = Line(max_length=500)


class Cancelling(Reason):
    """Why, and what takes place instead."""

    successor = Visible(meetings_for, required=False, allow_null=True)


class FieldOfMeetingFilter(NamedFilter):
    """The field of action that a meeting is about, itself or through its group."""

    def filter(self, qs: Any, value: str) -> Any:
        """Keep the meetings of a field."""
        if not value:
            return qs
        named = NamedFilter(field_name="pk", slugs="slug")
        fields = named.filter(fields_for(self.parent.request.user), value)
        return qs.filter(meetings_of_fields(fields.order_by().values("pk")))


class MeetingFilters(Filters):
    """What meetings can be asked."""

    search_in = ("title", "summary")
    process = NamedFilter(field_name="process", slugs="process__slugs__slug")
    group = NamedFilter(field_name="group", slugs="group__slug")
    group__in = UUIDInFilter(field_name="group")
    field_of_action = FieldOfMeetingFilter(slugs="")
    series = filters.UUIDFilter()
    kind = filters.ChoiceFilter(choices=MeetingKind.choices)
    kind__in = ChoiceInFilter(field_name="kind", choices=MeetingKind.choices)
    state = filters.ChoiceFilter(choices=MeetingState.choices)
    state__in = ChoiceInFilter(field_name="state", choices=MeetingState.choices)
    visibility = filters.ChoiceFilter(choices=Visibility.choices)
    starts_at_after = MomentFilter(field_name="starts_at", lookup_expr="gte")
    starts_at_before = MomentFilter(field_name="starts_at", lookup_expr="lte")
    uid = filters.CharFilter()


class Meetings(Door):
    """Meetings."""

    serializer_class = MeetingShape
    filterset_class = MeetingFilters
    orderings = {
        "starts_at": ("starts_at", "id"),
        "updated_at": ("updated_at", "id"),
    }

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return meetings_for(self.request.user)

    @extend_schema(request=NewMeeting)
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Draft a meeting outside any series."""
        values = self.sent(NewMeeting)
        process = _process(values)
        zone = values.setdefault("time_zone", process.time_zone)
        values |= {"process": process} | _local(values, zone)
        return self.make(actions.call, **values)

    @extend_schema(request=MeetingEdit)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Correct what one meeting says; in a series, these fields no longer follow it."""
        values = self.sent(MeetingEdit, partial=True)
        meeting: Meeting = self.get_object()
        check_belongs(values.get("location"), meeting.process_id, "/location")
        return self.do(actions.edit, meeting_id=meeting.pk, required=True, **values)

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Delete a draft."""
        rev = concurrency.based_on(request, required=True)
        actions.discard(meeting_id=self._id(), rev=rev, by=request.user, now=timezone.now())
        return Response(status=204)

    @deed(None, MeetingShape)
    def plan(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make a draft known."""
        return self.do(actions.plan, meeting_id=self._id())

    @deed(Moving, MeetingShape)
    def move(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give it another time or place."""
        values = self.sent(Moving)
        meeting: Meeting = self.get_object()
        check_belongs(values.get("location"), meeting.process_id, "/location")
        values |= _local(values, meeting.time_zone)
        return self.do(actions.move, meeting_id=meeting.pk, **values)

    @deed(Reason, MeetingShape)
    def postpone(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put it off until further notice."""
        return self.do(actions.postpone, meeting_id=self._id(), **self.sent(Reason))

    @deed(Cancelling, MeetingShape)
    def cancel(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Call it off for good."""
        values = self.sent(Cancelling)
        meeting: Meeting = self.get_object()
        successor = values.pop("successor", None)
        check_belongs(successor, meeting.process_id, "/successor")
        if successor == meeting:
            raise Invalid.at("/successor", _("Eine Sitzung ersetzt sich nicht selbst."))
        values["successor_id"] = successor and successor.pk
        return self.do(actions.cancel, meeting_id=meeting.pk, **values)

    @deed(None, MeetingShape)
    def begin(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Note that it is running."""
        return self.do(actions.begin, meeting_id=self._id())

    @deed(None, MeetingShape)
    def hold(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Note that it has taken place."""
        return self.do(actions.hold, meeting_id=self._id())

    @deed(None, MeetingShape)
    def close(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Close the books on it."""
        return self.do(actions.close, meeting_id=self._id())

    @deed(None, MeetingShape)
    def publish(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Show it to everybody."""
        return self.do(actions.publish, meeting_id=self._id())

    @deed(None, MeetingShape)
    def withdraw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Show it to its members only."""
        return self.do(actions.withdraw, meeting_id=self._id())

    def _id(self) -> Any:
        return self.get_object().pk


def _process(values: dict[str, Any]) -> Process:
    """Return the process of a new meeting; all that it names must belong to it."""
    parts = {"group": values.get("group"), "field_of_action": values.get("field")}
    parts["location"] = values.get("location")
    process = values.get("process") or (parts["group"] and parts["group"].process)
    if process is None:
        raise Invalid.at("/process", str(serializers.Field.default_error_messages["required"]))
    for name, part in parts.items():
        check_belongs(part, process.pk, f"/{name}")
    return process


def check_belongs(part: Any, process_id: Any, pointer: str) -> None:
    """Complain about a part that belongs to another process."""
    if part is not None and part.process_id != process_id:
        detail = serializers.PrimaryKeyRelatedField.default_error_messages["does_not_exist"]
        raise Invalid.at(pointer, str(detail).format(pk_value=part.pk), "does_not_exist")


def _local(values: dict[str, Any], zone: str) -> dict[str, Any]:
    """Return the times as the clocks of the zone show them."""
    try:
        return {
            name: local(values[name], zone) for name in ("starts_at", "ends_at") if values.get(name)
        }
    except (KeyError, ValueError, OSError) as error:
        detail = _("Diese Zeitzone ist nicht bekannt.")
        raise Invalid.at("/time_zone", detail, "unknown_time_zone") from error

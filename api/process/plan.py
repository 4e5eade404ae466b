"""Processes, phases, fields of action."""

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.doors import Door, deed
from api.filters import ChoiceInFilter, Filters, NamedFilter
from api.meetings.shapes import MeetingRef
from api.process.shapes import FieldShape, PhaseShape, ProcessShape
from api.shapes import Day, Input, Line, Text, Visible
from meetings.schedule.queries import meetings_awaiting_dates
from process.base.text import slug_validator
from process.plan import actions, field_actions, phase_actions
from process.plan.models import FieldOfAction, Phase, Process
from process.plan.queries import fields_for, phases_for, processes_for
from process.plan.vocab import Colour, PhaseKind, PhaseState, Status


class ProcessEdit(Input):
    """What can be corrected about a process."""

    city = Line(required=False)
    summary = Text(required=False)


class Renaming(Input):
    """A new name."""

    slug = serializers.SlugField(max_length=50, validators=[slug_validator])
    title = Line()
    short_title = Line(max_length=40)


class Suspension(Input):
    """Why, and whether future meetings are put off with it."""

    reason = Line(max_length=500)
    postpone_meetings = serializers.BooleanField(default=True)


class ResumedShape(ProcessShape):
    """A resumed process, with the meetings that wait for new dates."""

    awaiting_dates = MeetingRef(many=True)


class ProcessFilters(Filters):
    """What processes can be asked."""

    search_in = ("title", "short_title", "city")
    status = filters.ChoiceFilter(choices=Status.choices)
    status__in = ChoiceInFilter(field_name="status", choices=Status.choices)


class Processes(Door):
    """Processes, found also by any slug they ever had."""

    serializer_class = ProcessShape
    filterset_class = ProcessFilters
    slugs = "slugs__slug"
    orderings = {"created_at": ("created_at", "id"), "updated_at": ("updated_at", "id")}

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return processes_for(self.request.user)

    @extend_schema(request=ProcessEdit)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Correct what a process says about itself."""
        values = self.sent(ProcessEdit, partial=True)
        return self.do(actions.edit, process_id=self.get_object().pk, required=True, **values)

    @deed(Renaming, ProcessShape)
    def rename(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give it a new name; the old slug keeps working."""
        values = self.sent(Renaming)
        return self.do(actions.rename, process_id=self.get_object().pk, **values)

    @deed(None, ProcessShape)
    def start(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Let it run."""
        return self.do(actions.start, process_id=self.get_object().pk)

    @deed(Suspension, ProcessShape)
    def suspend(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Halt it, and put off its future meetings in the same deed if wanted."""
        values = self.sent(Suspension)
        return self.do(actions.suspend, process_id=self.get_object().pk, **values)

    @deed(None, ResumedShape)
    def resume(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Let it run again; the reply lists the meetings that wait for new dates."""
        process: Process = self.get_object()
        waiting = meetings_awaiting_dates(request.user, process)
        shown = MeetingRef(waiting, many=True, context=self.plain_context()).data
        return self.do(actions.resume, process_id=process.pk, more={"awaiting_dates": shown})

    @deed(None, ProcessShape)
    def conclude(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """End it."""
        return self.do(actions.conclude, process_id=self.get_object().pk)


class PhaseEdit(Input):
    """What can be corrected about a phase."""

    title = Line(required=False)
    summary = Text(required=False)
    kind = serializers.ChoiceField(PhaseKind.choices, required=False)
    starts_on = Day(required=False, allow_null=True)
    ends_on = Day(required=False, allow_null=True)


class PhaseFilters(Filters):
    """What phases can be asked."""

    search_in = ("title", "summary")
    process = NamedFilter(field_name="process", slugs="process__slugs__slug")
    state = filters.ChoiceFilter(choices=PhaseState.choices)
    state__in = ChoiceInFilter(field_name="state", choices=PhaseState.choices)
    kind = filters.ChoiceFilter(choices=PhaseKind.choices)
    kind__in = ChoiceInFilter(field_name="kind", choices=PhaseKind.choices)


class Phases(Door):
    """Phases of processes."""

    serializer_class = PhaseShape
    filterset_class = PhaseFilters
    orderings = {
        "position": ("process_id", "position", "id"),
        "updated_at": ("updated_at", "id"),
    }

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return phases_for(self.request.user)

    @extend_schema(request=PhaseEdit)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Correct what a phase says, or when it is."""
        values = self.sent(PhaseEdit, partial=True)
        phase: Phase = self.get_object()
        return self.do(phase_actions.edit_phase, phase_id=phase.pk, required=True, **values)

    @deed(None, PhaseShape)
    def open(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Open the phase and its gates."""
        return self.do(phase_actions.open_phase, phase_id=self.get_object().pk)

    @deed(None, PhaseShape)
    def close(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Close the phase and its gates."""
        return self.do(phase_actions.close_phase, phase_id=self.get_object().pk)


class FieldEdit(Input):
    """What a field of action says."""

    name = Line()
    colour = serializers.ChoiceField(Colour.choices, required=False)
    summary = Text(required=False)
    added_reason = Line(max_length=500, required=False, allow_blank=True)


class NewField(FieldEdit):
    """A field of action to be."""

    process = Visible(processes_for)
    slug = serializers.SlugField(max_length=50, validators=[slug_validator])


class Position(Input):
    """A place in the order, 1 = first."""

    position = serializers.IntegerField(min_value=1, max_value=1000)


class FieldFilters(Filters):
    """What fields of action can be asked."""

    search_in = ("name", "summary")
    process = NamedFilter(field_name="process", slugs="process__slugs__slug")


class FieldsOfAction(Door):
    """Fields of action."""

    serializer_class = FieldShape
    filterset_class = FieldFilters
    slugs = "slug"
    orderings = {
        "position": ("process_id", "position", "id"),
        "name": ("name", "id"),
        "updated_at": ("updated_at", "id"),
    }

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return fields_for(self.request.user)

    @extend_schema(request=NewField)
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add a field of action."""
        values = self.sent(NewField)
        process: Process = values.pop("process")
        return self.make(field_actions.add_field, process_id=process.pk, **values)

    @extend_schema(request=FieldEdit)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Correct what a field of action says."""
        values = self.sent(FieldEdit, partial=True)
        field: FieldOfAction = self.get_object()
        return self.do(field_actions.edit_field, field_id=field.pk, required=True, **values)

    @deed(Position, FieldShape)
    def reorder(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Move it to another place in the order."""
        values = self.sent(Position)
        return self.do(field_actions.reorder_field, field_id=self.get_object().pk, **values)

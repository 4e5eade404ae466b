"""Series: by which rule a group meets, and what changing it would do."""

from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.doors import Door, deed
from api.filters import Filters, NamedFilter
from api.meetings.meetings import check_belongs
from api.meetings.shapes import EffectShape, SeriesShape
from api.shapes import Clock, Day, Input, Line, Link, Text, Visible
from meetings.schedule import effects, series_actions
from meetings.schedule.models import Series
from meetings.schedule.queries import locations_for, series_for
from meetings.schedule.vocab import MeetingKind, SeriesState, Visibility
from process.groups.models import Group
from process.groups.queries import groups_for


class SeriesEdit(Input):
    """Details of all future meetings of a series."""

    title = Line()
    summary = Text(required=False)
    minutes = serializers.IntegerField(min_value=5, max_value=1440, required=False)
    location = Visible(locations_for, required=False, allow_null=True)
    join_url = Link(required=False, allow_blank=True)


class _Rule(Input):
    rrule = serializers.CharField(max_length=2_000_000)
    starts_time = Clock()
    extra_on = serializers.ListField(child=Day(), max_length=50, required=False)
    excluded_on = serializers.ListField(child=Day(), max_length=50, required=False)


class NewSeries(SeriesEdit, _Rule):
    """A series to be."""

    group = Visible(groups_for)
    starts_on = Day()
    kind = serializers.ChoiceField(MeetingKind.choices, required=False)
    visibility = serializers.ChoiceField(Visibility.choices, required=False)
    time_zone = serializers.CharField(max_length=40, required=False)


class Split(SeriesEdit, _Rule):
    """From which meeting on what is different; what is not said stays."""

    meeting = serializers.UUIDField()
    starts_on = Day(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = name == "meeting"


class Ending(Input):
    """Why the series ends."""

    reason = Line(max_length=500)


class SeriesFilters(Filters):
    """What series can be asked."""

    search_in = ("title", "summary")
    process = NamedFilter(field_name="process", slugs="process__slugs__slug")
    group = NamedFilter(field_name="group", slugs="group__slug")
    state = filters.ChoiceFilter(choices=SeriesState.choices)


class SeriesDoor(Door):
    """Series."""

    serializer_class = SeriesShape
    filterset_class = SeriesFilters

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return series_for(self.request.user)

    @extend_schema(request=NewSeries)
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Start a series: its meetings of the next twelve months are planned at once."""
        values = _told(self.sent(NewSeries))
        group: Group = values.pop("group")
        check_belongs(values.get("location"), group.process_id, "/location")
        return self.make(series_actions.start, group_id=group.pk, **values)

    @extend_schema(request=SeriesEdit)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change details of all future meetings."""
        values = self.sent(SeriesEdit, partial=True)
        series: Series = self.get_object()
        check_belongs(values.get("location"), series.process_id, "/location")
        act = series_actions.revise_series
        return self.do(act, series_id=series.pk, required=True, **values)

    @deed(Split, SeriesShape)
    def split(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a meeting and all that follow; answers with the series that takes over."""
        series, values = self._split()
        meeting_id = values.pop("meeting")
        return self.do(series_actions.split, series_id=series.pk, meeting_id=meeting_id, **values)

    @extend_schema(request=Split, responses=EffectShape)
    @action(detail=True, methods=["post"], url_path="split/preview")
    def preview_split(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Show what a split would do; nothing is saved."""
        series, values = self._split()
        now = timezone.now()
        since = series_actions.date_in(series, values.pop("meeting"), now=now)
        after = effects.successor(series, since=since, **values)
        effect = effects.of_split(series, after, since=since, now=now)
        shown = EffectShape(_effect(effect, after), context=self.plain_context())
        return Response(shown.data)

    @deed(Ending, SeriesShape)
    def end(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """End a series; its future meetings are cancelled."""
        values = self.sent(Ending)
        return self.do(series_actions.end, series_id=self.get_object().pk, **values)

    def _split(self) -> tuple[Series, dict[str, Any]]:
        values = _told(self.sent(Split))
        series: Series = self.get_object()
        check_belongs(values.get("location"), series.process_id, "/location")
        return series, values


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Return dates as the series keeps them."""
    for name in ("extra_on", "excluded_on"):
        if name in values:
            values[name] = [day.isoformat() for day in values[name]]
    return values


def _effect(effect: effects.Effect, after: Series) -> Any:
    """Return what a split does, with times as the clocks of the series show them."""
    zone = ZoneInfo(after.time_zone)
    kept = [
        SimpleNamespace(
            meeting=meeting.pk,
            starts_at=meeting.local_start,
            becomes=(
                meeting.starts_at if "starts_at" in meeting.detached_fields else start
            ).astimezone(zone),
        )
        for meeting, start in effect.kept
    ]
    added = [start.astimezone(zone) for start in effect.added]
    return SimpleNamespace(kept=kept, cancelled=effect.dropped, added=added)

"""The outsides of the meetings' nouns."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.doors import open_moves
from api.process.shapes import GroupRef, ProcessRef
from api.shapes import Clock, Moment, Shape
from meetings.calendars import recurrence
from meetings.schedule.exports import meeting_url
from meetings.schedule.models import Meeting, Series
from meetings.schedule.states import MEETING, PUBLICITY, SERIES
from meetings.schedule.vocab import Visibility
from process.groups.access import sees_names


class LocationShape(Shape):
    """A place to meet."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    room = serializers.CharField()
    address = serializers.CharField()
    latitude = serializers.DecimalField(max_digits=8, decimal_places=6, allow_null=True)
    longitude = serializers.DecimalField(max_digits=9, decimal_places=6, allow_null=True)


class SeriesRef(Shape):
    """A series, named."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class MeetingRef(Shape):
    """A meeting, named and dated."""

    zone = "time_zone"

    id = serializers.UUIDField()
    title = serializers.CharField()
    starts_at = Moment()
    state = serializers.CharField()


class MeetingShape(Shape):
    """A meeting."""

    zone = "time_zone"

    id = serializers.UUIDField()
    url = serializers.SerializerMethodField()
    process = ProcessRef()
    series = serializers.SerializerMethodField()
    group = GroupRef(allow_null=True)
    fields_of_action = serializers.SerializerMethodField()
    kind = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    starts_at = Moment()
    ends_at = Moment(allow_null=True)
    time_zone = serializers.CharField()
    original_start = Moment(allow_null=True)
    detached_fields = serializers.ListField(child=serializers.CharField())
    moved_from = Moment(allow_null=True)
    location = LocationShape(allow_null=True)
    join_url = serializers.CharField()
    visibility = serializers.CharField()
    state = serializers.CharField()
    reason = serializers.CharField()
    successor = serializers.UUIDField(source="successor_id", allow_null=True)
    uid = serializers.CharField()
    sequence = serializers.IntegerField()
    created_at = Moment()
    updated_at = Moment()
    moves = serializers.SerializerMethodField()

    def get_url(self, row: Meeting) -> str:
        """Return the address of the public page."""
        return meeting_url(row.process, row.pk)

    @extend_schema_field(SeriesRef(allow_null=True))
    def get_series(self, row: Meeting) -> dict[str, Any] | None:
        """Name its series, to whom may see that one."""
        series, user = row.series, self.context["request"].user
        if series is None:
            return None
        public = series.visibility == Visibility.PUBLIC
        shown = public or (row.group is not None and sees_names(user, row.group))
        return {"id": series.pk, "title": series.title} if shown else None

    def get_fields_of_action(self, row: Meeting) -> list[dict[str, Any]]:
        """List the fields of action that it is about."""
        return [
            {"id": field.pk, "slug": field.slug, "name": field.name, "colour": field.colour}
            for field in row.fields_of_action
        ]

    def get_moves(self, row: Meeting) -> list[str]:
        """List the verbs open to the caller."""
        moves = open_moves(self.context["request"].user, "meeting", row, MEETING, PUBLICITY)
        # The table knows no clock: nothing has taken place before it began.
        early = "hold" in moves and row.starts_at > timezone.now()
        return [verb for verb in moves if verb != "hold"] if early else moves


class SeriesShape(Shape):
    """A series."""

    zone = "time_zone"

    id = serializers.UUIDField()
    process = ProcessRef()
    group = GroupRef()
    continues = serializers.UUIDField(source="continues_id", allow_null=True)
    kind = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    rrule = serializers.CharField()
    recurrence = serializers.SerializerMethodField()
    starts_on = serializers.DateField()
    starts_time = Clock()
    minutes = serializers.IntegerField()
    time_zone = serializers.CharField()
    extra_on = serializers.ListField(child=serializers.DateField())
    excluded_on = serializers.ListField(child=serializers.DateField())
    location = LocationShape(allow_null=True)
    join_url = serializers.CharField()
    visibility = serializers.CharField()
    state = serializers.CharField()
    created_at = Moment()
    updated_at = Moment()
    moves = serializers.SerializerMethodField()

    def get_recurrence(self, row: Series) -> str:
        """Say the rule in words."""
        return recurrence.describe(recurrence.parse(row.rrule))

    def get_moves(self, row: Series) -> list[str]:
        """List the verbs open to the caller."""
        return open_moves(self.context["request"].user, "series", row, SERIES)


class ChangeShape(Shape):
    """A meeting whose day stays; where it is now and where it would be."""

    meeting = serializers.UUIDField()
    starts_at = serializers.DateTimeField()
    becomes = serializers.DateTimeField()


class EffectShape(Shape):
    """What saving a series would do."""

    kept = ChangeShape(many=True)
    cancelled = MeetingRef(many=True)
    added = serializers.ListField(child=serializers.DateTimeField())

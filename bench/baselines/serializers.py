"""Plain ModelSerializers of the same shape as the house's, for the two reference APIs."""

from typing import Any

from rest_framework import serializers

from meetings.schedule.exports import meeting_url
from meetings.schedule.models import Location, Meeting, Series
from meetings.schedule.states import MEETING, PUBLICITY
from process.base.access import may
from process.groups.models import Group
from process.plan.models import FieldOfAction, Process
from process.rounds.models import Contribution, DialogueRound, Topic


def nested(kind: Any, *names: str) -> type[serializers.ModelSerializer[Any]]:
    """Return a ModelSerializer of these fields."""
    meta = type("Meta", (), {"model": kind, "fields": names})
    return type(f"{kind.__name__}Serializer", (serializers.ModelSerializer,), {"Meta": meta})


ProcessSerializer = nested(Process, "id", "slug", "short_title")
GroupSerializer = nested(Group, "id", "slug", "name")
SeriesSerializer = nested(Series, "id", "title")
FieldSerializer = nested(FieldOfAction, "id", "slug", "name", "colour")
LocationSerializer = nested(Location, "id", "name", "room", "address", "latitude", "longitude")
RoundSerializer = nested(DialogueRound, "id", "title", "held_on")
TopicSerializer = nested(Topic, "id", "title", "top")


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    """A meeting with all that hangs on it."""

    url = serializers.SerializerMethodField()
    process = ProcessSerializer()
    series = SeriesSerializer()
    group = GroupSerializer()
    fields_of_action = FieldSerializer(many=True)
    location = LocationSerializer()
    moves = serializers.SerializerMethodField()

    class Meta:
        model = Meeting
        fields = (
            "id", "url", "process", "series", "group", "fields_of_action", "kind", "title",
            "summary", "starts_at", "ends_at", "time_zone", "original_start", "detached_fields",
            "moved_from", "location", "join_url", "visibility", "state", "reason", "successor",
            "uid", "sequence", "created_at", "updated_at", "moves",
        )  # fmt: skip

    def get_url(self, row: Meeting) -> str:
        """Return the address of the public page."""
        return meeting_url(row.process, row.pk)

    def get_moves(self, row: Meeting) -> list[str]:
        """List the verbs open to the caller."""
        user = self.context["request"].user
        verbs = [verb for table in (MEETING, PUBLICITY) for verb in table.open(row)]
        return [verb for verb in verbs if may(user, f"meeting.{verb}", row)]


class ContributionSerializer(serializers.ModelSerializer[Contribution]):
    """A contribution with all that hangs on it."""

    process = ProcessSerializer()
    field_of_action = FieldSerializer(source="field")
    dialogue_round = RoundSerializer(source="round")
    topic = TopicSerializer()
    text = serializers.CharField(source="text_public")

    class Meta:
        model = Contribution
        fields = (
            "id", "process", "field_of_action", "dialogue_round", "topic", "reference", "channel",
            "text", "state", "duplicate_of", "received_at", "updated_at",
        )  # fmt: skip

"""The outsides of the process's nouns."""

from typing import Any

from rest_framework import serializers

from api.doors import open_moves
from api.shapes import Moment, Shape
from process.base.access import may
from process.groups.access import sees_names
from process.groups.models import Seat
from process.groups.states import SEAT
from process.plan.models import FieldOfAction, Phase, Process
from process.plan.states import PHASE, PROCESS


class ProcessRef(Shape):
    """A process, named."""

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    short_title = serializers.CharField()


class FieldRef(Shape):
    """A field of action, named."""

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    name = serializers.CharField()
    colour = serializers.CharField()


class GroupRef(Shape):
    """A group, named."""

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    name = serializers.CharField()


class RoundRef(Shape):
    """A dialogue round, named."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    held_on = serializers.DateField()


class TopicRef(Shape):
    """A topic, named."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    top = serializers.BooleanField()


class PersonShape(Shape):
    """A person."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    organisation = serializers.CharField()
    updated_at = Moment()


class MandateShape(Shape):
    """A resolution that orders the revision."""

    reference = serializers.CharField()
    body = serializers.CharField()


class ProcessShape(Shape):
    """A process."""

    zone = "time_zone"

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    title = serializers.CharField()
    short_title = serializers.CharField()
    city = serializers.CharField()
    summary = serializers.CharField()
    status = serializers.CharField()
    suspended_reason = serializers.CharField()
    suspended_at = Moment(allow_null=True)
    time_zone = serializers.CharField()
    language = serializers.CharField()
    predecessor_title = serializers.CharField()
    predecessor_year = serializers.IntegerField(allow_null=True)
    mandates = MandateShape(many=True)
    deliverables = serializers.ListField(child=serializers.CharField())
    published_at = Moment(allow_null=True)
    created_at = Moment()
    updated_at = Moment()
    moves = serializers.SerializerMethodField()

    def get_moves(self, row: Process) -> list[str]:
        """List the verbs open to the caller."""
        user = self.context["request"].user
        named = ["rename"] if may(user, "process.rename", row) else []
        return open_moves(user, "process", row, PROCESS) + named


class PhaseShape(Shape):
    """A phase with its gates."""

    zone = "process.time_zone"

    id = serializers.UUIDField()
    process = ProcessRef()
    position = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    state = serializers.CharField()
    gates = serializers.SerializerMethodField()
    updated_at = Moment()
    moves = serializers.SerializerMethodField()

    def get_gates(self, row: Phase) -> list[str]:
        """List what people may do while the phase is open."""
        return [gate.kind for gate in row.gates.all()]

    def get_moves(self, row: Phase) -> list[str]:
        """List the verbs open to the caller."""
        return open_moves(self.context["request"].user, "phase", row, PHASE)


class FieldShape(Shape):
    """A field of action."""

    zone = "process.time_zone"

    id = serializers.UUIDField()
    process = ProcessRef()
    position = serializers.IntegerField()
    slug = serializers.SlugField()
    name = serializers.CharField()
    colour = serializers.CharField()
    summary = serializers.CharField()
    added_reason = serializers.CharField()
    updated_at = Moment()
    moves = serializers.SerializerMethodField()

    def get_moves(self, row: FieldOfAction) -> list[str]:
        """List the verbs open to the caller."""
        user = self.context["request"].user
        return ["reorder"] if may(user, "field_of_action.reorder", row) else []


class GroupShape(Shape):
    """A group, with how many seats it has and how many are vacant."""

    zone = "process.time_zone"

    id = serializers.UUIDField()
    process = ProcessRef()
    parent = GroupRef(allow_null=True)
    kind = serializers.CharField()
    slug = serializers.SlugField()
    name = serializers.CharField()
    summary = serializers.CharField()
    fields_of_action = FieldRef(many=True)
    seat_count = serializers.IntegerField()
    vacant_count = serializers.IntegerField()
    updated_at = Moment()


class SeatShape(Shape):
    """A seat and who sits on it; a name that is not published is shown to the group only."""

    zone = "group.process.time_zone"

    id = serializers.UUIDField()
    group = GroupRef()
    role = serializers.CharField()
    side = serializers.CharField()
    position = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]
    delegated_by = GroupRef(allow_null=True)
    votes = serializers.BooleanField()
    vacant = serializers.BooleanField()
    occupant = serializers.SerializerMethodField()
    since_on = serializers.SerializerMethodField()
    updated_at = Moment()
    moves = serializers.SerializerMethodField()

    def get_occupant(self, row: Seat) -> dict[str, Any] | None:
        """Name who sits here; null if vacant, a null name if it is not for the caller."""
        occupancy = row.occupancy
        if occupancy is None:
            return None
        person = occupancy.person
        shown = person.publishes_name or sees_names(self.context["request"].user, row.group)
        named = {"id": person.pk, "name": person.name, "organisation": person.organisation}
        return named if shown else {"id": None, "name": None, "organisation": None}

    def get_since_on(self, row: Seat) -> str | None:
        """Say since when."""
        return str(row.occupancy.since_on) if row.occupancy else None

    def get_moves(self, row: Seat) -> list[str]:
        """List the verbs open to the caller."""
        return open_moves(self.context["request"].user, "seat", row, SEAT)


class RoundShape(Shape):
    """A dialogue round with its topics."""

    zone = "process.time_zone"

    id = serializers.UUIDField()
    process = ProcessRef()
    field_of_action = FieldRef(source="field")
    title = serializers.CharField()
    held_on = serializers.DateField()
    place = serializers.CharField()
    speaker = serializers.SerializerMethodField()
    participants = serializers.IntegerField(allow_null=True)
    summary = serializers.CharField()
    topics = TopicRef(many=True)
    topics_incomplete = serializers.BooleanField()
    updated_at = Moment()

    def get_speaker(self, row: Any) -> str | None:
        """Name who spoke for the round, if the name is published."""
        return row.speaker.name if row.speaker and row.speaker.publishes_name else None


class TopicShape(Shape):
    """A topic."""

    zone = "round.process.time_zone"

    id = serializers.UUIDField()
    dialogue_round = RoundRef(source="round")
    field_of_action = FieldRef(source="round.field")
    position = serializers.IntegerField()
    title = serializers.CharField()
    summary = serializers.CharField()
    top = serializers.BooleanField()
    updated_at = Moment()


class ContributionShape(Shape):
    """A contribution in its public wording."""

    zone = "process.time_zone"

    id = serializers.UUIDField()
    process = ProcessRef()
    field_of_action = FieldRef(source="field")
    dialogue_round = RoundRef(source="round", allow_null=True)
    topic = TopicRef(allow_null=True)
    reference = serializers.CharField()
    channel = serializers.CharField()
    text = serializers.CharField(source="text_public")
    state = serializers.CharField()
    duplicate_of = serializers.UUIDField(source="duplicate_of_id", allow_null=True)
    received_at = Moment()
    updated_at = Moment()

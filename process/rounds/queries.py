"""What can be asked about dialogue rounds."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from process.plan.models import PartQuerySet
from process.rounds.models import (
    Contribution,
    ContributionQuerySet,
    DialogueRound,
    Topic,
    TopicQuerySet,
)

_UNSHOWN = "text_original"
_SHOWN = (
    *(column.name for column in Contribution._meta.concrete_fields if column.name != _UNSHOWN),
    *(f"process__{name}" for name in ("slug", "short_title", "time_zone")),
    *(f"field__{name}" for name in ("slug", "name", "colour")),
    *(f"round__{name}" for name in ("title", "held_on")),
    *(f"topic__{name}" for name in ("title", "top")),
)


def rounds_for(user: Any) -> PartQuerySet:
    """List the dialogue rounds that the user may see, with field, speaker and topics."""
    topics = Prefetch("topics", Topic.objects.order_by("position", "id"))
    rounds = DialogueRound.objects.visible_to(user).select_related("process", "field", "speaker")
    return rounds.prefetch_related(topics)


def topics_for(user: Any) -> TopicQuerySet:
    """List the topics that the user may see, with round and field."""
    return Topic.objects.visible_to(user).select_related("round__field", "round__process")


def contributions_for(user: Any) -> ContributionQuerySet:
    """List the contributions that the user may see, with field, round and topic."""
    # Who may see is asked row by row, so that the index of the ordering leads.
    seen = Exists(Contribution.objects.visible_to(user).filter(pk=OuterRef("pk")))
    related = Contribution.objects.filter(seen).select_related("process", "field", "round", "topic")
    return related.only(*_SHOWN)

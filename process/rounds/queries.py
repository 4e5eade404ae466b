"""What can be asked about dialogue rounds."""

from typing import Any

from django.db.models import Prefetch

from process.plan.models import PartQuerySet
from process.rounds.models import (
    Contribution,
    ContributionQuerySet,
    DialogueRound,
    Topic,
    TopicQuerySet,
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
    contributions = Contribution.objects.visible_to(user)
    return contributions.select_related("process", "field", "round", "topic", "duplicate_of")

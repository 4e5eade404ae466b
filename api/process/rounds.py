"""Dialogue rounds, topics, contributions."""

from typing import Any

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api import concurrency
from api.doors import Door
from api.filters import ChoiceInFilter, Filters, MomentFilter, NamedFilter
from api.process.shapes import ContributionShape, RoundShape, TopicShape
from api.shapes import Input, Line, Text, Visible
from process.rounds import actions
from process.rounds.models import DialogueRound, Topic
from process.rounds.queries import contributions_for, rounds_for, topics_for
from process.rounds.vocab import Channel, ContributionState


class RoundFilters(Filters):
    """What dialogue rounds can be asked."""

    search_in = ("title", "summary", "topics__title")
    process = NamedFilter(field_name="process", slugs="process__slugs__slug")
    field_of_action = NamedFilter(field_name="field", slugs="field__slug")
    held_on = filters.DateFilter()
    held_on_after = filters.DateFilter(field_name="held_on", lookup_expr="gte")
    held_on_before = filters.DateFilter(field_name="held_on", lookup_expr="lte")

    def look_for(self, queryset: Any, _name: str, value: str) -> Any:
        """Find a round by its words and those of its topics, once."""
        return super().look_for(queryset, _name, value).distinct()


class DialogueRounds(Door):
    """Dialogue rounds."""

    serializer_class = RoundShape
    filterset_class = RoundFilters
    orderings = {"held_on": ("held_on", "id"), "updated_at": ("updated_at", "id")}

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return rounds_for(self.request.user)


class TopicEdit(Input):
    """What a topic says."""

    title = Line()
    summary = Text(required=False)
    top = serializers.BooleanField(required=False)


class NewTopic(TopicEdit):
    """A topic to be."""

    dialogue_round = Visible(rounds_for)


class TopicFilters(Filters):
    """What topics can be asked."""

    search_in = ("title", "summary")
    process = NamedFilter(field_name="round__process", slugs="round__process__slugs__slug")
    dialogue_round = filters.UUIDFilter(field_name="round")
    field_of_action = NamedFilter(field_name="round__field", slugs="round__field__slug")
    top = filters.TypedChoiceFilter(
        choices=[("true", "true"), ("false", "false")], coerce=lambda value: value == "true"
    )


class Topics(Door):
    """Topics of dialogue rounds."""

    serializer_class = TopicShape
    filterset_class = TopicFilters
    orderings = {
        "position": ("round_id", "position", "id"),
        "updated_at": ("updated_at", "id"),
    }

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return topics_for(self.request.user)

    @extend_schema(request=NewTopic)
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add a topic to a round."""
        values = self.sent(NewTopic)
        dialogue_round: DialogueRound = values.pop("dialogue_round")
        return self.make(actions.add_topic, round_id=dialogue_round.pk, **values)

    @extend_schema(request=TopicEdit)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Correct a topic."""
        values = self.sent(TopicEdit, partial=True)
        topic: Topic = self.get_object()
        return self.do(actions.edit_topic, topic_id=topic.pk, required=True, **values)

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Remove a topic."""
        rev = concurrency.based_on(request, required=True)
        topic: Topic = self.get_object()
        actions.remove_topic(topic_id=topic.pk, rev=rev, by=request.user, now=timezone.now())
        return Response(status=204)


class ContributionFilters(Filters):
    """What contributions can be asked."""

    search_in = ("reference", "text_public")
    process = NamedFilter(field_name="process", slugs="process__slugs__slug")
    field_of_action = NamedFilter(field_name="field", slugs="field__slug")
    dialogue_round = filters.UUIDFilter(field_name="round")
    topic = filters.UUIDFilter()
    channel = filters.ChoiceFilter(choices=Channel.choices)
    channel__in = ChoiceInFilter(field_name="channel", choices=Channel.choices)
    state = filters.ChoiceFilter(choices=ContributionState.choices)
    state__in = ChoiceInFilter(field_name="state", choices=ContributionState.choices)
    received_at_after = MomentFilter(field_name="received_at", lookup_expr="gte")
    received_at_before = MomentFilter(field_name="received_at", lookup_expr="lte")


class Contributions(Door):
    """Contributions; the public sees the published ones."""

    serializer_class = ContributionShape
    filterset_class = ContributionFilters
    orderings = {
        "received_at": ("received_at", "id"),
        "reference": ("reference", "id"),
        "updated_at": ("updated_at", "id"),
    }

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return contributions_for(self.request.user)

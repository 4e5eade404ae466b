"""DialogueRound, Topic, Contribution."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from process.base.access import SYSTEM
from process.base.revisions import Record
from process.base.text import Line, Text
from process.people.models import Person
from process.plan.models import Coordinator, FieldOfAction, PartQuerySet, Process
from process.rounds.vocab import Channel, ContributionState


class DialogueRound(Record):
    """People talking about one field of action on one day."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="dialogue_rounds")
    field = models.ForeignKey(FieldOfAction, models.CASCADE, related_name="dialogue_rounds")
    title = Line(_("Titel"))
    held_on = models.DateField(_("Datum"))
    place = Line(_("Ort"), blank=True)
    speaker = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="rounds_spoken_for"
    )
    participants = models.PositiveIntegerField(_("Teilnehmende"), null=True, blank=True)
    summary = Text(_("Zusammenfassung"), blank=True)
    topics_incomplete = models.BooleanField(_("weitere Themen nicht überliefert"), default=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("Dialogrunde")
        verbose_name_plural = _("Dialogrunden")
        ordering = ["held_on", "field__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["field", "held_on"], name="one_round_a_field_and_day"),
        ]

    def __str__(self) -> str:
        return self.title


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics, as somebody may see them."""

    def visible_to(self, user: Any) -> "TopicQuerySet":
        """Keep the topics of visible processes."""
        visible = Process.objects.visible_to(user).order_by()
        return self.filter(round__process__in=visible)


class Topic(Record):
    """What a dialogue round talked about; top ones are those it put first."""

    round = models.ForeignKey(DialogueRound, models.CASCADE, related_name="topics")
    position = models.PositiveSmallIntegerField()
    title = Line(_("Titel"))
    summary = Text(_("Zusammenfassung"), blank=True)
    top = models.BooleanField(_("Topthema"), default=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("Thema")
        verbose_name_plural = _("Themen")
        ordering = ["round", "position", "id"]
        indexes = [models.Index(fields=["round", "position", "id"], name="topics_in_order")]
        constraints = [
            models.UniqueConstraint(fields=["round", "title"], name="topic_once_a_round"),
        ]

    def __str__(self) -> str:
        return self.title


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Contributions, as somebody may see them."""

    def visible_to(self, user: Any) -> "ContributionQuerySet":
        """Keep the published ones of visible processes; who coordinates a process sees all."""
        if user is SYSTEM or user.is_superuser:
            return self
        visible = Process.objects.visible_to(user).order_by()
        public = Q(process__in=visible, state=ContributionState.PUBLISHED)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(process__in=Coordinator.objects.of(user)))


class Contribution(Record):
    """Something that somebody said for the plan; beside the original a public wording."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="contributions")
    field = models.ForeignKey(FieldOfAction, models.PROTECT, related_name="contributions")
    round = models.ForeignKey(
        DialogueRound, models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    reference = models.CharField(_("Aktenzeichen"), max_length=20, unique=True)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    text_original = Text(_("Wortlaut"))
    text_public = Text(_("Öffentliche Fassung"), blank=True)
    state = models.CharField(
        max_length=20, choices=ContributionState.choices, default=ContributionState.RECEIVED
    )
    duplicate_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="duplicates"
    )
    received_at = models.DateTimeField()

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Beitrag")
        verbose_name_plural = _("Beiträge")
        ordering = ["received_at", "id"]
        indexes = [
            models.Index(fields=["received_at", "id"], name="contributions_by_date"),
            models.Index(fields=["field", "received_at", "id"], name="contributions_of_field"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ContributionState.PUBLISHED) | ~Q(text_public=""),
                name="published_contribution_has_wording",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

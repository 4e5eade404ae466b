"""Process, its slugs, mandates, phases with gates, milestones, fields of action, coordinators."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from process.base.access import SYSTEM
from process.base.revisions import Record
from process.base.text import Line, Text, slug_validator
from process.plan.vocab import Colour, GateKind, MilestoneKind, PhaseKind, PhaseState, Status


class ProcessQuerySet(models.QuerySet["Process"]):
    """Processes, as somebody may see them."""

    def visible_to(self, user: Any) -> "ProcessQuerySet":
        """Keep the published ones, and those that the user coordinates."""
        if user is SYSTEM or user.is_superuser:
            return self
        published = Q(published_at__isnull=False)
        if not user.is_authenticated:
            return self.filter(published)
        return self.filter(published | Q(pk__in=Coordinator.objects.of(user)))


class Process(Record):
    """The revision of a local plan, from its mandate to its adoption."""

    slug = models.SlugField(_("Kurzname"), unique=True, validators=[slug_validator])
    title = Line(_("Titel"))
    short_title = Line(_("Kurztitel"), max_length=40)
    city = Line(_("Stadt"))
    summary = Text(_("Worum es geht"), blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PREPARED)
    suspended_reason = Line(_("Grund der Aussetzung"), max_length=500, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(_("Zeitzone"), max_length=40, default="Europe/Berlin")
    language = models.CharField(_("Sprache"), max_length=10, default="de")
    predecessor_title = Line(_("Vorgänger"), blank=True)
    predecessor_year = models.PositiveSmallIntegerField(null=True, blank=True)
    deliverables = models.JSONField(_("Ergebnisse"), default=list, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("Prozess")
        verbose_name_plural = _("Prozesse")
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.SUSPENDED)
                | (Q(suspended_at__isnull=False) & ~Q(suspended_reason="")),
                name="suspension_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.short_title


class ProcessSlug(models.Model):
    """A name under which a process was ever known, the current one included; never reused."""

    slug = models.SlugField(primary_key=True)
    process = models.ForeignKey(Process, models.CASCADE, related_name="slugs")

    class Meta:
        verbose_name = _("Kurzname eines Prozesses")
        verbose_name_plural = _("Kurznamen von Prozessen")

    def __str__(self) -> str:
        return self.slug


class Mandate(models.Model):
    """A resolution that orders the revision."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="mandates")
    position = models.PositiveSmallIntegerField()
    reference = Line(_("Drucksache"))
    body = Line(_("Gremium"))

    class Meta:
        verbose_name = _("Auftrag")
        verbose_name_plural = _("Aufträge")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["process", "reference"], name="mandate_once"),
        ]

    def __str__(self) -> str:
        return self.reference


class PartQuerySet(models.QuerySet[Any]):
    """Parts of a process, seen by whoever sees the process."""

    def visible_to(self, user: Any) -> "PartQuerySet":
        """Keep the parts of visible processes."""
        return self.filter(process__in=Process.objects.visible_to(user).order_by())


class Phase(Record):
    """A stretch of the process; while open, its gates let people do things."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=PhaseKind.choices)
    title = Line(_("Titel"))
    summary = Text(_("Worum es geht"), blank=True)
    starts_on = models.DateField(_("Beginn"), null=True, blank=True)
    ends_on = models.DateField(_("Ende"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=PhaseState.choices, default=PhaseState.PLANNED)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("Phase")
        verbose_name_plural = _("Phasen")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="phase_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Gate(models.Model):
    """One thing that people may do while the phase is open."""

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="gates")
    kind = models.CharField(max_length=20, choices=GateKind.choices)

    class Meta:
        verbose_name = _("Tor")
        verbose_name_plural = _("Tore")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["phase", "kind"], name="gate_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Milestone(Record):
    """A day that matters: a deadline or a milestone, shown in the public calendar."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="milestones")
    kind = models.CharField(
        max_length=10, choices=MilestoneKind.choices, default=MilestoneKind.MILESTONE
    )
    title = Line(_("Titel"))
    falls_on = models.DateField(_("Tag"))
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("Meilenstein")
        verbose_name_plural = _("Meilensteine")
        ordering = ["falls_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["process", "title"], name="milestone_once"),
        ]

    def __str__(self) -> str:
        return self.title


class FieldOfAction(Record):
    """A subject of the plan; one may form itself at any time."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="fields_of_action")
    position = models.PositiveSmallIntegerField()
    slug = models.SlugField(_("Kurzname"), validators=[slug_validator])
    name = Line(_("Name"))
    colour = models.CharField(max_length=20, choices=Colour.choices, default=Colour.STEELBLUE)
    summary = Text(_("Worum es geht"), blank=True)
    added_reason = Line(_("Warum hinzugekommen"), max_length=500, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("Handlungsfeld")
        verbose_name_plural = _("Handlungsfelder")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["process", "slug"], name="field_slug_in_process"),
            models.UniqueConstraint(fields=["process", "name"], name="field_name_in_process"),
        ]

    def __str__(self) -> str:
        return self.name


class CoordinatorQuerySet(models.QuerySet["Coordinator"]):
    """Who coordinates what."""

    def of(self, user: Any) -> models.QuerySet[Any]:
        """Return the ids of the processes that the user coordinates, for use in a subquery."""
        return self.filter(user=user).values("process_id")


class Coordinator(models.Model):
    """Somebody who runs a process."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="coordinators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="coordinates")
    since = models.DateTimeField(default=timezone.now)

    objects = CoordinatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("Koordination")
        verbose_name_plural = _("Koordinationen")
        constraints = [
            models.UniqueConstraint(fields=["process", "user"], name="coordinator_once"),
        ]

    def __str__(self) -> str:
        return str(self.user)

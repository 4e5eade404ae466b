"""Group, Seat, Occupancy."""

from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Value, When
from django.utils.translation import gettext_lazy as _

from process.base.revisions import Record
from process.base.text import Line, Text, slug_validator
from process.groups.vocab import GroupKind, SeatRole, Side, Standing
from process.people.models import Person
from process.plan.models import FieldOfAction, PartQuerySet, Process


class Group(Record):
    """People who work on the plan together."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="groups")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    kind = models.CharField(max_length=10, choices=GroupKind.choices)
    position = models.PositiveSmallIntegerField(default=0)
    slug = models.SlugField(_("Kurzname"), validators=[slug_validator])
    name = Line(_("Name"))
    summary = Text(_("Wofür"), blank=True)
    fields_of_action = models.ManyToManyField(FieldOfAction, related_name="groups", blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("Gruppe")
        verbose_name_plural = _("Gruppen")
        ordering = ["position", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["process", "slug"], name="group_slug_in_process"),
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats, as somebody may see them."""

    def visible_to(self, user: Any) -> "SeatQuerySet":
        """Keep the seats of visible processes; whose name is shown is another question."""
        visible = Process.objects.visible_to(user).order_by()
        return self.filter(group__process__in=visible)

    def with_standing(self) -> "SeatQuerySet":
        """Annotate `vacant` (nobody sits on it now) and the same as `standing`."""
        taken = Exists(Occupancy.objects.filter(seat=OuterRef("pk"), until_on=None))
        standing = Case(When(taken, Value(Standing.OCCUPIED)), default=Value(Standing.VACANT))
        return self.annotate(vacant=~taken, standing=standing)

    def with_occupancies(self) -> "SeatQuerySet":
        """Load who sits here now into `current`, a list of none or one."""
        current = Occupancy.objects.filter(until_on=None).select_related("person")
        return self.prefetch_related(Prefetch("occupancies", current, to_attr="current"))


class Seat(Record):
    """A place in a group; with nobody on it, it is vacant ("N.n.")."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="seats")
    role = models.CharField(max_length=20, choices=SeatRole.choices)
    side = models.CharField(max_length=20, choices=Side.choices, default=Side.OTHER)
    position = models.PositiveSmallIntegerField(default=0)
    label = Line(_("Bezeichnung"), blank=True)
    delegated_by = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="delegated_seats"
    )
    votes = models.BooleanField(_("stimmberechtigt"), default=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sitz")
        verbose_name_plural = _("Sitze")
        ordering = ["group", "position", "id"]
        indexes = [models.Index(fields=["group", "position", "id"], name="seats_in_order")]

    def __str__(self) -> str:
        return self.label or self.get_role_display()

    @property
    def occupancy(self) -> "Occupancy | None":
        """Who sits here now, as loaded by `with_occupancies`."""
        return next(iter(self.current), None)  # type: ignore[attr-defined]


class Occupancy(models.Model):
    """A person on a seat, from a day until a day; the history of the seat."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="occupancies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="occupancies")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("Besetzung")
        verbose_name_plural = _("Besetzungen")
        ordering = ["-since_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(until_on=None), name="one_current_occupancy"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")),
                name="occupancy_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

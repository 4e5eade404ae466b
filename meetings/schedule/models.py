"""Location, Series, Meeting, and the version rows of the feeds."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.schedule.vocab import MeetingKind, MeetingState, SeriesState, Visibility
from process.base.access import SYSTEM
from process.base.revisions import Record
from process.base.text import Line, Text
from process.groups.access import groups_of
from process.groups.models import Group
from process.plan.access import coordinated
from process.plan.models import FieldOfAction, PartQuerySet, Process


class Location(Record):
    """A place to meet."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="locations")
    name = Line(_("Name"))
    room = Line(_("Raum"), blank=True)
    address = Line(_("Adresse"), blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("Ort")
        verbose_name_plural = _("Orte")
        ordering = ["name", "room", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="location_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.room, self.address) if part)


class SeriesQuerySet(models.QuerySet["Series"]):
    """Series, as somebody may see them."""

    def visible_to(self, user: Any) -> "SeriesQuerySet":
        """Keep public ones of visible processes, those of the user's groups, those coordinated."""
        return _seen(self, user, Q(visibility=Visibility.PUBLIC))


class Series(Record):
    """A rule by which a group meets; it brings forth meetings twelve months ahead.

    `rrule`, `starts_on`, `starts_time` are local to `time_zone`; `minutes` is the duration;
    `extra_on` and `excluded_on` are ISO dates.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="series")
    group = models.ForeignKey(Group, models.CASCADE, related_name="series")
    continues = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="continued_by"
    )
    kind = models.CharField(
        max_length=20, choices=MeetingKind.choices, default=MeetingKind.GROUP_MEETING
    )
    title = Line(_("Titel"))
    summary = Text(_("Worum es geht"), blank=True)
    rrule = models.CharField(_("Wiederholung"), max_length=200)
    starts_on = models.DateField(_("Erster Tag"))
    starts_time = models.TimeField(_("Beginn"))
    minutes = models.PositiveSmallIntegerField(_("Dauer in Minuten"), default=120)
    time_zone = models.CharField(max_length=40)
    extra_on = models.JSONField(default=list, blank=True)
    excluded_on = models.JSONField(default=list, blank=True)
    location = models.ForeignKey(
        Location, models.SET_NULL, null=True, blank=True, related_name="series"
    )
    join_url = models.URLField(_("Einwahl"), max_length=500, blank=True)
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.MEMBERS
    )
    state = models.CharField(max_length=10, choices=SeriesState.choices, default=SeriesState.ACTIVE)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("Serie")
        verbose_name_plural = _("Serien")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=1440), name="series_duration_in_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def first(self) -> datetime:
        """The first start, naive local time."""
        return datetime.combine(self.starts_on, self.starts_time)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, as somebody may see them."""

    def visible_to(self, user: Any) -> "MeetingQuerySet":
        """Keep public ones of visible processes, those of the user's groups, those coordinated.

        Drafts are seen by coordinators and by the group only.
        """
        public = Q(visibility=Visibility.PUBLIC) & ~Q(state=MeetingState.DRAFT)
        return _seen(self, user, public)

    def off(self) -> "MeetingQuerySet":
        """Keep those that do not take place."""
        return self.filter(state__in=[MeetingState.CANCELLED, MeetingState.POSTPONED])

    def upcoming(self, now: datetime) -> "MeetingQuerySet":
        """Keep those that are still to come and take place."""
        return self.filter(starts_at__gte=now, state=MeetingState.PLANNED)


class Meeting(Record):
    """People meet: once, or as one date of a series.

    `uid` and `sequence` are what calendars know it by; `shown_at` is the newest change of
    anything that a calendar shows. `detached_fields` no longer follow the series. `moved_from`
    is the start before the latest move. `withdrawn_at` says since when it is no longer public.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="meetings")
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    original_start = models.DateTimeField(null=True, blank=True, editable=False)
    detached_fields = models.JSONField(default=list, blank=True, editable=False)
    group = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    field = models.ForeignKey(
        FieldOfAction, models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    kind = models.CharField(
        max_length=20, choices=MeetingKind.choices, default=MeetingKind.GROUP_MEETING
    )
    title = Line(_("Titel"))
    summary = Text(_("Worum es geht"), blank=True)
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"), null=True, blank=True)
    time_zone = models.CharField(max_length=40)
    location = models.ForeignKey(
        Location, models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    join_url = models.URLField(_("Einwahl"), max_length=500, blank=True)
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.MEMBERS
    )
    state = models.CharField(
        max_length=10, choices=MeetingState.choices, default=MeetingState.DRAFT
    )
    reason = Line(_("Grund"), max_length=500, blank=True)
    successor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces"
    )
    moved_from = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    uid = models.CharField(max_length=120, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    shown_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sitzung")
        verbose_name_plural = _("Sitzungen")
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="meetings_by_date"),
            models.Index(fields=["process", "starts_at", "id"], name="meetings_of_process"),
            models.Index(fields=["group", "starts_at", "id"], name="meetings_of_group"),
            models.Index(fields=["field", "starts_at", "id"], name="meetings_of_field"),
            models.Index(fields=["updated_at", "id"], name="meetings_by_change"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "original_start"],
                condition=Q(series__isnull=False),
                name="one_meeting_a_date_of_series",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "postponed"]) | ~Q(reason=""),
                name="off_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def local_start(self) -> datetime:
        """The start in the meeting's own zone."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def local_end(self) -> datetime | None:
        """The end in the meeting's own zone, if one is known."""
        return self.ends_at and self.ends_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def fields_of_action(self) -> list[FieldOfAction]:
        """The fields it is about: its own, or those of its group, as the query has loaded them."""
        if self.field:
            return [self.field]
        return list(self.group.fields_of_action.all()) if self.group else []

    @property
    def is_off(self) -> bool:
        """Whether it does not take place."""
        return self.state in {MeetingState.CANCELLED, MeetingState.POSTPONED}


class FeedVersion(models.Model):
    """Which version of a public feed is current: of a process, a field of action or a group.

    Raised in the transaction of any visible change. `as_of` is the day from which the feed
    looks back; it advances by the clockwork, so that bytes do not change by themselves.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="feeds")
    field = models.ForeignKey(FieldOfAction, models.CASCADE, null=True, related_name="feeds")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="feeds")
    version = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    as_of = models.DateField(default=date.today)

    class Meta:
        verbose_name = _("Stand eines Kalenders")
        verbose_name_plural = _("Stände der Kalender")
        constraints = [
            models.UniqueConstraint(
                fields=["process"], condition=Q(field=None, group=None), name="one_process_feed"
            ),
            models.UniqueConstraint(
                fields=["field"], condition=Q(field__isnull=False), name="one_field_feed"
            ),
            models.UniqueConstraint(
                fields=["group"], condition=Q(group__isnull=False), name="one_group_feed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field or self.group or self.process} v{self.version}"


def _seen(rows: Any, user: Any, public: Q) -> Any:
    """Keep what is public, of the user's groups, or of a process that the user coordinates."""
    if user is SYSTEM or user.is_superuser:
        return rows
    public &= Q(process__in=Process.objects.filter(published_at__isnull=False).order_by())
    if not user.is_authenticated:
        return rows.filter(public)
    mine = Q(group__in=groups_of(user)) | Q(process__in=coordinated(user))
    return rows.filter(public | mine)

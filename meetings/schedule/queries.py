"""What can be asked about meetings."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery

from meetings.schedule.models import (
    FeedVersion,
    Location,
    Meeting,
    MeetingQuerySet,
    Series,
    SeriesQuerySet,
)
from meetings.schedule.vocab import OFF, MeetingState, Visibility
from process.groups.models import Group
from process.plan.models import FieldOfAction, Milestone, PartQuerySet, Process
from process.plan.queries import fields_for

KEEP_OFF = timedelta(days=90)
_LONGEST = timedelta(days=31)
_NESTED = ("process", "group", "field", "location", "series")
_SHOWN = (
    *(column.name for column in Meeting._meta.concrete_fields),
    *(f"process__{name}" for name in ("slug", "short_title", "time_zone")),
    *(f"group__{name}" for name in ("process", "slug", "name")),
    *(f"field__{name}" for name in ("slug", "name", "colour")),
    *(f"location__{name}" for name in ("name", "room", "address", "latitude", "longitude")),
    *(f"series__{name}" for name in ("title", "visibility")),
)

# Written out, for it is asked all day by every calendar: Django would take longer to find the
# words than the database to answer. Joins nothing that only a new body needs.
_CURRENT = """
    SELECT feed.* FROM meetings_feedversion feed
    WHERE feed.process_id = (
        SELECT name.process_id FROM process_processslug name
        JOIN process_process process ON process.id = name.process_id
        WHERE name.slug = %s AND process.published_at IS NOT NULL
    )
    AND COALESCE((SELECT slug FROM process_fieldofaction WHERE id = feed.field_id), '') = %s
    AND COALESCE((SELECT slug FROM process_group WHERE id = feed.group_id), '') = %s
"""


def meetings_for(user: Any) -> MeetingQuerySet:
    """List the meetings that the user may see, with all that a list shows."""
    # Who may see is asked row by row: the index of the ordering leads, so that a page costs its
    # own rows and not those of the table.
    seen = Exists(Meeting.objects.visible_to(user).filter(pk=OuterRef("pk")))
    fields = FieldOfAction.objects.only("slug", "name", "colour")
    meetings = Meeting.objects.filter(seen).select_related(*_NESTED).only(*_SHOWN)
    return meetings.prefetch_related(Prefetch("group__fields_of_action", fields))


def coming_meetings_for(user: Any, *, since: datetime) -> MeetingQuerySet:
    """List the meetings from a moment on, those that go on then included, the next one first."""
    going_on = Q(starts_at__gte=since) | Q(ends_at__gt=since)
    near = Q(starts_at__gte=since - _LONGEST)  # lets the index on the start do the work
    return meetings_for(user).filter(near & going_on).order_by("starts_at", "id")


def past_meetings_for(user: Any, *, until: datetime) -> MeetingQuerySet:
    """List the meetings that were over at a moment, the latest one first."""
    over = Q(ends_at__isnull=True) | Q(ends_at__lte=until)
    return meetings_for(user).filter(over, starts_at__lt=until).order_by("-starts_at", "-id")


def meetings_between(user: Any, *, since: datetime, until: datetime) -> MeetingQuerySet:
    """List the meetings that start in a span, in order."""
    within = meetings_for(user).filter(starts_at__gte=since, starts_at__lt=until)
    return within.order_by("starts_at", "id")


def fields_with_next_meeting_for(user: Any, *, now: datetime) -> PartQuerySet:
    """List fields of action with, as `next_at`, the start of their next meeting, or None."""
    about = Q(field=OuterRef("pk")) | Q(group__fields_of_action=OuterRef("pk"))
    ahead = Meeting.objects.visible_to(user).upcoming(now).filter(process=OuterRef("process"))
    starts = ahead.filter(about).order_by("starts_at").values("starts_at")
    return fields_for(user).annotate(next_at=Subquery(starts[:1]))


def series_for(user: Any) -> SeriesQuerySet:
    """List the series that the user may see, with group and location."""
    return Series.objects.visible_to(user).select_related("process", "group", "location")


def locations_for(user: Any) -> PartQuerySet:
    """List the places of visible processes."""
    return Location.objects.visible_to(user).select_related("process")


def meetings_of_field(field_id: Any) -> Q:
    """Return the condition that a meeting is about a field: itself, or through its group."""
    return meetings_of_fields([field_id])


def meetings_of_fields(field_ids: Any) -> Q:
    """Return the condition that a meeting is about one of some fields (a list or a subquery)."""
    groups = Group.objects.filter(fields_of_action__in=field_ids)
    return Q(field__in=field_ids) | Q(group__in=groups.order_by())


def meetings_awaiting_dates(user: Any, process: Process) -> MeetingQuerySet:
    """List the meetings that were put off until further notice, for new dates."""
    waiting = meetings_for(user).filter(process=process, state=MeetingState.POSTPONED)
    return waiting.order_by("starts_at", "id")


def feed_for(process_slug: str, *, field: str = "", group: str = "") -> FeedVersion | None:
    """Find the version row of a public feed, by any slug the process ever had; one query.

    A feed that nobody has asked for yet gets its row now.
    """
    found = next(iter(FeedVersion.objects.raw(_CURRENT, [process_slug, field, group])), None)
    return found or _open_feed(process_slug, field=field, group=group)


def feed_meetings(feed: FeedVersion, *, past: timedelta, with_off: bool) -> MeetingQuerySet:
    """List the meetings that stand in a public feed, in order.

    Those that left the public stay as called off; what is off stays 90 days after its date.
    """
    since = _midnight(feed.as_of)
    taking_place = Q(visibility=Visibility.PUBLIC) & ~Q(state__in=OFF)
    shown = taking_place | Q(starts_at__gte=since - KEEP_OFF) if with_off else taking_place
    meetings = _told_in(feed).filter(shown, starts_at__gte=since - past)
    related = meetings.select_related(*_NESTED)
    return related.prefetch_related("group__fields_of_action").order_by("starts_at", "id")


def public_meeting(meeting_id: Any) -> Meeting | None:
    """Find a meeting that stands in public calendars, or once did."""
    told = Q(visibility=Visibility.PUBLIC) | Q(withdrawn_at__isnull=False)
    meetings = Meeting.objects.filter(told, pk=meeting_id, process__published_at__isnull=False)
    return meetings.exclude(state=MeetingState.DRAFT).select_related(*_NESTED).first()


def leaves_between(feed: FeedVersion, before: date, after: date, *, past: timedelta) -> bool:
    """Tell whether a meeting or milestone falls out of the feed as its day advances."""
    old, new = _midnight(before), _midnight(after)
    gone = Q(starts_at__gte=old - past, starts_at__lt=new - past)
    gone |= Q(starts_at__gte=old - KEEP_OFF, starts_at__lt=new - KEEP_OFF) & (
        Q(state__in=OFF) | Q(withdrawn_at__isnull=False)
    )
    if not (feed.field_id or feed.group_id):
        marks = Milestone.objects.filter(process=feed.process_id)
        if marks.filter(falls_on__gte=before - past, falls_on__lt=after - past).exists():
            return True
    return _told_in(feed).filter(gone).exists()


def _told_in(feed: FeedVersion) -> MeetingQuerySet:
    """List what a public feed tells of, or once told of."""
    told = Q(visibility=Visibility.PUBLIC) | Q(withdrawn_at__isnull=False)
    meetings = Meeting.objects.filter(told, process=feed.process_id)
    meetings = meetings.exclude(state=MeetingState.DRAFT)
    if feed.group_id:
        meetings = meetings.filter(group=feed.group_id)
    if feed.field_id:
        meetings = meetings.filter(meetings_of_field(feed.field_id))
    return meetings


def _open_feed(process_slug: str, *, field: str, group: str) -> FeedVersion | None:
    process = Process.objects.filter(slugs__slug=process_slug, published_at__isnull=False).first()
    if process is None:
        return None
    scope: dict[str, Any] = {"field": None, "group": None}
    if field:
        scope["field"] = FieldOfAction.objects.filter(process=process, slug=field).first()
    if group:
        scope["group"] = Group.objects.filter(process=process, slug=group).first()
    if (field and not scope["field"]) or (group and not scope["group"]):
        return None
    row, _made = FeedVersion.objects.get_or_create(process=process, **scope)
    return row


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)

"""Meetings as calendars: entries are cached by revision, whole feeds by version."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meetings.calendars import ical
from meetings.calendars.packing import gzipped
from meetings.calendars.timezones import named
from meetings.schedule.feeds import KEEP_PAST
from meetings.schedule.models import FeedVersion, Meeting, MeetingQuerySet
from meetings.schedule.queries import feed_meetings
from meetings.schedule.vocab import MeetingState, Visibility
from process.base.text import plain
from process.plan.models import Milestone, Process
from process.plan.vocab import Colour

_DAY = 24 * 3600
_NEAREST = 16
HEX: dict[str, str] = {
    Colour.STEELBLUE: "#4682B4", Colour.SEAGREEN: "#2E8B57", Colour.DARKORANGE: "#FF8C00",
    Colour.MEDIUMORCHID: "#BA55D3", Colour.FIREBRICK: "#B22222", Colour.TEAL: "#008080",
    Colour.GOLDENROD: "#DAA520", Colour.SLATEBLUE: "#6A5ACD",
}  # fmt: skip

_near: dict[tuple[Any, ...], tuple[bytes, bytes]] = {}
"""The feeds asked for last, in this very process: a megabyte is not fetched for every caller."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a subscriber may ask of a feed: days back, called-off ones, a reminder in minutes."""

    past: timedelta = KEEP_PAST
    with_off: bool = True
    alarm: int | None = None

    def __str__(self) -> str:
        return f"{self.past.days}-{self.with_off:d}-{'' if self.alarm is None else self.alarm}"


def feed_tag(feed: FeedVersion, options: Options) -> str:
    """Name the bytes of a feed: the same name, the same bytes."""
    day = "" if options.past == KEEP_PAST else f"-{feed.as_of:%Y%m%d}"
    return f"{feed.pk}-{feed.version}-{options}{day}"


def feed_bytes(feed: FeedVersion, options: Options) -> tuple[bytes, bytes]:
    """Return a public feed, plain and gzipped; built once a version."""
    tag = feed_tag(feed, options)
    place = (feed.process_id, feed.changed_at, tag)
    found = _near.get(place)
    if found is None:
        key = f"feed:{tag}"
        found = cache.get(key)
        if found is None:
            body = _build(feed, options)
            found = body, gzipped(body, cache)
            cache.set(key, found, _DAY)
        if len(_near) >= _NEAREST:
            _near.clear()
        _near[place] = found
    return found


def meeting_bytes(meeting: Meeting, options: Options) -> bytes:
    """Return a calendar of one meeting."""
    with translation.override(meeting.process.language):
        head = ical.Calendar(
            name=_shown_title(meeting),
            zone=meeting.process.time_zone,
            url=meeting_url(meeting.process, meeting.pk),
            source=f"{settings.SITE_URL}/calendar/meetings/{meeting.pk}.ics",
            language=meeting.process.language,
        )
        fragments = [ical.event(entry(meeting))]
        return ical.calendar(head, fragments, [meeting.time_zone], options.alarm)


def entry(meeting: Meeting) -> ical.Event:
    """Put one meeting into the words of the public calendar; the language is the active one."""
    public = meeting.visibility == Visibility.PUBLIC
    off = meeting.is_off or not public
    title = _shown_title(meeting)
    told = _details(meeting) if public else {}
    return ical.Event(
        uid=meeting.uid,
        sequence=meeting.sequence,
        created_at=meeting.created_at,
        changed_at=meeting.shown_at,
        title=_("Abgesagt: %(title)s") % {"title": title} if off else title,
        status="CANCELLED" if off else "CONFIRMED",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=meeting.time_zone,
        related_to=_series_uid(meeting),
        **told,
    )


def _shown_title(meeting: Meeting) -> str:
    """Return the title; of a meeting that left the public nothing is told but that it is off."""
    public = meeting.visibility == Visibility.PUBLIC
    return meeting.title if public else meeting.get_kind_display()


def meeting_url(process: Process, meeting_id: Any) -> str:
    """Return the public address of a meeting's page."""
    return f"{settings.SITE_URL}/{process.slug}/meetings/{meeting_id}/"


def _build(feed: FeedVersion, options: Options) -> bytes:
    with translation.override(feed.process.language):
        meetings = feed_meetings(feed, past=options.past, with_off=options.with_off)
        zones = set(meetings.order_by().values_list("time_zone", flat=True).distinct())
        fragments = _entries(meetings) + _milestones(feed)
        return ical.calendar(_head(feed), fragments, zones, options.alarm)


def _entries(meetings: MeetingQuerySet) -> list[bytes]:
    """Return one fragment a meeting; only those that changed are loaded and written."""
    bare = meetings.select_related(None).prefetch_related(None)
    keys = {f"entry:{uid}:{rev}": pk for pk, uid, rev in bare.values_list("pk", "uid", "rev")}
    known = cache.get_many(keys)
    missing = [pk for key, pk in keys.items() if key not in known]
    if not missing:
        return [known[key] for key in keys]
    changed = meetings if len(missing) == len(keys) else meetings.filter(pk__in=missing)
    new = {meeting.pk: (meeting, ical.event(entry(meeting))) for meeting in changed}
    cache.set_many({f"entry:{m.uid}:{m.rev}": fragment for m, fragment in new.values()}, _DAY)
    made = {pk: fragment for pk, (_meeting, fragment) in new.items()}
    return [known.get(key) or made.get(pk, b"") for key, pk in keys.items()]


def _milestones(feed: FeedVersion) -> list[bytes]:
    """Return the days that matter, in the calendar of the whole process."""
    if feed.field_id or feed.group_id:
        return []
    host = settings.SITE_URL.partition("//")[2].partition(":")[0]
    rows = Milestone.objects.filter(process=feed.process_id, falls_on__gte=feed.as_of - KEEP_PAST)
    return [
        ical.event(
            ical.Event(
                uid=f"{row.pk}@{host}",
                sequence=row.sequence,
                created_at=row.created_at,
                changed_at=row.updated_at,
                title=f"{row.get_kind_display()}: {row.title}",
                status="CONFIRMED",
                all_day_on=row.falls_on,
                url=f"{settings.SITE_URL}/{feed.process.slug}/",
            )
        )
        for row in rows
    ]


def _head(feed: FeedVersion) -> ical.Calendar:
    process, part = feed.process, feed.field or feed.group
    kind = "fields" if feed.field else "groups"
    path = f"{process.slug}/{kind}/{part.slug}" if part else process.slug
    colour = feed.field.colour if feed.field else Colour.STEELBLUE
    return ical.Calendar(
        name=f"{process.short_title}: {part.name}" if part else process.short_title,
        description=_("Sitzungen und Termine: %(title)s") % {"title": process.title},
        zone=process.time_zone,
        url=f"{settings.SITE_URL}/{path}/",
        source=f"{settings.SITE_URL}/calendar/{path}.ics",
        colour=colour,
        colour_hex=HEX.get(colour, ""),
        language=process.language,
    )


def _details(meeting: Meeting) -> dict[str, Any]:
    location = meeting.location
    return {
        "place": str(location) if location else "",
        "notes": tuple(_notes(meeting)),
        "url": meeting_url(meeting.process, meeting.pk),
        "join_url": meeting.join_url,
        "categories": tuple(field.name for field in meeting.fields_of_action),
        "geo": _geo(location),
    }


def _notes(meeting: Meeting) -> list[str]:
    lines = [_("Gruppe: %(name)s") % {"name": meeting.group.name}] if meeting.group else []
    if meeting.state == MeetingState.POSTPONED:
        lines.append(_("Bis auf Weiteres verschoben."))
    if meeting.reason:
        lines.append(_("Grund: %(reason)s") % {"reason": meeting.reason})
    if meeting.moved_from and not meeting.is_off:
        lines.append(_("Verlegt, ursprünglich: %(when)s") % {"when": _when(meeting)})
    if meeting.successor_id:
        url = meeting_url(meeting.process, meeting.successor_id)
        lines.append(_("Stattdessen: %(url)s") % {"url": url})
    lines.extend(plain(meeting.summary).splitlines())
    lines.append(meeting_url(meeting.process, meeting.pk))
    if meeting.join_url:
        lines.append(_("Einwahl: %(url)s") % {"url": meeting.join_url})
    return lines


def _when(meeting: Meeting) -> str:
    local = timezone.localtime(meeting.moved_from, named(meeting.time_zone))
    return date_format(local, "l, j. F Y, H:i")


def _geo(location: Any) -> tuple[float, float] | None:
    if location is None or location.latitude is None:
        return None
    return float(location.latitude), float(location.longitude)


def _series_uid(meeting: Meeting) -> str | None:
    host = meeting.uid.partition("@")[2]
    return f"{meeting.series_id}@{host}" if meeting.series_id else None

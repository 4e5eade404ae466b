"""The list of meetings as a visitor asked for it: period, field of action, group, page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import Http404, QueryDict
from django.urls import reverse

from meetings.schedule.models import MeetingQuerySet
from meetings.schedule.queries import coming_meetings_for, meetings_of_field, past_meetings_for
from process.groups.models import Group
from process.groups.queries import groups_for
from process.plan.models import FieldOfAction, Process
from process.plan.queries import fields_for
from web.public import meeting_rows, months
from web.public.paging import page_of

UPCOMING, PAST = "upcoming", "past"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor asked for in the query of the address."""

    period: str = UPCOMING
    field: str = ""
    group: str = ""
    before: str = ""
    after: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Wish":
        """Read a query; a period that does not exist means the coming meetings."""
        given = {name: query.get(name, "") for name in ("field", "group", "before", "after")}
        return cls(period=PAST if query.get("period") == PAST else UPCOMING, **given)


class Choice:
    """A wish held against what the process has; two queries. Raises Http404 if it has not."""

    def __init__(self, process: Process, user: Any, wish: Wish) -> None:
        self.process, self.user, self.wish = process, user, wish
        self.fields = list(fields_for(user).filter(process=process))
        groups = groups_for(user).prefetch_related(None).filter(process=process)
        self.groups = list(groups)
        self.field: FieldOfAction | None = _named(wish.field, self.fields)
        self.group: Group | None = _named(wish.group, self.groups)

    def context(self, *, now: datetime) -> Row:
        """Show the page of meetings that was asked for, and the ways on; two queries."""
        wish = self.wish
        page = page_of(self._meetings(now), before=wish.before, after=wish.after)
        return {
            "meetings": meeting_rows.rows(page.meetings, now=now),
            "period": wish.period,
            "upcoming_url": self._url(),
            "past_url": self._url(period=PAST),
            "filters": {"field": wish.field, "group": wish.group},
            "field_options": [{"slug": f.slug, "name": f.name} for f in self.fields],
            "group_options": [{"slug": g.slug, "name": g.name} for g in self.groups],
            "clear_url": self._url(period=wish.period, field="", group=""),
            "previous_url": page.before and self._url(period=wish.period, before=page.before),
            "next_url": page.after and self._url(period=wish.period, after=page.after),
        }

    def _meetings(self, now: datetime) -> MeetingQuerySet:
        zone = ZoneInfo(self.process.time_zone)
        # By days, not by seconds: who looks in the evening still finds what was today.
        today = months.midnight(now.astimezone(zone).date(), zone)
        if self.wish.period == PAST:
            meetings = past_meetings_for(self.user, until=today)
        else:
            meetings = coming_meetings_for(self.user, since=today)
        meetings = meetings.filter(process=self.process)
        if self.field:
            meetings = meetings.filter(meetings_of_field(self.field.pk))
        return meetings.filter(group=self.group) if self.group else meetings

    def _url(self, **changes: str) -> str:
        """Return the address of this list; filters stay unless they are changed."""
        query = {"field": self.wish.field, "group": self.wish.group} | changes
        if query.get("period") == UPCOMING:
            del query["period"]
        given = {name: value for name, value in query.items() if value}
        path = reverse("meetings", kwargs={"slug": self.process.slug})
        return f"{path}?{urlencode(given)}" if given else path


def _named(slug: str, options: list[Any]) -> Any:
    if not slug:
        return None
    for option in options:
        if option.slug == slug:
            return option
    raise Http404

"""A calendar as django-ical builds it, and the same number of bytes without building anything."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django_ical.views import ICalFeed

from meetings.schedule.exports import meeting_url
from meetings.schedule.feeds import KEEP_PAST
from meetings.schedule.models import Meeting
from meetings.schedule.queries import feed_for, feed_meetings
from process.base.text import plain


class ProcessCalendar(ICalFeed):
    """The meetings of a process, joined ahead, as its documentation shows it."""

    product_id = "-//bench//django-ical//DE"
    timezone = "Europe/Berlin"
    file_name = "process.ics"

    def get_object(self, request: HttpRequest, process: str) -> Any:
        """Find the feed of the process."""
        return feed_for(process)

    def items(self, feed: Any) -> Any:
        """List the same meetings as the house does."""
        return feed_meetings(feed, past=KEEP_PAST, with_off=True)

    def title(self, feed: Any) -> str:
        """Name the calendar."""
        return feed.process.short_title

    def description(self, feed: Any) -> str:
        """Describe the calendar."""
        return feed.process.title

    def item_guid(self, item: Meeting) -> str:
        """Return the identity of an entry."""
        return item.uid

    def item_title(self, item: Meeting) -> str:
        """Return the summary."""
        return f"Abgesagt: {item.title}" if item.is_off else item.title

    def item_description(self, item: Meeting) -> str:
        """Return the description."""
        group = f"Gruppe: {item.group.name}\n" if item.group else ""
        return f"{group}{plain(item.summary)}\n{self.item_link(item)}"

    def item_link(self, item: Meeting) -> str:
        """Return the address of the page."""
        return meeting_url(item.process, item.pk)

    def item_start_datetime(self, item: Meeting) -> Any:
        """Return the local start."""
        return item.local_start

    def item_end_datetime(self, item: Meeting) -> Any:
        """Return the local end."""
        return item.local_end

    def item_created(self, item: Meeting) -> Any:
        """Return when it was entered."""
        return item.created_at

    def item_updateddate(self, item: Meeting) -> Any:
        """Return when it was changed."""
        return item.shown_at

    def item_location(self, item: Meeting) -> str:
        """Return the place."""
        return str(item.location or "")

    def item_status(self, item: Meeting) -> str:
        """Return the status."""
        return "CANCELLED" if item.is_off else "CONFIRMED"

    def item_categories(self, item: Meeting) -> list[str]:
        """Return the fields of action."""
        return [field.name for field in item.fields_of_action]


def bytes_view(request: HttpRequest, size: int) -> HttpResponse:
    """Answer bytes that were there already."""
    return HttpResponse(_constant(size), content_type="text/calendar; charset=utf-8")


@cache
def _constant(size: int) -> bytes:
    return b"x" * size

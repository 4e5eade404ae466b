"""Every room's models in one place, as Django expects them."""

from meetings.schedule.models import FeedVersion, Location, Meeting, Series

__all__ = ["FeedVersion", "Location", "Meeting", "Series"]

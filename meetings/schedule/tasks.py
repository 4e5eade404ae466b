"""The clockwork of the schedule."""

from celery import shared_task
from django.utils import timezone

from meetings.schedule import feeds, series_actions


@shared_task
def extend_horizons() -> None:
    """Bring forth the meetings that have come within twelve months."""
    series_actions.extend_all(now=timezone.now())


@shared_task
def age_feeds() -> None:
    """Let meetings leave the feeds whose time in them is over."""
    feeds.age(now=timezone.now())

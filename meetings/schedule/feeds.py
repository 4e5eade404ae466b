"""Let the feeds grow older day by day, by the clockwork and not by being read."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from meetings.schedule.models import FeedVersion
from meetings.schedule.queries import leaves_between

KEEP_PAST = timedelta(days=365)


def age(*, now: datetime) -> int:
    """Advance the day of each feed; returns how many lost a meeting by it; safe to run twice."""
    ids = FeedVersion.objects.filter(as_of__lt=now.date()).values_list("pk", flat=True)
    return sum(_age(pk, now=now) for pk in ids)


@transaction.atomic
def _age(feed_id: int, *, now: datetime) -> bool:
    feed = FeedVersion.objects.select_for_update().get(pk=feed_id)
    before, feed.as_of = feed.as_of, now.date()
    lost = before < feed.as_of and leaves_between(feed, before, feed.as_of, past=KEEP_PAST)
    if lost:
        feed.version, feed.changed_at = F("version") + 1, now
    feed.save()
    return lost

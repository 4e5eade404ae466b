"""The clockwork of the outbox."""

from celery import shared_task
from django.utils import timezone

from process.journal import actions


@shared_task
def drain() -> None:
    """Deliver what is due; nudged after each commit that announced something."""
    while actions.deliver(now=timezone.now()) >= actions.BATCH:
        pass


@shared_task
def sweep() -> None:
    """Deliver what no nudge reached, and show that the clock runs."""
    actions.tick("sweep", now=timezone.now())
    drain()


@shared_task
def prune() -> None:
    """Forget old, delivered news."""
    actions.prune(now=timezone.now())

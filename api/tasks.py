"""The clockwork of the API."""

from celery import shared_task
from django.utils import timezone

from api import idempotency


@shared_task
def prune_replies() -> None:
    """Forget replies that are no longer honoured."""
    idempotency.prune(now=timezone.now())

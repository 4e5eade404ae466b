"""The clockwork of the plan."""

from celery import shared_task
from django.utils import timezone

from process.plan import phase_actions


@shared_task
def turn_phases() -> None:
    """Open and close phases whose day has come."""
    phase_actions.turn_phases(now=timezone.now())

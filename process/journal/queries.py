"""What the journal can be asked."""

from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Count, Min, Q

from process.journal.models import Delivery, Tick
from process.journal.vocab import DeliveryState


class QueueState(TypedDict):
    """How the outbox stands."""

    pending: int
    dead: int
    oldest_due_at: datetime | None
    last_sweep_at: datetime | None


def queue_state() -> QueueState:
    """Count open and dead deliveries; two queries."""
    pending = Q(state=DeliveryState.PENDING)
    counts: dict[str, Any] = Delivery.objects.exclude(state=DeliveryState.DONE).aggregate(
        pending=Count("pk", filter=pending),
        dead=Count("pk", filter=Q(state=DeliveryState.DEAD)),
        oldest_due_at=Min("due_at", filter=pending),
    )
    last = Tick.objects.filter(name="sweep").values_list("at", flat=True).first()
    return QueueState(
        pending=counts["pending"],
        dead=counts["dead"],
        oldest_due_at=counts["oldest_due_at"],
        last_sweep_at=last,
    )

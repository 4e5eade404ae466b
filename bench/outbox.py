"""The outbox: how fast a worker drains it, beside the bare ORM."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter

from django.db import transaction
from django.utils import timezone

from bench.data import Scale
from bench.measure import TIMES, TO, Figure
from bench.stage.databases import Stage
from process.journal import actions, registry
from process.journal.models import Delivery, OutboxEvent
from process.journal.vocab import DeliveryState

NEWS = "bench.happened"


def figures(stage: Stage) -> Iterator[Figure]:
    """Measure draining it."""
    stage.on(Scale(stage.sizes[0]))
    total = 200 if stage.quick else 2_000
    registry.on(NEWS)(_listen)
    try:
        rates = [_drain(total) for _ in range(3)]
    finally:
        registry.forget(_listen)
    ratio = [rate / _bare(total) for rate in rates]
    yield Figure(
        f"outbox: {total:,} deliveries drained, a second",
        "report", f"{median(rates):,.0f}", f"{min(rates):,.0f}{TO}{max(rates):,.0f}; "
        f"{median(ratio):.2f} {TIMES} the rate of a bare get + save, a transaction each",
    )  # fmt: skip


def _drain(total: int) -> float:
    now = timezone.now()
    events = OutboxEvent.objects.bulk_create(
        OutboxEvent(news=NEWS, noun="bench", object_id=str(n), at=now) for n in range(total)
    )
    name = next(iter(registry.queued(NEWS)))
    Delivery.objects.bulk_create(Delivery(event=e, handler=name, due_at=now) for e in events)
    began = perf_counter()
    while actions.deliver(now=timezone.now()):
        pass
    took = perf_counter() - began
    done = Delivery.objects.filter(event__in=events, state=DeliveryState.DONE)
    assert done.count() == total
    return total / took


def _bare(total: int) -> float:
    keys = Delivery.objects.values_list("pk", flat=True)[:total]
    began = perf_counter()
    for key in keys:
        with transaction.atomic():
            delivery = Delivery.objects.select_for_update().get(pk=key)
            delivery.save()
    return total / (perf_counter() - began)


def _listen(event: OutboxEvent, by: object, now: object) -> None:
    """Hear the news and do nothing."""

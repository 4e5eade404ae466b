"""Record what was done, announce it, and deliver the news."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import connection, models, transaction
from kombu.exceptions import OperationalError

from process.base.access import SYSTEM
from process.journal import registry
from process.journal.models import AuditEntry, Delivery, OutboxEvent, Tick
from process.journal.vocab import DeliveryState

log = logging.getLogger(__name__)

BATCH = 100
LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 8
KEEP_DONE = timedelta(days=30)


def record(
    act: str,
    subject: models.Model,
    *,
    by: Any,
    now: datetime,
    before: Any = None,
    after: Any = None,
) -> AuditEntry:
    """Write the audit entry of a deed, in the transaction of the deed."""
    return record_all(act, [(subject, before, after)], by=by, now=now)[0]


def record_all(
    act: str, changes: Iterable[tuple[models.Model, Any, Any]], *, by: Any, now: datetime
) -> list[AuditEntry]:
    """Write one entry for each (subject, before, after) of a deed that touched many rows."""
    system = by is SYSTEM
    return AuditEntry.objects.bulk_create(
        AuditEntry(
            act=act,
            noun=subject._meta.model_name or "",
            object_id=str(subject.pk),
            actor=None if system else by,
            by_system=system,
            at=now,
            before=_values(before),
            after=_values(after),
        )
        for subject, before, after in changes
    )


def announce(
    news: str, subject: models.Model, *, by: Any, now: datetime, **payload: Any
) -> OutboxEvent:
    """Put news into the outbox, in the transaction of the deed; listeners are served from there."""
    event = OutboxEvent.objects.create(
        news=news,
        noun=subject._meta.model_name or "",
        object_id=str(subject.pk),
        payload=payload,
        at=now,
    )
    for handler in registry.within(news):
        handler(event, by, now)
    listeners = registry.queued(news)
    if listeners:
        Delivery.objects.bulk_create(
            Delivery(event=event, handler=name, due_at=now) for name in listeners
        )
        _nudge_after_commit()
    return event


def deliver(*, now: datetime, limit: int = BATCH) -> int:
    """Serve deliveries that are due; return how many were done."""
    return sum(_attempt(pk, now=now) for pk in _lease(now=now, limit=limit))


@transaction.atomic
def revive(*, delivery_id: int, now: datetime) -> Delivery:
    """Give a dead delivery another round of attempts."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id, state=DeliveryState.DEAD)
    delivery.state, delivery.attempts, delivery.due_at = DeliveryState.PENDING, 0, now
    delivery.leased_until = None
    delivery.save(update_fields=["state", "attempts", "due_at", "leased_until"])
    _nudge_after_commit()
    return delivery


def tick(name: str, *, now: datetime) -> None:
    """Note that a clockwork has run."""
    Tick.objects.update_or_create(name=name, defaults={"at": now})


@transaction.atomic
def prune(*, now: datetime) -> int:
    """Forget news that was delivered long ago; the audit entries stay."""
    settled = OutboxEvent.objects.filter(at__lt=now - KEEP_DONE).exclude(
        deliveries__state__in=[DeliveryState.PENDING, DeliveryState.DEAD]
    )
    return settled.delete()[0]


@transaction.atomic
def _lease(*, now: datetime, limit: int) -> list[int]:
    """Take deliveries for this worker; another one passes over them until the lease ends."""
    free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=now)
    due = Delivery.objects.filter(free, state=DeliveryState.PENDING, due_at__lte=now)
    locked = due.select_for_update(
        skip_locked=connection.features.has_select_for_update_skip_locked
    )
    ids = list(locked.order_by("due_at", "id").values_list("pk", flat=True)[:limit])
    Delivery.objects.filter(pk__in=ids).update(leased_until=now + LEASE)
    return ids


def _attempt(pk: int, *, now: datetime) -> bool:
    """Run one handler; its writes and the mark "done" commit together, or not at all."""
    try:
        with transaction.atomic():
            delivery = Delivery.objects.select_for_update().select_related("event").get(pk=pk)
            if delivery.state != DeliveryState.PENDING:
                return False
            handler = registry.queued(delivery.event.news)[delivery.handler]
            handler(delivery.event, SYSTEM, now)
            delivery.state, delivery.done_at = DeliveryState.DONE, now
            delivery.save(update_fields=["state", "done_at"])
    except Exception as error:
        log.exception("delivery %s failed", pk)
        _put_off(pk, error, now=now)
        return False
    return True


@transaction.atomic
def _put_off(pk: int, error: Exception, *, now: datetime) -> None:
    """Try again later, each time twice as late; after the last attempt lay it out as dead."""
    delivery = Delivery.objects.select_for_update().get(pk=pk)
    delivery.attempts += 1
    delivery.error = f"{type(error).__name__}: {error}"[:2000]
    delivery.leased_until = None
    delivery.due_at = now + timedelta(seconds=2**delivery.attempts)
    if delivery.attempts >= MOST_ATTEMPTS:
        delivery.state = DeliveryState.DEAD
    delivery.save(update_fields=["attempts", "error", "leased_until", "due_at", "state"])


def _nudge_after_commit() -> None:
    if not any(callback is _nudge for _, callback, *_ in connection.run_on_commit):
        transaction.on_commit(_nudge, robust=True)


def _nudge() -> None:
    """Wake a worker; when the broker is away, the sweep finds the rows a moment later."""
    try:
        current_app.send_task("process.journal.tasks.drain", retry=False, expires=60)
    except OperationalError:
        log.warning("the broker is away; the sweep will deliver")


def _values(given: Any) -> Any:
    """Return what an entry keeps: mappings as they are, a bare state under its name."""
    if given is None:
        return {}
    return given if isinstance(given, dict) else {"state": given}

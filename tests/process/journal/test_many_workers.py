"""Several workers at once deliver each piece of news once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from process.base.access import SYSTEM
from process.journal import actions
from process.journal.models import AuditEntry, Delivery, OutboxEvent
from process.journal.vocab import DeliveryState
from tests.concurrency import at_once
from tests.factories import NOW, plan

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def note(event: OutboxEvent, by: Any, now: datetime) -> None:
    actions.record("test.note", event, by=by, now=now)


def told(count: int) -> list[OutboxEvent]:
    process = plan.prepared()
    return [actions.announce("test.happened", process, by=SYSTEM, now=NOW) for _ in range(count)]


def notes_of(event: OutboxEvent) -> int:
    return AuditEntry.objects.filter(act="test.note", object_id=str(event.pk)).count()


def drain(_number: int) -> int:
    total = 0
    while done := actions.deliver(now=NOW, limit=3):
        total += done
    return total


def test_eight_workers_deliver_each_once(listen) -> None:
    listen(note)
    events = told(60)

    results = at_once(8, drain)

    assert sum(results) == 60
    assert {notes_of(event) for event in events} == {1}
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.DONE}


def test_eight_workers_whose_leases_ended_still_deliver_once(listen) -> None:
    listen(note)
    (event,) = told(1)
    (delivery,) = Delivery.objects.values_list("pk", flat=True)

    results = at_once(8, lambda _: actions._attempt(delivery, now=NOW))

    assert sorted(results) == [False] * 7 + [True]
    assert notes_of(event) == 1


def test_a_worker_passes_over_what_another_has_locked(listen) -> None:
    listen(note)
    told(4)
    later = NOW + actions.LEASE + timedelta(seconds=1)

    taken = at_once(4, lambda _: actions._lease(now=later, limit=1))

    assert connection.vendor == "postgresql"
    assert sorted(pk for ids in taken for pk in ids) == sorted(
        Delivery.objects.values_list("pk", flat=True)
    )

"""News is delivered exactly once, or is visibly dead."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from process.base.access import SYSTEM
from process.journal import actions, tasks
from process.journal.models import AuditEntry, Delivery, OutboxEvent, Tick
from process.journal.queries import queue_state
from process.journal.vocab import DeliveryState
from process.plan.models import Process
from tests.factories import NOW
from tests.process.journal.conftest import Listener

pytestmark = pytest.mark.django_db
Tell = Callable[..., OutboxEvent]
SECOND = timedelta(seconds=1)


def only() -> Delivery:
    return Delivery.objects.get()


def test_news_waits_for_each_listener(listen, tell: Tell) -> None:
    first, second = Listener(), Listener()
    listen(first, "first")
    listen(second, "second")

    event = tell(answer=42)

    assert event.payload == {"answer": 42}
    assert not first.heard
    assert actions.deliver(now=NOW) == 2
    assert len(first.heard) == len(second.heard) == 1


def test_news_that_nobody_listens_to_is_kept_and_not_delivered(tell: Tell) -> None:
    event = tell()

    assert not event.deliveries.exists()
    assert actions.deliver(now=NOW) == 0


def test_news_is_delivered_once_and_by_the_system(
    tell: Tell, listener: Listener, coordinator: Any
) -> None:
    event = tell(by=coordinator)

    assert [actions.deliver(now=NOW + SECOND) for _ in range(3)] == [1, 0, 0]
    assert listener.heard == [(event.pk, SYSTEM, NOW + SECOND)]
    assert (only().state, only().done_at) == (DeliveryState.DONE, NOW + SECOND)


def test_news_is_not_delivered_before_it_is_due(tell: Tell, listener: Listener) -> None:
    tell(now=NOW + SECOND)

    assert actions.deliver(now=NOW) == 0
    assert actions.deliver(now=NOW + SECOND) == 1


def test_listeners_within_share_the_transaction(listen, tell: Tell, coordinator: Any) -> None:
    inner = Listener()
    listen(inner, within=True)

    tell(by=coordinator)

    assert [by for _, by, _ in inner.heard] == [coordinator]
    assert not Delivery.objects.exists()


def test_a_listener_within_that_fails_undoes_the_deed(listen, tell: Tell) -> None:
    inner = Listener()
    inner.failing = RuntimeError("no")
    listen(inner, within=True)

    with pytest.raises(RuntimeError), transaction.atomic():
        tell()

    assert not OutboxEvent.objects.filter(news="test.happened").exists()


def test_a_deed_rolled_back_is_never_told(
    tell: Tell, listener: Listener, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks() as nudges:
        with pytest.raises(RuntimeError), transaction.atomic():
            tell()
            raise RuntimeError
        assert actions.deliver(now=NOW) == 0

    assert not nudges
    assert not listener.heard
    assert not Delivery.objects.exists()


def test_a_listener_that_fails_is_asked_again_later_and_later(
    tell: Tell, listener: Listener
) -> None:
    listener.failing = ValueError("not yet")
    tell()
    due, waits = NOW, []

    for _ in range(actions.MOST_ATTEMPTS - 1):
        assert actions.deliver(now=due) == 0
        assert actions.deliver(now=due) == 0
        waits.append((only().due_at - due).total_seconds())
        due = only().due_at

    assert waits == [2, 4, 8, 16, 32, 64, 128]
    assert len(listener.heard) == actions.MOST_ATTEMPTS - 1
    assert only().error == "ValueError: not yet"
    listener.failing = None
    assert actions.deliver(now=due) == 1
    assert only().state == DeliveryState.DONE


def test_what_a_failing_listener_wrote_is_undone(listen, tell: Tell, process: Process) -> None:
    def write_and_fail(event: OutboxEvent, by: Any, now: datetime) -> None:
        actions.record("test.write", process, by=by, now=now)
        raise RuntimeError

    listen(write_and_fail)
    tell()

    actions.deliver(now=NOW)

    assert not AuditEntry.objects.filter(act="test.write").exists()
    assert only().attempts == 1


def test_one_failing_listener_does_not_hold_up_another(listen, tell: Tell) -> None:
    good, bad = Listener(), Listener()
    bad.failing = RuntimeError("broken")
    listen(bad, "a_bad")
    listen(good, "b_good")
    tell()

    assert actions.deliver(now=NOW) == 1
    assert len(good.heard) == 1


def die(listener: Listener) -> datetime:
    """Let a delivery fail until it is given up; return when that was."""
    listener.failing = RuntimeError("broken")
    due = NOW
    for _ in range(actions.MOST_ATTEMPTS):
        due = only().due_at
        actions.deliver(now=due)
    return due


def test_after_the_last_attempt_a_delivery_is_dead(tell: Tell, listener: Listener) -> None:
    tell()

    end = die(listener)

    assert (only().state, only().attempts) == (DeliveryState.DEAD, actions.MOST_ATTEMPTS)
    assert actions.deliver(now=end + timedelta(days=9)) == 0
    assert len(listener.heard) == actions.MOST_ATTEMPTS
    assert queue_state()["dead"] == 1


def test_the_dead_can_be_revived(tell: Tell, listener: Listener) -> None:
    tell()
    later = die(listener) + timedelta(days=1)
    listener.failing = None

    actions.revive(delivery_id=only().pk, now=later)

    assert (only().state, only().attempts) == (DeliveryState.PENDING, 0)
    assert actions.deliver(now=later) == 1


def test_only_the_dead_are_revived(tell: Tell, listener: Listener) -> None:
    tell()

    with pytest.raises(Delivery.DoesNotExist):
        actions.revive(delivery_id=only().pk, now=NOW)


def test_a_lease_is_respected_until_it_ends(tell: Tell, listener: Listener) -> None:
    tell()
    taken = actions._lease(now=NOW, limit=10)

    assert taken == [only().pk]
    assert actions.deliver(now=NOW + actions.LEASE) == 0
    assert actions.deliver(now=NOW + actions.LEASE + SECOND) == 1


def test_a_late_worker_finds_the_work_done(tell: Tell, listener: Listener) -> None:
    tell()
    (taken,) = actions._lease(now=NOW, limit=10)
    actions.deliver(now=NOW + actions.LEASE + SECOND)

    assert actions._attempt(taken, now=NOW + 2 * actions.LEASE) is False
    assert len(listener.heard) == 1


def test_a_listener_that_is_gone_is_a_failure_and_not_a_loss(listen, tell: Tell) -> None:
    from process.journal import registry

    registered = listen(Listener())
    tell()
    registry.forget(registered)

    assert actions.deliver(now=NOW) == 0
    assert (only().state, only().attempts) == (DeliveryState.PENDING, 1)


def test_a_batch_has_a_limit(tell: Tell, listener: Listener) -> None:
    for _ in range(5):
        tell()

    assert [actions.deliver(now=NOW, limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_delivering_costs_the_same_lease_for_one_and_three(
    tell: Tell, listener: Listener, django_assert_num_queries
) -> None:
    for count in (1, 3):
        for _ in range(count):
            tell()
        with django_assert_num_queries(4):
            actions._lease(now=NOW, limit=10)


def test_the_nudge_comes_once_and_after_the_commit(
    monkeypatch: pytest.MonkeyPatch,
    tell: Tell,
    listener: Listener,
    django_capture_on_commit_callbacks,
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(actions.current_app, "send_task", lambda name, **_: sent.append(name))

    with django_capture_on_commit_callbacks(execute=True):
        tell()
        tell()
        assert not sent

    assert sent == ["process.journal.tasks.drain"]


def test_a_broker_that_is_down_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
    tell: Tell,
    listener: Listener,
    django_capture_on_commit_callbacks,
) -> None:
    def refuse(name: str, **_: Any) -> None:
        raise OperationalError("down")

    monkeypatch.setattr(actions.current_app, "send_task", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        tell()

    tasks.sweep()

    assert len(listener.heard) == 1


def test_the_sweep_drains_more_than_a_batch_and_shows_that_it_ran(
    monkeypatch: pytest.MonkeyPatch, tell: Tell, listener: Listener
) -> None:
    monkeypatch.setattr(actions, "deliver", lambda now: next(done))
    done = iter([actions.BATCH, actions.BATCH, 3])

    tasks.sweep()

    assert next(done, None) is None
    assert queue_state()["last_sweep_at"] == Tick.objects.get(name="sweep").at


def test_the_state_of_the_queue(tell: Tell, listener: Listener, django_assert_num_queries) -> None:
    tell(now=NOW + SECOND)
    tell(now=NOW)

    with django_assert_num_queries(2):
        state = queue_state()

    assert (state["pending"], state["dead"], state["oldest_due_at"]) == (2, 0, NOW)


def test_old_news_is_forgotten_when_it_was_delivered(tell: Tell, listener: Listener) -> None:
    delivered, later = tell(), NOW + actions.KEEP_DONE + SECOND
    actions.deliver(now=NOW)
    pending = tell()
    recent = tell(now=later)

    actions.prune(now=later)

    kept = set(OutboxEvent.objects.filter(news="test.happened"))
    assert kept == {pending, recent}
    assert delivered not in kept

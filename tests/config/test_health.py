"""What machines are told about this installation."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.http import Http404
from django.utils import timezone

from config import health

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
WELL = {"pending": 0, "dead": 0, "oldest_due_at": None, "last_sweep_at": NOW}


@pytest.fixture
def queue(monkeypatch):
    """Let a test say how the outbox stands, at noon, an hour after the start."""
    state = dict(WELL)
    monkeypatch.setattr(health, "queue_state", lambda: state)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(health, "started", health.started - 3600)
    return state


@pytest.fixture
def request_from(rf):
    def make(address: str, **headers: str):
        return rf.get("/metrics", REMOTE_ADDR=address, headers=headers)

    return make


def test_live_asks_nobody(rf):
    answer = health.live(rf.get("/health/live"))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


@pytest.mark.django_db
def test_ready_when_all_is_well(rf, queue):
    answer = health.ready(rf.get("/health/ready"))

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer["Content-Type"] == "application/json"
    assert b'"failed"' not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"pending": 1, "oldest_due_at": NOW - timedelta(minutes=6)}, "queue"),
        ({"last_sweep_at": NOW - timedelta(minutes=6)}, "beat"),
        ({"last_sweep_at": None}, "beat"),
    ],
)
def test_not_ready_when_the_clockwork_is_late(rf, queue, change, check):
    queue.update(change)
    assert failed(health.ready(rf.get("/health/ready"))) == {check}


@pytest.mark.django_db
def test_a_late_tick_is_forgiven_just_after_the_start(rf, queue, monkeypatch):
    queue["last_sweep_at"] = NOW - timedelta(days=1)
    monkeypatch.setattr(health, "started", health.monotonic())

    assert health.ready(rf.get("/health/ready")).status_code == 200


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(rf, queue, monkeypatch):
    monkeypatch.setattr(health.check_migrations, "complete", False)
    monkeypatch.setattr(health, "unapplied_migrations", lambda: ["process.0002_more"])
    assert failed(health.ready(rf.get("/health/ready"))) == {"migrations"}

    monkeypatch.undo()
    assert health.check_migrations()["migrations"] == (True, "all applied")


def test_not_ready_without_a_database(rf, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(health, "queue_state", refuse)
    monkeypatch.setattr(health, "unapplied_migrations", refuse)
    monkeypatch.setattr(health, "check_database", refuse)
    monkeypatch.setattr(health.check_migrations, "complete", False)
    answer = health.ready(rf.get("/health/ready"))

    assert answer.status_code == 503
    assert failed(answer) == {"database", "migrations", "queue"}


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.7"])
def test_metrics_for_callers_from_inside(request_from, queue, address):
    answer = health.metrics(request_from(address))

    assert answer.status_code == 200
    assert b"\nteilhabe_outbox_pending 0\n" in answer.content


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("8.8.8.8", {}),
        ("", {}),
        ("127.0.0.1", {"X-Forwarded-For": "8.8.8.8"}),
        ("8.8.8.8", {"Authorization": "Bearer "}),
        ("8.8.8.8", {"Authorization": "Bearer wrong"}),
    ],
)
def test_metrics_are_hidden_from_others(request_from, queue, monkeypatch, address, headers):
    monkeypatch.setenv("METRICS_TOKEN", "right")
    with pytest.raises(Http404):
        health.metrics(request_from(address, **headers))


def test_no_token_means_no_entry_by_token(request_from, queue, monkeypatch):
    monkeypatch.delenv("METRICS_TOKEN", raising=False)
    with pytest.raises(Http404):
        health.metrics(request_from("8.8.8.8", Authorization="Bearer "))


def test_metrics_for_the_holder_of_the_token(request_from, queue, monkeypatch):
    monkeypatch.setenv("METRICS_TOKEN", "right")
    answer = health.metrics(request_from("8.8.8.8", Authorization="Bearer right"))
    assert answer.status_code == 200


def failed(answer) -> set[str]:
    """Return the names of the checks that an answer reports as failed."""
    import json

    checks = json.loads(answer.content)["checks"]
    return {name for name, check in checks.items() if not check["ok"]}

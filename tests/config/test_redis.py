"""Production's broker and cache: a real Redis takes the nudges, and keeps the bytes of feeds."""

import os
import socket
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import redis
from celery import Celery
from django.core.cache import caches

from meetings.schedule import exports
from meetings.schedule.exports import Options, feed_bytes
from meetings.schedule.queries import feed_for
from process.groups.models import Group
from process.journal import actions
from tests.factories import schedule

URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
pytestmark = pytest.mark.redis


@pytest.fixture
def server() -> redis.Redis:
    """Redis, or a reason to skip."""
    found = redis.Redis.from_url(URL)
    try:
        found.ping()
    except redis.ConnectionError:
        pytest.skip(f"no Redis answers at {URL}")
    return found


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Celery, str]]:
    """An application whose nudges go to a queue of this test's own; and the queue's name."""
    name = f"nudges-{uuid4()}"
    app = Celery("tests", broker=URL, set_as_current=False)
    app.conf.task_default_queue = name
    monkeypatch.setattr(actions, "current_app", app)
    yield app, name
    app.close()


def test_a_nudge_reaches_the_worker_by_redis(server: redis.Redis, queue: Any) -> None:
    app, name = queue

    actions._nudge()

    with app.connection_for_read() as connection:
        simple = connection.SimpleQueue(name)
        message = simple.get(timeout=5)
        message.ack()
        simple.close()
    server.delete(f"_kombu.binding.{name}")
    assert message.headers["task"] == "process.journal.tasks.drain"
    assert message.headers["expires"]


def test_a_nudge_without_a_broker_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    warnings: list[str] = []
    monkeypatch.setattr(actions.log, "warning", warnings.append)
    # Bound and never listening: the port refuses, and nobody else can take it meanwhile.
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        app = Celery("tests", broker=f"redis://127.0.0.1:{port}/0", set_as_current=False)
        monkeypatch.setattr(actions, "current_app", app)

        actions._nudge()

    assert warnings == ["the broker is away; the sweep will deliver"]


@pytest.mark.django_db
def test_feeds_keep_their_bytes_in_redis(
    server: redis.Redis, group: Group, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix = str(uuid4())
    backend = "django.core.cache.backends.redis.RedisCache"
    entry = {"BACKEND": backend, "LOCATION": URL, "KEY_PREFIX": prefix}
    settings.CACHES = settings.CACHES | {"redis": entry}
    monkeypatch.setattr(exports, "cache", caches["redis"])
    schedule.meeting(group)
    feed = feed_for(group.process.slug)
    assert feed is not None

    first = feed_bytes(feed, Options())
    monkeypatch.setattr(exports, "_build", None)
    again = feed_bytes(feed, Options())

    kept = list(server.scan_iter(f"{prefix}:*"))
    server.delete(*kept)
    assert again == first
    assert len(kept) == 3  # the feed, its one entry, and the zipped bytes

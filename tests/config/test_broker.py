"""The broker in a file: nothing lost, nothing doubled, whoever is killed."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from celery import Celery
from kombu import Connection
from kombu.exceptions import OperationalError

import config.broker  # noqa: F401  (makes the address known)
from config.env import ROOT


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlitefile://localhost/{quote(str(tmp_path / 'a folder' / 'broker.sqlite3'))}"


@pytest.fixture
def queue(url, tmp_path):
    (tmp_path / "a folder").mkdir()
    with Connection(url) as connection, connection.SimpleQueue("numbers") as queue:
        yield queue


def peer(*arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.config.broker_peer", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_messages_come_out_in_order_and_once(queue):
    for number in range(3):
        queue.put(number)

    assert queue.qsize() == 3
    assert [queue.get(timeout=1).payload for _ in range(3)] == [0, 1, 2]
    with pytest.raises(queue.Empty):
        queue.get(block=False)


def test_purge_empties_one_queue_only(queue):
    other = queue.channel.connection.client.SimpleQueue("others")
    other.put(7)
    queue.put(1)

    assert queue.clear() == 1
    assert (queue.qsize(), other.qsize()) == (0, 1)


def test_what_was_not_acknowledged_returns_when_the_worker_stops(url, queue):
    queue.put("again")
    with Connection(url) as connection:
        connection.SimpleQueue("numbers").get(timeout=1)
        assert queue.qsize() == 0

    assert queue.get(timeout=1).payload == "again"


def test_a_forked_child_opens_its_own_connection(queue):
    channel = queue.channel
    inherited = channel.file
    channel._owner = -1

    assert channel.file is not inherited
    assert channel.file is channel.file


def test_a_broker_out_of_reach_is_told_in_the_words_that_callers_know(tmp_path):
    app = Celery(broker=f"sqlitefile://localhost/{tmp_path / 'gone' / 'broker.sqlite3'}")

    with pytest.raises(OperationalError):
        app.send_task("any", retry=False)


def test_a_thousand_messages_between_processes_arrive_once_each(url, queue):
    publishers = [peer("publish", url, first, "500") for first in ("0", "500")]
    consumers = [peer("consume", url) for _ in range(2)]
    got = [line for consumer in consumers for line in consumer.communicate(timeout=30)[0].split()]

    assert [publisher.wait() for publisher in publishers] == [0, 0]
    assert sorted(map(int, got)) == list(range(1000))


def test_a_killed_consumer_takes_at_most_the_message_in_its_hands(url, queue):
    for number in range(300):
        queue.put(number)
    victim = peer("consume", url)
    first = [victim.stdout.readline() for _ in range(50)]
    victim.kill()
    first += victim.communicate()[0].splitlines()
    rest = peer("consume", url).communicate(timeout=30)[0].split()

    got = [int(line) for line in [*first, *rest]]
    assert len(got) == len(set(got))
    assert len(set(range(300)) - set(got)) <= 1

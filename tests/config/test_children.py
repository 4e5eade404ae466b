"""Children start again when they fall, and none outlives the one who keeps them."""

import os
import signal
import subprocess
import sys
from time import monotonic

import pytest

from config import children
from config.env import ROOT
from tests.config.waiting import lives, until

NAMES = ("supervisor", "parent", "grandchild", "stubborn")


class Family:
    """A supervisor with stand-ins, and the numbers of its processes."""

    def __init__(self, folder):
        self.folder = folder
        command = [sys.executable, "-m", "tests.config.family", str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)

    def pid(self, name: str) -> int:
        try:
            return int((self.folder / name).read_text())
        except FileNotFoundError:
            return 0

    def complete(self) -> bool:
        return all(lives(self.pid(name)) for name in NAMES)


@pytest.fixture
def family(tmp_path):
    family = Family(tmp_path)
    until(family.complete)
    yield family
    family.process.kill()
    family.process.wait()


def test_a_killed_child_starts_again_without_its_old_group(family):
    before = {name: family.pid(name) for name in NAMES}
    os.kill(before["parent"], signal.SIGKILL)

    until(lambda: family.pid("parent") != before["parent"])
    until(family.complete)
    assert not lives(before["grandchild"])
    assert family.pid("stubborn") == before["stubborn"]


def test_nothing_outlives_a_killed_supervisor(family):
    pids = [family.pid(name) for name in NAMES]
    family.process.kill()
    family.process.wait()

    until(lambda: not any(map(lives, pids)))


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_ends_all_and_counts_as_success(family, stop):
    pids = [family.pid(name) for name in NAMES]
    family.process.send_signal(stop)

    assert family.process.wait(timeout=10) == 0
    assert not any(map(lives, pids))


def test_the_pause_grows_with_each_fall_and_shrinks_after_a_steady_run():
    child = children.Child("web", print, started=monotonic())
    pauses = []
    for _ in range(8):
        children._put_off(child, 1)
        pauses.append(round(child.due - monotonic(), 1))
    assert pauses == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0]

    child.started = monotonic() - children.STEADY_AFTER
    children._put_off(child, 1)
    assert round(child.due - monotonic(), 1) == 0.1

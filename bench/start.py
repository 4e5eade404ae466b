"""The whole program: how soon it is ready, and what it weighs after some work."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.request import Request, urlopen

from bench.measure import TO, Figure
from bench.stage.databases import Stage
from bench.stage.servers import PATIENCE, free_port
from config.env import ROOT

MOST_MB = 200
KINDS = {"web": "gunicorn", "beat": "celery beat"}
"""What the processes call themselves; the rest is the worker."""


def figures(stage: Stage) -> Iterator[Figure]:
    """Start it on an empty folder, then again; then ask it many things and weigh it."""
    folder = stage.folder / "running"
    folder.mkdir()
    with _running(folder) as (_port, _pid, took):
        yield Figure("first start: ready with the demo loaded", "report", f"{took:.2f} s")
    starts: list[float] = []
    worked: list[float] = []
    for _ in range(1 if stage.quick else 5):
        with _running(folder) as (port, pid, took):
            starts.append(took)
            worked.append(_worked(pid))
    with _running(folder) as (port, pid, _took):
        answered = _work(folder, port, 20 if stage.quick else 200)
        weights = _weights(pid)
    spread = f"{min(starts):.2f}{TO}{max(starts):.2f} ({median(worked):.2f} s of work)"
    middle = median(starts)
    yield Figure("second start: ready", "≤ 3 s", f"{middle:.2f} s", spread, middle <= 3)
    for name, weight in weights.items():
        work = f"memory of {name} after {answered:,} answers (RSS of the largest process)"
        yield Figure(work, f"≤ {MOST_MB} MB", f"{weight:.0f} MB", "", weight <= MOST_MB)


@contextmanager
def _running(folder: Path) -> Iterator[tuple[int, int, float]]:
    """Run the supervisor; yields its port, its process id, and after what time it was ready."""
    port = free_port()
    environment = os.environ | {
        "DATA_DIR": str(folder), "PORT": str(port), "THROTTLE_ADDRESS": "off",
        "THROTTLE_ACCOUNT": "off", "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
    }  # fmt: skip
    began = perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "config.supervisor"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not _ready(port):
            assert child.poll() is None, "the supervisor ended"
            assert perf_counter() - began < PATIENCE, "it never became ready"
            sleep(0.01)
        yield port, child.pid, perf_counter() - began
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(30)


def _ready(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


def _work(folder: Path, port: int, rounds: int) -> int:
    """Ask for pages, lists and feeds; returns how many answers came."""
    accounts = json.loads((folder / "demo-accounts.json").read_text())
    signed = {"Authorization": f"Bearer {accounts['coordinator']['token']}"}
    home = f"http://127.0.0.1:{port}"
    with urlopen(Request(f"{home}/api/v1/processes/", headers=signed)) as answer:
        slug = json.load(answer)["results"][0]["slug"]
    paths = (
        "/", f"/{slug}/", f"/{slug}/meetings/", f"/calendar/{slug}.ics",
        "/api/v1/meetings/?page_size=200", "/api/v1/contributions/",
    )  # fmt: skip
    with urlopen(f"{home}/api/v1/schema/?format=json") as answer:
        answer.read()
    for _ in range(rounds):
        for path in paths:
            with urlopen(Request(home + path, headers=signed)) as answer:
                answer.read()
    return rounds * len(paths)


def _weights(supervisor: int) -> dict[str, float]:
    """Return the resident megabytes of the largest process of web, worker and beat."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            stat = _read(entry / "stat")
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1]) if stat else 0
    weights: dict[str, float] = {}
    for child in (pid for pid, parent in parents.items() if parent == supervisor):
        line = _read(Path(f"/proc/{child}/cmdline"))
        name = next((kind for kind, word in KINDS.items() if word in line), "worker")
        family = [child, *(pid for pid, parent in parents.items() if parent == child)]
        weights[name] = max(_resident(pid) for pid in family)
    return weights


def _worked(pid: int) -> float:
    """Return the seconds that a process has kept a processor busy."""
    user, system = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    for line in _read(Path(f"/proc/{pid}/status")).splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""

"""One command serves everything: from an empty folder to ready, and back to nothing."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from config.env import ROOT
from tests.config.waiting import lives, until


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def supervisor(folder: Path, port: int) -> subprocess.Popen:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
        "DATA_DIR": str(folder),
        "PORT": str(port),
    }
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "config.supervisor"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def health(port: int) -> dict:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=30) as answer:
            return json.load(answer)
    except URLError:
        return {}


def descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children] + [
        below for child in children for below in descendants(int(child))
    ]


def test_from_an_empty_folder_to_ready_and_back_to_nothing(tmp_path, port):
    process = supervisor(tmp_path, port)
    try:
        until(lambda: health(port).get("status") == "ok", within=90)
        until(lambda: "last tick" in health(port)["checks"]["beat"]["detail"], within=30)
        family = descendants(process.pid)
        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=10) == 0
        assert len(family) == 4
        assert not any(map(lives, family))
    finally:
        process.kill()
    accounts = tmp_path / "demo-accounts.json"
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    told = process.stdout.read()
    assert f"http://localhost:{port}/" in told
    assert json.loads(accounts.read_text())["member"]["password"] in told


def test_a_port_in_use_is_told_in_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        _, told = supervisor(tmp_path, port).communicate(timeout=30)

    assert told.startswith(f"Configuration: 127.0.0.1:{port} is not free")
    assert "PORT" in told

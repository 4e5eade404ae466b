"""Rehearse the image without an engine: carry out the Dockerfile in a folder, then run its roles.

Run it as root on Debian, with PostgreSQL and Redis at hand: `docker/rehearse`.
What this can and cannot show stands in docker/README.md.
"""

import argparse
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import psycopg

from tests.docker.dockerfile import Builder, Stage, enter, say
from tests.run import POSTGRES, REDIS

DATABASE = "teilhabe_rehearsal"
PACKAGES = "python3,python3-venv,python-is-python3,ca-certificates"


def rehearse(image: Stage, data: Path) -> None:
    """Run migrate, web, worker and beat from the image, until the installation is ready."""
    keys = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "rehearsal.example",
        "SITE_URL": "https://rehearsal.example",
        "DATABASE_URL": POSTGRES.rpartition("/")[0] + "/" + DATABASE,
        "CACHE_URL": REDIS.rpartition("/")[0] + "/8",
        "BROKER_URL": REDIS.rpartition("/")[0] + "/9",
        "PORT": str(free_port()),
    }

    def role(name: str) -> subprocess.Popen:
        return enter(image, [*image.entrypoint, name], extra=keys, data=data)

    def probe(what: str) -> int:
        command = [*image.health[:-1], what]
        return enter(image, command, extra=keys, data=data, stderr=subprocess.DEVNULL).wait()

    started = monotonic()
    assert role("migrate").wait() == 0, "migrate failed"
    say(f"migrate: {monotonic() - started:.1f} s")
    started = monotonic()
    running = {name: role(name) for name in ("web", "worker", "beat")}
    try:
        until(lambda: probe("ready") == 0 or ended(running), 60)
        assert not ended(running), f"{ended(running)} ended by itself"
        say(f"ready: {monotonic() - started:.1f} s after the start of web, worker and beat")
        until(lambda: ticked(keys["DATABASE_URL"]), 30)
        say(f"first tick through Redis, worker and PostgreSQL: {monotonic() - started:.1f} s")
        assert (probe("live"), owner(running["web"].pid)) == (0, int(image.user))
    finally:
        for name, process in running.items():
            asked = monotonic()
            process.send_signal(signal.SIGTERM)
            code = process.wait(timeout=30)
            say(f"{name} ended with {code} {monotonic() - asked:.1f} s after SIGTERM")


def ended(running: dict[str, subprocess.Popen]) -> list[str]:
    """Return the roles that run no longer."""
    return [name for name, process in running.items() if process.poll() is not None]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def ticked(url: str) -> bool:
    """Tell whether beat's tick has passed through the broker and the worker."""
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1 FROM process_tick").fetchone() is not None


def owner(pid: int) -> int:
    """Return the user that a process runs as."""
    return Path(f"/proc/{pid}").stat().st_uid


def until(true: Callable[[], object], within: float) -> None:
    """Wait for something to become true."""
    deadline = monotonic() + within
    while not true():
        if monotonic() > deadline:
            sys.exit(f"not within {within} s")
        sleep(0.1)


def database(words: str) -> None:
    """Create or drop the database of the rehearsal."""
    with psycopg.connect(POSTGRES, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"{words} {DATABASE}")


def main() -> None:
    """Build, check and run the image."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, help="a folder that debootstrap made, or will make")
    given = parser.parse_args()
    if os.geteuid():
        sys.exit("The rehearsal mounts and changes roots: run it as root.")
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        base = given.base or folder / "base"
        if not base.exists():
            say("debootstrap …")
            subprocess.run(
                [
                    "debootstrap",
                    "--variant=minbase",
                    f"--include={PACKAGES}",
                    "bookworm",
                    str(base),
                ],
                check=True,
                stdout=subprocess.DEVNULL,
            )
        image = Builder(base, folder).build()
        assert int(image.user) > 0, "the image runs as root"
        data = folder / "data"
        data.mkdir(mode=0o750)
        os.chown(data, int(image.user), int(image.user))
        database("DROP DATABASE IF EXISTS")
        database("CREATE DATABASE")
        try:
            rehearse(image, data)
        finally:
            database("DROP DATABASE IF EXISTS")
    say("The rehearsal went well.")


if __name__ == "__main__":
    main()

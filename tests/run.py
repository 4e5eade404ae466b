"""Run the tests on SQLite, then again on PostgreSQL where it answers; say what was left out."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/test")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NO_TESTS = 5

# What uses no database, or always SQLite, is not run twice.
ALIKE = (
    "tests/bench",
    "tests/docker",
    "tests/config/test_broker.py",
    "tests/config/test_children.py",
    "tests/config/test_env.py",
    "tests/config/test_supervisor.py",
)


def main(arguments: list[str]) -> int:
    """Run pytest once or twice with `arguments`; return the exit code."""
    missing = missing_helpers()
    if missing and os.environ.get("REQUIRE") == "all":
        say("Failed before the start, for REQUIRE=all wants: " + "; ".join(missing))
        return 1
    say("Tests on SQLite")
    code = pytest(arguments)
    if answers_postgres():
        say("Tests on PostgreSQL")
        again = ["-m", "not browser and not node", *(f"--ignore={path}" for path in ALIKE)]
        second = pytest([*again, *arguments], DATABASE_URL=POSTGRES)
        code = code or (0 if second == NO_TESTS else second)
    say("Left out: " + ("; ".join(missing) or "nothing"))
    return code


def pytest(arguments: list[str], **environment: str) -> int:
    """Run pytest on all cores."""
    command = [sys.executable, "-m", "pytest", "-n", "auto", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode


def missing_helpers() -> list[str]:
    """Return what the tests would use but do not find, each with the place looked at."""
    found = {
        f"PostgreSQL (no answer at {_place(POSTGRES)})": answers_postgres(),
        f"Redis (no answer at {_place(REDIS)})": answers_redis(),
        "Chromium (not installed)": any(map(shutil.which, CHROMIUM)),
        "Node.js (not installed)": bool(shutil.which("node")),
        "calendar clients (make clients)": (ROOT / "var/clients/bin/khal").exists(),
    }
    return [name for name, there in found.items() if not there]


def answers_postgres() -> bool:
    """Tell whether PostgreSQL lets us in."""
    try:
        psycopg.connect(POSTGRES, dbname="postgres", connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def answers_redis() -> bool:
    """Tell whether something listens where Redis should."""
    place = urlsplit(REDIS)
    try:
        socket.create_connection((place.hostname, place.port or 6379), timeout=3).close()
    except OSError:
        return False
    return True


def _place(url: str) -> str:
    place = urlsplit(url)
    return f"{place.hostname}:{place.port}"


def say(line: str) -> None:
    """Print a line at once, ahead of what a child prints."""
    sys.stdout.write(f"\n== {line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

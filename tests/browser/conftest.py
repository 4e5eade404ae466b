"""A browser, and a town to look at with it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer

from meetings.schedule.models import Meeting
from process.plan.models import Process

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Playwright keeps an event loop in this thread; the ORM of the tests must not mind.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the browser, and skip it where there is none."""
    missing = pytest.mark.skip(reason="Chromium is not installed")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], live_server: LiveServer
) -> dict[str, Any]:
    """Start the Chromium of the system, after the server so that it leaves before the server."""
    args = ["--no-sandbox", "--disable-dev-shm-usage"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Look from Germany."""
    return {**browser_context_args, "locale": "de-DE", "timezone_id": "Europe/Berlin"}


@pytest.fixture
def town(transactional_db: None, settings: Any, tmp_path: Path, live_server: LiveServer) -> str:
    """Serve the LIP 2.0 with the demo; returns the address of the server."""
    settings.DATA_DIR = tmp_path
    call_command("load_lip", "--demo", stdout=(tmp_path / "log").open("w"))
    return live_server.url


@pytest.fixture
def places(town: str) -> dict[str, str]:
    """The address of one page of each kind."""
    process = Process.objects.get()
    meeting = Meeting.objects.filter(visibility="public").order_by("-starts_at")[0]
    inside = f"{town}/{process.slug}/"
    return {
        "home": f"{town}/",
        "process": inside,
        "field": f"{inside}fields/soziales/",
        "group": f"{inside}groups/jugend/",
        "meetings": f"{inside}meetings/",
        "month": f"{inside}meetings/{meeting.starts_at:%Y-%m}/",
        "meeting": f"{inside}meetings/{meeting.pk}/",
    }


class Witness:
    """Notes what went wrong in a page, and whom it called."""

    def __init__(self, page: Page, home: str) -> None:
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self._home = home
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._home, "data:")):
            self.strangers.append(request.url)


@pytest.fixture
def witness(page: Page, town: str) -> Iterator[Witness]:
    """Make sure that pages complain of nothing, call nobody and leave no cookie."""
    noted = Witness(page, town)
    yield noted
    assert noted.complaints == []
    assert noted.strangers == []
    assert page.context.cookies() == []

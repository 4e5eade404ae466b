"""WCAG 2.2 AA as far as a program can tell, at desk and pocket size, by day and by night."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from meetings.schedule import actions
from meetings.schedule.models import Meeting
from process.base.access import SYSTEM
from tests.browser.conftest import Witness

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
WIDTHS = {1280: 800, 320: 640}


def _violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [f"{v['id']}: {node['html'][:200]}" for v in found for node in v["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_have_no_barriers(
    page: Page, places: dict[str, str], witness: Witness, width: int, theme: Any
) -> None:
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    problems = {}
    for name, url in places.items():
        page.goto(url)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if found := _violations(page) + [f"{overflow} px too wide"] * (overflow > 0):
            problems[name] = found
    assert problems == {}


def test_troubled_pages_have_no_barriers(
    page: Page, places: dict[str, str], witness: Witness, now: Any
) -> None:
    """A suspended process, a meeting called off, a list without meetings, and a lost page."""
    meeting = Meeting.objects.get(pk=places["meeting"].split("/")[-2])
    actions.cancel(meeting_id=meeting.pk, reason="Wasserschaden", by=SYSTEM, now=now)
    process = meeting.process
    from process.plan.actions import suspend

    suspend(
        process_id=process.pk,
        reason="Kontaktbeschränkungen",
        postpone_meetings=True,
        by=SYSTEM,
        now=now,
    )
    page.set_viewport_size({"width": 320, "height": 640})
    problems = {}
    troubled = ("process", "meeting", "meetings")
    urls = {name: places[name] for name in troubled} | {"none": places["meetings"] + "?group=rat"}
    for name, url in urls.items():
        page.goto(url)
        if found := _violations(page):
            problems[name] = found
    assert problems == {}
    page.goto(places["process"] + "nope/")
    assert _violations(page) == []
    # The browser itself notes the 404 in the console.
    witness.complaints = [text for text in witness.complaints if "404" not in text]


def test_larger_spacing_of_text_hides_nothing(
    page: Page, places: dict[str, str], witness: Witness
) -> None:
    """WCAG 1.4.12: with its spacing nothing may be cut off."""
    page.set_viewport_size({"width": 320, "height": 640})
    for name in ("process", "meetings", "field"):
        page.goto(places[name])
        cut = page.evaluate(
            """() => {
                for (const element of document.querySelectorAll("main *")) {
                    element.style.lineHeight = "1.5";
                    element.style.letterSpacing = "0.12em";
                    element.style.wordSpacing = "0.16em";
                }
                return document.documentElement.scrollWidth - innerWidth;
            }"""
        )
        assert cut <= 0, name

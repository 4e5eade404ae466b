"""A citizen finds the next meeting and subscribes to the calendar."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

# What has the focus; the browser takes some frames to scroll there. Links that cover their card
# draw the ring around it.
FOCUS = """async () => {
    const element = document.activeElement;
    const shown = () => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    };
    for (let left = 60; left > 0 && !shown(); left -= 1) await new Promise(requestAnimationFrame);
    const ringed = [null, "::after"].some((part) => {
        const style = getComputedStyle(element, part);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
    const inside = element !== document.body;
    return {inside, visible: shown() && ringed, html: element.outerHTML.slice(0, 200)};
}"""


@pytest.mark.usefixtures("witness")
def test_citizen_finds_a_meeting_and_subscribes(page: Page, town: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(town)
    page.get_by_role("link", name="Lokaler Integrationsplan 2.0").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lokaler Integrationsplan 2.0")

    page.get_by_role("link", name="Jugend", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jugend")
    expect(page.get_by_text("N.n.")).to_have_count(1)

    page.get_by_role("link", name="Monatskalender").first.click()
    page.get_by_role("link", name="Folgemonat").click()
    page.locator(".month__event").first.click()
    expect(page.get_by_role("link", name="In den Kalender eintragen")).to_have_attribute(
        "href", re.compile(r"^/calendar/meetings/[0-9a-f-]{36}\.ics$")
    )

    page.get_by_role("button", name="Kopieren").click()
    expect(page.get_by_role("status")).to_have_text("Adresse kopiert.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{town}/calendar/lip-2-0/groups/")
    answer = page.request.get(copied)
    assert answer.ok
    assert answer.text().startswith("BEGIN:VCALENDAR")


@pytest.mark.usefixtures("witness")
def test_citizen_changes_the_language_and_stays_on_the_page(
    page: Page, places: dict[str, str]
) -> None:
    page.goto(places["field"] + "#subscribe")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Soziales")
    page.get_by_role("link", name="Teilhabe").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.usefixtures("witness")
def test_everything_is_reached_by_keyboard(page: Page, places: dict[str, str]) -> None:
    page.goto(places["meetings"])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt springen")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    wanted = page.locator("a[href], button:visible, input:visible, select, summary").count()
    reached = []
    while (focused := page.evaluate(FOCUS))["inside"]:
        assert focused["visible"], f"focus is not visible on {focused['html']}"
        reached.append(focused["html"])
        page.keyboard.press("Tab")
    assert len(reached) == wanted

    page.goto(places["process"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_everything_works_without_scripts(browser: Browser, places: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(places["meetings"])
    page.get_by_label("Handlungsfeld").select_option("Jugend")
    page.get_by_role("button", name="Filtern").click()
    expect(page.locator(".meeting").first).to_be_visible()
    expect(page.locator(".meeting .field-tag")).to_have_text(
        ["Jugend"] * page.locator(".meeting").count()
    )
    expect(page.get_by_role("button", name="Kopieren")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Adresse zum Kopieren")).to_have_value(
        re.compile(r"jugend\.ics$")
    )
    assert context.cookies() == []
    context.close()

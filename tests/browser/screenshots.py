"""Take the screenshots of the README from a running server with the demo loaded.

python -m tests.browser.screenshots http://localhost:8000
"""

import shutil
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

TARGET = Path(__file__).parents[2] / "docs" / "screenshots"
PAGES = {"home": "/", "field": "/lip-2-0/fields/bildung/"}
WIDTHS = {1280: 860, 320: 700}
THEMES = ("light", "dark")


def main(server: str) -> None:
    """Take each page at each width in each theme."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        for (name, path), width, theme in product(PAGES.items(), WIDTHS, THEMES):
            _take(browser, server.rstrip("/") + path, f"{name}-{width}-{theme}.png", width, theme)
        browser.close()


def _take(browser: Browser, url: str, file: str, width: int, theme: str) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": WIDTHS[width]}, color_scheme=theme, locale="de-DE"
    )
    page.goto(url)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=TARGET / file, animations="disabled")
    page.close()


if __name__ == "__main__":
    main(sys.argv[1])

"""The back office works under the same strict content security policy."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Witness
from tests.factories import people


@pytest.fixture
def keeper(town: str) -> tuple[str, str]:
    """E-mail address and password of an administrator."""
    user = people.user(administrator=True)
    user.set_password("ein langes Kennwort 2026")
    user.save()
    return user.email, "ein langes Kennwort 2026"


def test_keeper_looks_at_the_journal(page: Page, town: str, keeper: tuple[str, str]) -> None:
    noted = Witness(page, town)
    page.goto(f"{town}/admin/")
    page.get_by_label("E-Mail-Adresse").fill(keeper[0])
    page.get_by_label("Passwort").fill(keeper[1])
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verwaltung der Installation")
    page.get_by_role("link", name="Protokolleinträge").first.click()
    expect(page.locator("#result_list tbody tr").first).to_be_visible()
    page.goto(f"{town}/admin/process/delivery/")
    expect(page.get_by_label("Aktion:").locator("option")).to_contain_text(["erneut zustellen"])
    page.goto(f"{town}/admin/process/user/add/")
    expect(page.get_by_label("E-Mail-Adresse")).to_be_editable()
    assert noted.complaints == []
    assert noted.strangers == []

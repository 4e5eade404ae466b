"""The reference, in a browser that can reach nothing but us."""

import shutil
import subprocess

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ALONE = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


def look(url, folder):
    """Return the page as the browser has built it, and what it complained of."""
    run = subprocess.run(
        [
            CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            f"--user-data-dir={folder}", f"--host-resolver-rules={ALONE}",
            "--enable-logging=stderr", "--virtual-time-budget=20000", "--dump-dom", url,
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return run.stdout, [line for line in run.stderr.splitlines() if "CONSOLE" in line]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.django_db(transaction=True)
def test_it_is_drawn_under_our_content_policy(live_server, tmp_path):
    page, complaints = look(f"{live_server.url}/api/v1/docs/", tmp_path)

    assert complaints == []
    assert 'id="operations-tag-meetings"' in page
    assert "meetings_list" in page

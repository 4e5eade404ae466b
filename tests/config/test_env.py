"""A bad configuration is refused at the start, with the name of the key."""

import os
import re
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.env import ROOT

# env.str("KEY", rate("KEY", environ.setdefault("KEY", ${KEY:-default}
READ = re.compile(
    r"""(?:\benv(?:\.\w+)?\(|\brate\(|environ\.setdefault\()\s*["']([A-Z][A-Z0-9_]+)["']|\$\{([A-Z][A-Z0-9_]+)"""
)
OF_THE_IMAGE = {"PATH", "PYTHON"}
LONG = "0123456789" * 5
PRODUCTION = {
    "SECRET_KEY": LONG,
    "ALLOWED_HOSTS": "lip.example.org",
    "SITE_URL": "https://lip.example.org",
    "DATABASE_URL": "postgres://db/teilhabe",
    "CACHE_URL": "redis://redis/1",
    "BROKER_URL": "redis://redis/0",
}


@pytest.mark.parametrize(
    "address",
    [
        "lip.example.org",
        "ftp://lip.example.org",
        "https://",
        "https://a.org/lip",
        "https://a.org?x=1",
    ],
)
def test_a_bad_site_url_is_refused(monkeypatch, address):
    monkeypatch.setenv("SITE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        env.site_url("http://localhost")


def test_a_site_url_loses_its_trailing_slash(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://lip.example.org/")
    assert env.site_url("http://localhost") == "https://lip.example.org"


@pytest.mark.parametrize("secret", ["", "short", "change-me-" + LONG])
def test_a_weak_secret_is_refused(monkeypatch, secret):
    monkeypatch.setenv("SECRET_KEY", secret)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        env.required_secret()


def test_a_missing_secret_is_made_once_and_kept_private(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    made = env.stored_secret(tmp_path)

    assert len(made) >= 50
    assert env.stored_secret(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize("rate", ["fast", "10", "10/year", "/min", "-1/min"])
def test_a_bad_rate_is_refused(monkeypatch, rate):
    monkeypatch.setenv("THROTTLE_ADDRESS", rate)
    with pytest.raises(ImproperlyConfigured, match="THROTTLE_ADDRESS"):
        env.rate("THROTTLE_ADDRESS", "600/min")


@pytest.mark.parametrize(("given", "rate"), [("5/s", "5/s"), ("7/min", "7/min"), ("off", None)])
def test_a_good_rate_passes_and_off_lifts_it(monkeypatch, given, rate):
    monkeypatch.setenv("THROTTLE_ADDRESS", given)
    assert env.rate("THROTTLE_ADDRESS", "600/min") == rate


def test_a_data_folder_that_cannot_be_made_is_refused(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "var"))
    with pytest.raises(ImproperlyConfigured, match="DATA_DIR"):
        env.data_dir()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", "http://lip.example.org"),
        ("DATABASE_URL", None),
    ],
)
def test_production_refuses_what_is_missing_or_unsafe(tmp_path, key, value):
    given = os.environ | PRODUCTION | {"DATA_DIR": str(tmp_path), key: value}
    started = subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        cwd=ROOT,
        env={name: text for name, text in given.items() if text is not None},
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 1
    assert f"ImproperlyConfigured: {key}" in started.stderr or f"the {key}" in started.stderr


def test_production_passes_the_deployment_check(tmp_path):
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.production", "DATA_DIR": str(tmp_path)}
    # What the browser's tests set for themselves has no place in production.
    mine = {name: text for name, text in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    checked = subprocess.run(
        command,
        cwd=ROOT,
        env=mine | PRODUCTION | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_the_example_names_every_key_that_is_read_and_no_other():
    sources = [
        *(ROOT / "config").rglob("*.py"),
        *(ROOT / "docker").glob("*.*"),
        ROOT / "docker" / "Dockerfile",
    ]
    read = {
        key
        for source in sources
        for found in READ.findall(source.read_text())
        for key in found
        if key
    }
    example = (ROOT / ".env.example").read_text()

    assert set(re.findall(r"^#([A-Z0-9_]+)=", example, re.MULTILINE)) == read - OF_THE_IMAGE

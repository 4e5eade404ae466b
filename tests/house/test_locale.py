"""The English translation is complete, and what is compiled is what is written."""

import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from config.env import ROOT

CATALOGUE = ROOT / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
SPOKEN = ("api", "config", "meetings", "process", "web")
Key = tuple[str | None, str, str]


def _key(entry: polib.POEntry | polib.MOEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def _keys(catalogue: Path) -> set[Key]:
    return {_key(entry) for entry in polib.pofile(str(catalogue)) if not entry.obsolete}


def test_every_message_has_its_english() -> None:
    entries = list(polib.pofile(str(CATALOGUE)))
    assert [_key(e) for e in entries if e.obsolete or e.fuzzy or not e.translated()] == []


def test_compiled_catalogue_is_fresh() -> None:
    def said(entries: polib.POFile | polib.MOFile) -> dict[Key, tuple[str, dict[int, str]]]:
        return {_key(e): (e.msgstr, e.msgstr_plural) for e in entries}

    written = polib.pofile(str(CATALOGUE))
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert said(compiled) == said(written)


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
def test_no_message_is_missing(tmp_path: Path) -> None:
    """Gather the messages anew from a copy of the sources."""
    for package in SPOKEN:
        left_out = shutil.ignore_patterns("locale", "static", "__pycache__", "migrations")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=left_out)
    shutil.copy(ROOT / "manage.py", tmp_path)
    fresh = tmp_path / CATALOGUE.relative_to(ROOT)
    fresh.parent.mkdir(parents=True)
    command = [sys.executable, "manage.py", "makemessages", "-l", "en", "--no-location"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert _keys(CATALOGUE) == _keys(fresh)

"""What the code draws of itself is fresh, and nothing in the tree betrays where it was written."""

import re

import pytest
from django.core.management import CommandError, call_command

from tests.house.tree import ROOT, tracked

TEXTUAL = {".py", ".md", ".html", ".css", ".js", ".yaml", ".yml", ".toml", ".txt", ".in", ".sh"}
TEXTUAL |= {".json", ".po", ".mjs", ""}
# Put together here, so that this file does not find itself.
FOREIGN = [
    r"/(?:home|root|work|Users)/" + r"[a-z]",
    "registry" + r"\.npmjs",
    "files" + r"\.pythonhosted",
    "pypi" + r"\.org",
    r"deb\." + "debian",
]


@pytest.mark.parametrize("command", ["draw_states", "draw_access", "draw_openapi"])
def test_drawn_documents_are_fresh(command):
    call_command(command, check=True)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_stale_document_is_noticed(monkeypatch, tmp_path, settings):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "states.md").write_text("old")
    settings.BASE_DIR = tmp_path

    with pytest.raises(CommandError, match="stale"):
        call_command("draw_states", check=True)


def test_no_path_of_a_machine_and_no_registry_is_named():
    found = [
        f"{path}: {match[0]}"
        for path in tracked()
        if path.suffix in TEXTUAL and "vendor" not in path.parts
        for match in re.finditer("|".join(FOREIGN), (ROOT / path).read_text(errors="replace"))
    ]

    assert found == []

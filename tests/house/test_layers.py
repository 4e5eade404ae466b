"""Floors and rooms: who may import whom."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.house.tree import FLOORS, ROOT


def test_import_contracts_hold(monkeypatch):
    monkeypatch.chdir(ROOT)

    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


def test_the_top_level_is_as_it_was_laid_out():
    assert (ROOT / "manage.py").exists()
    folders = {*FLOORS, "tests", "requirements", "docker", "docs", "bench"}

    assert {name for name in folders if (ROOT / name).is_dir()} == folders

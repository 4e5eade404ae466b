"""Read the data of the seed: what the city published, our words for it, and invented demo data."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent
VACANT = "n.n."
"""How the source says that a seat exists and nobody sits on it (nomen nominandum)."""


@cache
def facts() -> dict[str, Any]:
    """Return what the city's page says."""
    return _read("lip-2020.yaml")


@cache
def words() -> dict[str, Any]:
    """Return addresses, colours and texts for the facts."""
    return _read("words.yaml")


@cache
def inventions() -> dict[str, Any]:
    """Return invented people, accounts, dates and contributions."""
    return _read("demo.yaml")


def field_words(name: str) -> dict[str, Any]:
    """Return our words for a field of action."""
    return words()["fields_of_action"][name]


def group_facts(name: str) -> dict[str, Any]:
    """Return what the source says beside about an expert group; empty for most."""
    mine = [row for row in facts()["group_facts"] if row["group"] == name]
    return {key: value for row in mine for key, value in row.items()}


def is_unnamed(name: str) -> bool:
    """Tell whether a name is one that we put in place of an occupant whom the source names not."""
    patterns = (re.escape(pattern) for pattern in words()["unnamed"].values())
    return any(re.fullmatch(re.sub(r"\\{\w+\\}", ".+", pattern), name) for pattern in patterns)


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))

"""Draw the law of all rooms as tables."""

import re
from typing import Any

from rules.predicates import Predicate

from process.base import access
from process.base.rooms import modules
from process.management.drawing import DrawingCommand

_NAME = re.compile(r"[a-z_]+")


class Command(DrawingCommand):
    """Draw docs/access.md."""

    help = "Draw docs/access.md from the access tables in the code."
    document = "access.md"

    def draw(self) -> str:
        """Return one table a noun: act, and who may."""
        words = _words()
        lines = [
            "# Who may what",
            "",
            "Drawn from the access tables in the code (`make docs`). What somebody may *see* is",
            "decided by `visible_to` of each queryset; a stranger's object does not exist for him.",
        ]
        for noun, table in sorted(access.tables().items()):
            lines += ["", f"## {noun}", "", "| act | who |", "| --- | --- |"]
            lines += [f"| `{act}` | {_who(predicate, words)} |" for act, predicate in table.items()]
        return "\n".join(lines) + "\n"


def _words() -> dict[str, str]:
    """Return what each predicate's docstring says, by its name."""
    places: list[Any] = [access, *modules("access")]
    return {
        found.name: (found.__doc__ or "").strip().rstrip(".")
        for place in places
        for found in vars(place).values()
        if isinstance(found, Predicate) and _NAME.fullmatch(found.name)
    }


def _who(predicate: Predicate, words: dict[str, str]) -> str:
    names = dict.fromkeys(_NAME.findall(predicate.name))
    joint = " and " if "&" in predicate.name else "; "
    return joint.join(words[name] for name in names)

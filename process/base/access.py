"""The law engine: each room registers a table, act -> who may; the `rules` library reads it."""

from collections.abc import Mapping
from typing import Any

import rules
from django.utils.translation import gettext as _

from process.base.errors import NotAllowed


class System:
    """The actor of timetables and loaders: it may do everything and is named as such."""

    pk = None
    is_authenticated = False
    is_superuser = False

    def __str__(self) -> str:
        return "system"


SYSTEM = System()
_tables: dict[str, Mapping[str, Any]] = {}


def register(noun: str, table: Mapping[str, Any]) -> None:
    """Put the law of one noun in force: `{act: predicate(user, object)}`."""
    _tables[noun] = table
    for act, predicate in table.items():
        rules.add_perm(str(act), predicate)


def tables() -> Mapping[str, Mapping[str, Any]]:
    """Return every registered table, noun -> act -> predicate."""
    return _tables


def may(user: Any, act: str, subject: Any) -> bool:
    """Tell whether the user may do this act to this subject; an unknown act is nobody's."""
    if user is SYSTEM:
        return True
    if user is None or not user.is_authenticated or not rules.perm_exists(str(act)):
        return False
    return rules.has_perm(str(act), user, subject)


def require(user: Any, act: str, subject: Any) -> None:
    """Raise NotAllowed unless the user may do this act to this subject."""
    if not may(user, act, subject):
        raise NotAllowed(_("Dafür fehlt Ihnen die Berechtigung."))


@rules.predicate
def is_administrator(user: Any, _subject: Any = None) -> bool:
    """Administrators."""
    return bool(user.is_superuser)

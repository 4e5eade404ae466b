"""The law engine."""

from types import SimpleNamespace
from typing import Any

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from process.base import access
from process.base.errors import NotAllowed
from tests.evidence import refused  # noqa: F401  (imports the whole law)

OWNER = SimpleNamespace(is_authenticated=True, is_superuser=False, name="owner")
OTHER = SimpleNamespace(is_authenticated=True, is_superuser=False, name="other")
ROOT = SimpleNamespace(is_authenticated=True, is_superuser=True, name="root")


@pytest.fixture
def law() -> Any:
    """A law for one test."""
    owns = rules.predicate(lambda user, thing: thing == user.name)
    access.register("test_thing", {"test_thing.use": owns | access.is_administrator})
    yield
    rules.remove_perm("test_thing.use")
    access._tables.pop("test_thing")


@pytest.mark.usefixtures("law")
def test_the_table_decides() -> None:
    assert access.may(OWNER, "test_thing.use", "owner")
    assert not access.may(OTHER, "test_thing.use", "owner")
    assert access.may(ROOT, "test_thing.use", "owner")


@pytest.mark.usefixtures("law")
@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_nobody_in_particular_may_nothing(nobody: Any) -> None:
    assert not access.may(nobody, "test_thing.use", "owner")


@pytest.mark.usefixtures("law")
def test_the_system_may_everything_and_has_a_name() -> None:
    assert access.may(access.SYSTEM, "test_thing.use", "owner")
    assert str(access.SYSTEM) == "system"


def test_an_unknown_act_is_nobodys() -> None:
    assert not access.may(ROOT, "test_thing.never_registered", "owner")


@pytest.mark.usefixtures("law")
def test_require_refuses() -> None:
    access.require(OWNER, "test_thing.use", "owner")
    with pytest.raises(NotAllowed) as refusal:
        access.require(OTHER, "test_thing.use", "owner")
    assert refusal.value.code == "not_allowed"


@pytest.mark.usefixtures("law")
def test_a_law_is_in_force_once() -> None:
    with pytest.raises(KeyError):
        access.register("test_thing", {"test_thing.use": rules.always_allow})
    assert not access.may(OTHER, "test_thing.use", "owner")


def test_every_act_of_every_room_stands_in_its_table() -> None:
    for noun, table in access.tables().items():
        for act in table:
            assert rules.perm_exists(str(act)), (noun, act)

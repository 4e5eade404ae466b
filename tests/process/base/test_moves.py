"""The state engine."""

from types import SimpleNamespace

import pytest

from process.base.errors import WrongState
from process.base.moves import Move, StateTable

DOOR = StateTable(
    "door",
    Move("open", ("shut",), "open"),
    Move("shut", ("open",), "shut"),
    Move("lock", ("shut",), "locked", guard=lambda door: door.has_key),
    Move("lock", ("open",), "open"),
)


def door(state: str, *, has_key: bool = False) -> SimpleNamespace:
    return SimpleNamespace(state=state, has_key=has_key)


def test_a_move_leads_on_and_tells_where_from() -> None:
    subject = door("shut")

    assert DOOR.advance(subject, "open") == "shut"
    assert subject.state == "open"


@pytest.mark.parametrize(("state", "verb"), [("open", "open"), ("locked", "shut"), ("shut", "fly")])
def test_a_move_that_leads_nowhere_changes_nothing(state: str, verb: str) -> None:
    subject = door(state)

    with pytest.raises(WrongState) as refusal:
        DOOR.advance(subject, verb)

    assert subject.state == state
    assert verb in refusal.value.detail
    assert refusal.value.code == "wrong_state"


def test_a_guard_decides() -> None:
    with pytest.raises(WrongState):
        DOOR.advance(door("shut"), "lock")

    subject = door("shut", has_key=True)
    DOOR.advance(subject, "lock")
    assert subject.state == "locked"


def test_a_verb_may_mean_different_moves_by_state() -> None:
    assert DOOR.find(door("shut", has_key=True), "lock").target == "locked"
    assert DOOR.find(door("open"), "lock").target == "open"


def test_open_moves_are_offered_once_in_order() -> None:
    assert DOOR.open(door("shut", has_key=True)) == ("open", "lock")
    assert DOOR.open(door("shut")) == ("open",)
    assert DOOR.open(door("locked")) == ()
    assert DOOR.verbs == ("open", "shut", "lock")


def test_every_arrow_can_be_drawn() -> None:
    assert ("shut", "lock [guard]", "locked") in set(DOOR.arrows())
    assert len(list(DOOR.arrows())) == 4


def test_another_field_may_hold_the_state() -> None:
    lamp = StateTable("lamp", Move("light", ("off",), "on"), field="glow")
    subject = SimpleNamespace(glow="off")

    lamp.advance(subject, "light")

    assert subject.glow == "on"

"""The law of dialogue rounds."""

from enum import StrEnum
from typing import Any

import rules

from process.base.access import is_administrator, register
from process.plan.access import coordinated, in_charge_of_process


class Act(StrEnum):
    """What can be done to rounds and topics."""

    HOLD = "dialogue_round.hold"
    ADD_TOPIC = "topic.add"
    EDIT_TOPIC = "topic.edit"
    REMOVE_TOPIC = "topic.remove"


@rules.predicate
def coordinates_topic(user: Any, topic: Any) -> bool:
    """Coordinators of its process."""
    return topic.round.process_id in coordinated(user)


in_charge_of_topic = coordinates_topic | is_administrator

register("dialogue_round", {Act.HOLD: in_charge_of_process})
register(
    "topic",
    {
        Act.ADD_TOPIC: in_charge_of_topic,
        Act.EDIT_TOPIC: in_charge_of_topic,
        Act.REMOVE_TOPIC: in_charge_of_topic,
    },
)

"""The law of the plan."""

from enum import StrEnum
from typing import Any

import rules

from process.base.access import is_administrator, register
from process.plan.models import Coordinator


class Act(StrEnum):
    """What can be done to a process and its parts."""

    FOUND = "process.found"
    EDIT = "process.edit"
    PUBLISH = "process.publish"
    RENAME = "process.rename"
    START = "process.start"
    SUSPEND = "process.suspend"
    RESUME = "process.resume"
    CONCLUDE = "process.conclude"
    APPOINT = "process.appoint"
    OPEN_PHASE = "phase.open"
    CLOSE_PHASE = "phase.close"
    EDIT_PHASE = "phase.edit"
    SET_MILESTONE = "milestone.set"
    ADD_FIELD = "field_of_action.add"
    EDIT_FIELD = "field_of_action.edit"
    REORDER_FIELD = "field_of_action.reorder"


def coordinated(user: Any) -> frozenset[Any]:
    """Return the ids of the processes that the user coordinates; read once a request."""
    known = getattr(user, "_coordinated", None)
    if known is None:
        ids = Coordinator.objects.filter(user=user).values_list("process_id", flat=True)
        known = user._coordinated = frozenset(ids)
    return known


@rules.predicate
def coordinates(user: Any, process: Any) -> bool:
    """Coordinators of the process."""
    return process.pk in coordinated(user)


@rules.predicate
def coordinates_process_of(user: Any, part: Any) -> bool:
    """Coordinators of its process."""
    return part.process_id in coordinated(user)


in_charge = coordinates | is_administrator
in_charge_of_process = coordinates_process_of | is_administrator

register(
    "process",
    {
        Act.FOUND: is_administrator,
        Act.EDIT: in_charge,
        Act.PUBLISH: in_charge,
        Act.RENAME: in_charge,
        Act.START: in_charge,
        Act.SUSPEND: in_charge,
        Act.RESUME: in_charge,
        Act.CONCLUDE: in_charge,
        Act.APPOINT: is_administrator,
    },
)
register(
    "phase",
    {
        Act.OPEN_PHASE: in_charge_of_process,
        Act.CLOSE_PHASE: in_charge_of_process,
        Act.EDIT_PHASE: in_charge_of_process,
    },
)
register("milestone", {Act.SET_MILESTONE: in_charge_of_process})
register(
    "field_of_action",
    {
        Act.ADD_FIELD: in_charge_of_process,
        Act.EDIT_FIELD: in_charge_of_process,
        Act.REORDER_FIELD: in_charge_of_process,
    },
)

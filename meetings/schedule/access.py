"""The law of the schedule."""

from enum import StrEnum
from typing import Any

import rules

from process.base.access import is_administrator, register
from process.groups.access import sits_in
from process.groups.vocab import SeatRole
from process.plan.access import coordinates_process_of


class Act(StrEnum):
    """What can be done to locations, series and meetings."""

    ADD_LOCATION = "location.add"
    EDIT_LOCATION = "location.edit"
    START_SERIES = "series.start"
    REVISE_SERIES = "series.revise"
    SPLIT_SERIES = "series.split"
    END_SERIES = "series.end"
    CALL = "meeting.call"
    EDIT = "meeting.edit"
    PLAN = "meeting.plan"
    MOVE = "meeting.move"
    POSTPONE = "meeting.postpone"
    CANCEL = "meeting.cancel"
    BEGIN = "meeting.begin"
    HOLD = "meeting.hold"
    CLOSE = "meeting.close"
    PUBLISH = "meeting.publish"
    WITHDRAW = "meeting.withdraw"
    DISCARD = "meeting.discard"


@rules.predicate
def is_secretary_of_group(user: Any, part: Any) -> bool:
    """Secretaries of its group."""
    return sits_in(user, part.group_id, SeatRole.SECRETARY)


runs_process = coordinates_process_of | is_administrator
runs_meeting = coordinates_process_of | is_secretary_of_group | is_administrator

register("location", {Act.ADD_LOCATION: runs_process, Act.EDIT_LOCATION: runs_process})
register(
    "series",
    {
        Act.START_SERIES: runs_meeting,
        Act.REVISE_SERIES: runs_meeting,
        Act.SPLIT_SERIES: runs_meeting,
        Act.END_SERIES: runs_meeting,
    },
)
register(
    "meeting",
    {
        Act.CALL: runs_meeting,
        Act.EDIT: runs_meeting,
        Act.PLAN: runs_meeting,
        Act.MOVE: runs_meeting,
        Act.POSTPONE: runs_meeting,
        Act.CANCEL: runs_meeting,
        Act.BEGIN: runs_meeting,
        Act.HOLD: runs_meeting,
        Act.CLOSE: runs_meeting,
        Act.PUBLISH: runs_process,
        Act.WITHDRAW: runs_process,
        Act.DISCARD: runs_meeting,
    },
)

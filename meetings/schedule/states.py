"""The states of a meeting, of its publicity, and of a series."""

from meetings.schedule.vocab import MeetingState as State
from meetings.schedule.vocab import SeriesState, Visibility
from process.base.moves import Move, StateTable

MEETING = StateTable(
    "meeting",
    Move("plan", (State.DRAFT,), State.PLANNED),
    Move("move", (State.DRAFT,), State.DRAFT),
    Move("move", (State.PLANNED, State.POSTPONED), State.PLANNED),
    Move("postpone", (State.PLANNED,), State.POSTPONED),
    Move("cancel", (State.PLANNED, State.POSTPONED), State.CANCELLED),
    Move("begin", (State.PLANNED,), State.RUNNING),
    Move("hold", (State.PLANNED, State.RUNNING), State.HELD),
    Move("close", (State.HELD,), State.CLOSED),
)

PUBLICITY = StateTable(
    "publicity",
    Move("publish", (Visibility.MEMBERS,), Visibility.PUBLIC),
    Move("withdraw", (Visibility.PUBLIC,), Visibility.MEMBERS),
    field="visibility",
)

SERIES = StateTable(
    "series",
    Move("split", (SeriesState.ACTIVE,), SeriesState.ENDED),
    Move("end", (SeriesState.ACTIVE,), SeriesState.ENDED),
)

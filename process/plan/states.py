"""The states of a process and of a phase."""

from process.base.moves import Move, StateTable
from process.plan.vocab import PhaseState, Status

PROCESS = StateTable(
    "process",
    Move("start", (Status.PREPARED,), Status.RUNNING),
    Move("suspend", (Status.RUNNING,), Status.SUSPENDED),
    Move("resume", (Status.SUSPENDED,), Status.RUNNING),
    Move("conclude", (Status.RUNNING,), Status.CONCLUDED),
    field="status",
)

PHASE = StateTable(
    "phase",
    Move("open", (PhaseState.PLANNED, PhaseState.CLOSED), PhaseState.OPEN),
    Move("close", (PhaseState.OPEN,), PhaseState.CLOSED),
)

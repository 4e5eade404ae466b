"""What can happen to a seat; where it stands is derived from its occupancies."""

from process.base.moves import Move, StateTable
from process.groups.vocab import Standing

SEAT = StateTable(
    "seat",
    Move("fill", (Standing.VACANT,), Standing.OCCUPIED),
    Move("vacate", (Standing.OCCUPIED,), Standing.VACANT),
    field="standing",
)

"""Seats as pages show them: a name, a seat whose name is not published, or "N.n."."""

from collections.abc import Iterable
from typing import Any

from process.groups.access import sees_names
from process.groups.models import Seat
from process.groups.vocab import SPEAKERS, SeatRole, Side

Row = dict[str, Any]
SIDES = {
    "administration": Side.ADMINISTRATION,
    "civil_society": Side.CIVIL_SOCIETY,
    "other": Side.OTHER,
}
BENCH = (SeatRole.ADVISER, *SPEAKERS)


def row(seat: Any, *, all_names: bool) -> Row:
    """Show one seat, loaded by `seat_plan_for`."""
    vacant = seat.publishes_name is None
    named = not vacant and (all_names or seat.publishes_name)
    return {
        "role_label": str(seat),
        "person_name": seat.person_name if named else None,
        "organisation": seat.organisation if named else "",
        "vacant": vacant,
        "unnamed": not vacant and not named,
        "side_label": "" if seat.side == Side.OTHER else seat.get_side_display(),
        "delegated_by": seat.delegated_by.name if seat.delegated_by else "",
        "count": 1,
    }


def bench(seats: Iterable[Seat], user: Any) -> dict[str, list[Row]]:
    """Show whom to turn to in a field of action: its advisers and speakers."""
    ordered = sorted(
        (seat for seat in seats if seat.role in BENCH), key=lambda seat: BENCH.index(seat.role)
    )
    shown = [(seat, row(seat, all_names=sees_names(user, seat.group))) for seat in ordered]
    for _seat, line in shown:
        line["side_label"] = ""  # the role says it already
    return {
        "advisers": [line for seat, line in shown if seat.role == SeatRole.ADVISER],
        "speakers": [line for seat, line in shown if seat.role in SPEAKERS],
    }


def roles(seats: Iterable[Seat], *, all_names: bool) -> list[Row]:
    """Gather the seats of a group by role; seats that read the same become one with a count."""
    gathered: dict[str, list[Row]] = {}
    for seat in seats:
        lines = gathered.setdefault(seat.get_role_display(), [])
        line = row(seat, all_names=all_names)
        same = next((known for known in lines if _joins(known, line)), None)
        if same:
            same["count"] += 1
        else:
            lines.append(line)
    return [{"label": label, "seats": lines} for label, lines in gathered.items()]


def parity(seats: Iterable[Seat]) -> dict[str, int]:
    """Count the seats by side, the occupied and the vacant ones."""
    seats = list(seats)
    counts = {"seats": len(seats), "vacancies": vacancies(seats)}
    for name, side in SIDES.items():
        mine = [seat for seat in seats if seat.side == side]
        counts[f"vacant_{name}"] = vacancies(mine)
        counts[name] = len(mine) - counts[f"vacant_{name}"]
    return counts


def vacancies(seats: Iterable[Any]) -> int:
    """Count the seats on which nobody sits."""
    return sum(seat.publishes_name is None for seat in seats)


def _joins(known: Row, line: Row) -> bool:
    if known["person_name"] or line["person_name"]:
        return False
    return all(known[key] == line[key] for key in line if key != "count")

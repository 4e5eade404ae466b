"""The state engine: transitions are data, so that they can be checked, offered and drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from process.base.errors import WrongState

Guard = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Move:
    """One verb that leads from any of `sources` to `target`, if `guard` (a predicate) agrees."""

    verb: str
    sources: tuple[str, ...]
    target: str
    guard: Guard | None = None

    def fits(self, subject: Any, state: str) -> bool:
        """Tell whether this move leads on from where the subject stands."""
        return state in self.sources and (self.guard is None or self.guard(subject))


class StateTable:
    """The moves of one noun, over the field that holds its state."""

    def __init__(self, noun: str, *moves: Move, field: str = "state") -> None:
        self.noun, self.moves, self.field = noun, moves, field

    @property
    def verbs(self) -> tuple[str, ...]:
        """All verbs, in the order of the table, each once."""
        return tuple(dict.fromkeys(move.verb for move in self.moves))

    def find(self, subject: Any, verb: str) -> Move | None:
        """Return the move that `verb` means for the subject now, or None."""
        state = getattr(subject, self.field)
        candidates = (move for move in self.moves if move.verb == verb)
        return next((move for move in candidates if move.fits(subject, state)), None)

    def open(self, subject: Any) -> tuple[str, ...]:
        """List the verbs that lead on from here."""
        return tuple(verb for verb in self.verbs if self.find(subject, verb))

    def advance(self, subject: Any, verb: str) -> str:
        """Set the new state on the subject (unsaved) and return the one before.

        Raises WrongState when the verb does not lead on from here.
        """
        move = self.find(subject, verb)
        before = getattr(subject, self.field)
        if move is None:
            raise WrongState(
                _("„%(verb)s“ ist im Zustand „%(state)s“ nicht möglich.")
                % {"verb": verb, "state": before}
            )
        setattr(subject, self.field, move.target)
        return before

    def arrows(self) -> Iterable[tuple[str, str, str]]:
        """Yield (source, verb, target) for every arrow of the diagram."""
        return (
            (source, move.verb + (" [guard]" if move.guard else ""), move.target)
            for move in self.moves
            for source in move.sources
        )

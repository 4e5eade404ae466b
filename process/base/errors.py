"""What can go wrong in a deed, in the words of the domain; the doors translate."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One complaint about one place in the input.

    `pointer` is an RFC 6901 JSON pointer into what was sent ("" = the whole).
    """

    pointer: str
    code: str
    detail: str


class DomainError(Exception):
    """A deed that was refused; nothing has been written."""

    code = "refused"

    def __init__(self, detail: str = "", *, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        if code:
            self.code = code


class Invalid(DomainError):
    """The input cannot be used; `faults` says where and why."""

    code = "invalid"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(str(fault.detail) for fault in self.faults))

    @classmethod
    def at(cls, pointer: str, detail: str, code: str = "invalid") -> "Invalid":
        """Complain about one place."""
        return cls([Fault(pointer, code, detail)])


class NotAllowed(DomainError):
    """The actor has no right to this act."""

    code = "not_allowed"


class WrongState(DomainError):
    """The object is not in a state from which this move leads on."""

    code = "wrong_state"


class Stale(DomainError):
    """The deed was based on an older revision; `current` is the object as it is now."""

    code = "stale"

    def __init__(self, current: Any, detail: str = "") -> None:
        super().__init__(detail)
        self.current = current

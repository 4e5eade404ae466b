"""Measure in pairs: A and B take turns, so that a noisy machine disturbs both alike."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter, thread_time
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

Work = Callable[[], Any]
TIMES = "\N{MULTIPLICATION SIGN}"
TO = "\N{EN DASH}"
CLOCKS = {"sqlite": thread_time, "postgresql": perf_counter}
"""SQLite works in this very thread: its own time does not count what others do to the machine."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `passes` is None for what is only reported."""

    work: str
    goal: str
    measured: str
    spread: str = ""
    passes: bool | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as long A took as B, over several rounds; `a` and `b` are in seconds."""

    rounds: tuple[float, ...]
    a: float
    b: float

    @property
    def middle(self) -> float:
        """The median of the rounds."""
        return median(self.rounds)

    @property
    def spread(self) -> str:
        """The least and the greatest round, and what one call took."""
        low, high = min(self.rounds), max(self.rounds)
        return f"{low:.2f}{TO}{high:.2f} ({span(self.a)} : {span(self.b)})"

    def at_most(self, work: str, limit: float) -> Figure:
        """Return the figure of a ratio that should be small."""
        passes = self.middle <= limit
        return Figure(
            work, f"≤ {limit:.3g} {TIMES}", f"{self.middle:.3g} {TIMES}", self.spread, passes
        )

    def at_least(self, work: str, limit: float) -> Figure:
        """Return the figure of how many times faster B is than A."""
        passes = self.middle >= limit
        return Figure(
            work, f"≥ {limit:.3g} {TIMES}", f"{self.middle:.3g} {TIMES}", self.spread, passes
        )

    def told(self, work: str) -> Figure:
        """Return a figure that is only reported."""
        return self._figure(work, "report", None)

    def _figure(self, work: str, goal: str, passes: bool | None) -> Figure:
        return Figure(work, goal, f"{self.middle:.3g} {TIMES}", self.spread, passes)


def compare(
    a: Work,
    b: Work,
    *,
    rounds: int,
    calls: int = 1,
    often: int = 1,
    before: Work = lambda: None,
    of: Callable[[list[float]], float] = median,
    clock: Callable[[], float] | None = None,
) -> Ratio:
    """Return time of A : time of B; in each round they take turns `calls` times.

    A turn of B is `often` calls, for what is too quick to be timed alone. `before` is called
    ahead of each turn and not measured. `of` makes one number of the turns of a round.
    """
    a()
    b()
    # As the server does when it starts: what is there already is no garbage and is not searched.
    gc.collect()
    gc.freeze()
    pairs = []
    for _ in range(rounds):
        took: tuple[list[float], list[float]] = ([], [])
        for _ in range(calls):
            for times, work, repeated in zip(took, (a, b), (1, often), strict=True):
                before()
                times.append(_mean(work, repeated, clock or CLOCKS[connection.vendor]))
        pairs.append((of(took[0]), of(took[1])))
    return Ratio(
        tuple(one / other for one, other in pairs),
        median(one for one, _other in pairs),
        median(other for _one, other in pairs),
    )


def p95(times: list[float]) -> float:
    """Return the time that nineteen of twenty keep."""
    return quantiles(times, n=20)[-1]


def queries(work: Work) -> int:
    """Count the statements that a piece of work sends to the database."""
    return len(_statements(work))


def kinds(work: Work) -> int:
    """Count its statements; the batches into which a long INSERT is cut count as one."""
    heads = [sql.partition("VALUES")[0] for sql in _statements(work)]
    pairs = zip(heads, ["", *heads], strict=False)
    return sum(head != before or not head.startswith("INSERT") for head, before in pairs)


def count(work: str, found: int, limit: int) -> Figure:
    """Return the figure of a count that should be small."""
    return Figure(work, f"≤ {limit}", str(found), "", found <= limit)


def span(seconds: float) -> str:
    """Write a duration with three digits."""
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def _statements(work: Work) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        work()
    return [one["sql"] for one in caught]


def _mean(work: Work, times: int, clock: Callable[[], float]) -> float:
    began = clock()
    for _ in range(times):
        work()
    return (clock() - began) / times

"""The table of the figures."""

import platform
from typing import TextIO

from django.db import connection

from bench.measure import TO, Figure

WIDTHS = (72, 9, 11)
WORDS = {True: "pass", False: "MISS", None: TO}


class Table:
    """Prints figures line by line and keeps them."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.figures: list[Figure] = []
        self.subject = ""

    def head(self) -> None:
        """Say what the columns are, and on what was measured."""
        connection.ensure_connection()
        version = ".".join(map(str, connection.get_database_version()))
        name = connection.display_name
        self._line(f"Python {platform.python_version()}, {name} {version}; A : B in one run")
        self._columns("figure", "goal", "median", "", f"min{TO}max (A : B)")

    def row(self, subject: str, figure: Figure) -> None:
        """Print one figure."""
        if subject != self.subject:
            self.subject = subject
            self._line(f"\n{subject}")
        self.figures.append(figure)
        self._columns(
            figure.work, figure.goal, figure.measured, WORDS[figure.passes], figure.spread
        )

    def foot(self) -> None:
        """Count what passes and what misses."""
        verdicts = [figure.passes for figure in self.figures]
        self._line(f"\n{verdicts.count(True)} pass, {verdicts.count(False)} miss")

    def _columns(self, work: str, goal: str, measured: str, verdict: str, spread: str) -> None:
        cells = (work.ljust(WIDTHS[0]), goal.rjust(WIDTHS[1]), measured.rjust(WIDTHS[2]))
        self._line(" ".join((*cells, verdict.ljust(4), spread)).rstrip())

    def _line(self, text: str) -> None:
        self.out.write(f"{text}\n")
        self.out.flush()

"""The benchmarks run, and say what they found; what they found is not asserted here."""

import subprocess
import sys

import pytest

from bench.measure import TIMES, Ratio, p95, span
from config.env import ROOT

SUBJECTS = ("lists", "feeds", "pages", "writes", "series", "outbox")


def test_the_benches_run_on_little_data() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", *SUBJECTS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )

    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if line in SUBJECTS] == list(SUBJECTS)
    assert " pass, " in lines[-1]


def test_an_unknown_subject_is_refused() -> None:
    command = [sys.executable, "-m", "bench", "nonsense"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nonsense" in done.stderr


@pytest.mark.parametrize(("limit", "passes"), [(1.9, False), (2.0, True), (2.1, True)])
def test_a_ratio_is_judged_by_its_median(limit: float, passes: bool) -> None:
    ratio = Ratio((1.0, 2.0, 9.0), a=0.004, b=0.002)
    figure = ratio.at_most("work", limit)
    assert figure.passes is passes
    assert figure.measured == f"2 {TIMES}"
    assert figure.spread.endswith("(4 ms : 2 ms)")


def test_the_slowest_of_many_is_the_tail() -> None:
    assert p95([1.0] * 38 + [5.0, 5.0]) == pytest.approx(4.8, abs=0.5)


@pytest.mark.parametrize(("seconds", "said"), [(2, "2 s"), (0.0125, "12.5 ms"), (3e-7, "300 ns")])
def test_durations_are_short(seconds: float, said: str) -> None:
    assert span(seconds) == said

"""What the tests of recurrence share: any rule that is let in, and what a refusal says."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from meetings.calendars.recurrence import Frequency
from process.base.errors import Invalid

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
thorough = settings(derandomize=True, deadline=None, max_examples=300)


def at(year: int, month: int, day: int, hour: int = 17, minute: int = 0) -> datetime:
    """Return a naive local time, at five in the afternoon unless told."""
    return datetime.combine(date(year, month, day), time(hour, minute))


def refusal(function: Callable[..., Any], *arguments: Any, **options: Any) -> tuple[str, str]:
    """Return pointer and code of the only complaint of a call."""
    with pytest.raises(Invalid) as caught:
        function(*arguments, **options)
    (fault,) = caught.value.faults
    assert fault.detail
    return fault.pointer, fault.code


@st.composite
def rule_texts(draw: st.DrawFn) -> str:
    """Draw a rule that is let in, its parts in any order."""
    frequency = draw(st.sampled_from(Frequency))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 52))}"]
    days = draw(st.lists(st.sampled_from(WEEKDAYS), unique=True, max_size=7))
    kind = draw(st.sampled_from(("none", "plain", "ordinal", "monthday")))
    if frequency == Frequency.MONTHLY and kind == "ordinal" and days:
        ordinals = st.sampled_from((1, 2, 3, 4, 5, -1, -2))
        days = sorted({f"{draw(ordinals)}{day}" for day in days})
        parts.append(f"BYDAY={','.join(days)}")
    elif frequency == Frequency.MONTHLY and kind == "monthday":
        numbers = st.sampled_from((*range(1, 32), -1))
        monthdays = draw(st.lists(numbers, unique=True, min_size=1, max_size=8))
        parts.append(f"BYMONTHDAY={','.join(map(str, monthdays))}")
    elif kind == "plain" and days:
        parts.append(f"BYDAY={','.join(days)}")
    end = draw(st.sampled_from(("", "COUNT", "UNTIL")))
    if end == "COUNT":
        parts.append(f"COUNT={draw(st.integers(1, 200))}")
    elif end == "UNTIL":
        parts.append(f"UNTIL={draw(st.dates(date(2024, 1, 1), date(2028, 12, 31))):%Y%m%d}")
    return ";".join(draw(st.permutations(parts)))

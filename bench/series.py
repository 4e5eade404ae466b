"""Series: bring forth a year, and put off everything that lies ahead."""

from collections.abc import Iterator
from datetime import time, timedelta
from time import perf_counter

from django.db import transaction
from django.utils import timezone

from bench.data import Scale
from bench.measure import Figure, Work, kinds, span
from bench.stage.databases import Stage
from meetings.schedule import series_actions, suspension
from meetings.schedule.models import Meeting, Series
from process.base.access import SYSTEM
from process.groups.models import Group
from process.plan.models import Process


class Undone(Exception):
    """Takes back what was measured."""


def figures(stage: Stage) -> Iterator[Figure]:
    """Measure starting a weekly series and suspending a process."""
    rows = 100 if stage.quick else 1_000
    stage.on(Scale(rows, processes=1, days=(1, 360), all_public=True))
    yield from _start(stage)
    found = {}
    for ahead in (rows // 10, rows):
        found[ahead] = _statements(lambda ahead=ahead: _suspend(ahead))
    (few, fewer), (many, most) = found.items()
    took = _time(lambda: _suspend(rows), stage)
    yield Figure(
        f"suspend: statements with {few:,} and with {many:,} meetings ahead",
        "equal", f"{fewer} and {most}", f"{many:,} in {span(took)}", fewer == most,
    )  # fmt: skip


def _start(stage: Stage) -> Iterator[Figure]:
    counts = [_statements(lambda rule=rule: _begin(rule)) for rule in ("MONTHLY", "WEEKLY")]
    took = _time(lambda: _begin("WEEKLY"), stage)
    yield Figure(
        "series: statements to start it, monthly and weekly for 12 months",
        "equal", f"{counts[0]} and {counts[1]}", f"weekly in {span(took)}", counts[0] == counts[1],
    )  # fmt: skip


def _begin(frequency: str) -> Series:
    day = timezone.now().date()
    return series_actions.start(
        group_id=Group.objects.all()[0].pk,
        title="Jour fixe",
        rrule=f"FREQ={frequency}" + (f";BYMONTHDAY={day.day}" if frequency == "MONTHLY" else ""),
        starts_on=day,
        starts_time=time(17),
        by=SYSTEM,
        now=timezone.now(),
    )


def _suspend(ahead: int) -> int:
    """Put off the latest so many meetings; returns how many."""
    pks = Meeting.objects.filter(state="planned").order_by("-starts_at").values("pk")[:ahead]
    since = Meeting.objects.filter(pk__in=list(pks.values_list("pk", flat=True)))
    first = since.order_by("starts_at")[0].starts_at - timedelta(seconds=1)
    process = Process.objects.get()
    return len(suspension.postpone_all(process_id=process.pk, reason="Pause", by=SYSTEM, now=first))


def _statements(work: Work) -> int:
    return kinds(lambda: _undone(work))


def _time(work: Work, stage: Stage) -> float:
    took = []
    for _ in range(stage.rounds):
        began = perf_counter()
        _undone(work)
        took.append(perf_counter() - began)
    return sorted(took)[len(took) // 2]


def _undone(work: Work) -> None:
    try:
        with transaction.atomic():
            work()
            raise Undone
    except Undone:
        pass

"""Calendars: unchanged ones, and one of a thousand meetings in which one has changed."""

from collections.abc import Iterator
from functools import partial
from itertools import count as numbers
from time import perf_counter

from django.core.cache import cache
from django.utils import timezone

from bench.data import Scale
from bench.measure import Figure, compare, count, queries
from bench.stage.callers import ask
from bench.stage.databases import Stage
from bench.stage.servers import served
from meetings.schedule import actions
from meetings.schedule.models import Meeting
from process.base.access import SYSTEM
from process.plan.models import Process


def figures(stage: Stage) -> Iterator[Figure]:
    """Measure the feed of a process."""
    rows = 100 if stage.quick else 1_000
    stage.on(Scale(rows, processes=1, days=(-80, 360), all_public=True))
    url = f"/calendar/{Process.objects.get().slug}.ics"
    first = ask(url)
    assert first.body.count(b"BEGIN:VEVENT") >= rows
    yield from _unchanged(url, first.headers["ETag"], rows, stage)
    yield from _changed(url, rows, stage)


def _unchanged(url: str, tag: str, rows: int, stage: Stage) -> Iterator[Figure]:
    def not_modified() -> None:
        assert ask(url, if_none_match=tag).status == 304

    def ours() -> bytes:
        return ask(url).body

    def theirs() -> bytes:
        return ask(f"/references{url}").body

    assert theirs().count(b"BEGIN:VEVENT") >= rows
    yield count(f"feed of {rows:,}, unchanged: queries of a 304", queries(not_modified), 1)
    yield from _served(url, rows, stage)
    ratio = compare(theirs, ours, rounds=stage.rounds, often=50)
    yield ratio.at_least(f"feed of {rows:,}, body: django-ical : ours", 500)
    ratio = compare(theirs, not_modified, rounds=stage.rounds, often=50)
    yield ratio.told(f"feed of {rows:,}, asked again: django-ical : ours (304)")


def _served(url: str, rows: int, stage: Stage) -> Iterator[Figure]:
    """Compare bodies with bytes that are simply there, over a socket and without one."""
    with served() as call:
        for way, asked in (("over gunicorn", call), ("without a socket", ask)):
            for encoding in ("identity", "gzip"):
                size = len(ask(url, accept_encoding=encoding).body)
                ratio = compare(
                    partial(asked, url, accept_encoding=encoding),
                    partial(asked, f"/references/bytes/{size}/"),
                    rounds=stage.rounds,
                    calls=50,
                    clock=perf_counter,
                )
                told = f"feed of {rows:,}, {encoding}: ours : constant {size // 1024} KB, {way}"
                yield ratio.at_most(told, 2) if asked is call else ratio.told(told)


def _changed(url: str, rows: int, stage: Stage) -> Iterator[Figure]:
    """Compare the first answer after a change with building every event anew."""
    meeting = Meeting.objects.filter(series__isnull=False, state="planned").first()
    title = (f"Geändert {number}" for number in numbers())

    def change() -> None:
        actions.edit(
            meeting_id=meeting.pk, rev=None, title=next(title), by=SYSTEM, now=timezone.now()
        )

    def everything() -> None:
        cache.clear()
        ask(url, accept_encoding="identity")

    def one() -> None:
        ask(url, accept_encoding="identity")

    ask(url)
    change()
    ratio = compare(everything, one, rounds=stage.rounds, calls=2, before=change)
    yield ratio.at_least(f"feed of {rows:,}: all events anew : one changed", 20)
    change()
    yield count(f"feed of {rows:,}: queries after one change", queries(one), 8)

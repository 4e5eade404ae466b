"""Writes: one PATCH beside the bare ORM, and beside a PATCH of Django REST framework."""

from collections.abc import Callable, Iterator
from itertools import count as numbers
from typing import Any

import orjson
from django.db import transaction
from django.utils import timezone

from bench.data import Scale, headers
from bench.measure import Figure, compare, count, queries
from bench.stage.callers import ask
from bench.stage.databases import Stage
from meetings.schedule import actions as schedule
from meetings.schedule.models import Meeting
from process.base.access import SYSTEM
from process.plan.models import Coordinator
from process.rounds import actions as rounds
from process.rounds.models import Topic

_number = numbers()
Edit = Callable[[str], Any]


def figures(stage: Stage) -> Iterator[Figure]:
    """Measure changing the title of a meeting and of a topic."""
    stage.on(Scale(stage.sizes[0]))
    process = Coordinator.objects.get().process
    meeting = Meeting.objects.filter(process=process, state="planned", visibility="public")[0]
    topic = Topic.objects.filter(round__process=process)[0]

    def edit_meeting(title: str) -> None:
        now = timezone.now()
        schedule.edit(meeting_id=meeting.pk, rev=None, title=title, by=SYSTEM, now=now)

    def edit_topic(title: str) -> None:
        now = timezone.now()
        rounds.edit_topic(topic_id=topic.pk, rev=None, title=title, by=SYSTEM, now=now)

    yield from _saving("meetings", meeting, edit_meeting, stage)
    yield from _saving("topics", topic, edit_topic, stage)


def _saving(noun: str, row: Any, edit: Edit, stage: Stage) -> Iterator[Figure]:
    kind = type(row)

    def bare() -> None:
        with transaction.atomic():
            found = kind.objects.select_for_update().get(pk=row.pk)
            found.title = f"Titel {next(_number)}"
            found.save()

    def deed() -> None:
        edit(f"Titel {next(_number)}")

    def ours() -> None:
        _patch(f"/api/v1/{noun}/{row.pk}/")

    def theirs() -> None:
        _patch(f"/references/written-{noun}/{row.pk}/")

    yield count(f"{noun}: statements of the deed with audit and news", queries(deed), 9)
    yield count(f"{noun}: statements of the whole PATCH", queries(ours), 16)
    ratio = compare(deed, bare, rounds=stage.rounds, calls=20)
    yield ratio.at_most(f"{noun}: deed with audit and news : bare get + save", 3)
    ratio = compare(ours, bare, rounds=stage.rounds, calls=20)
    yield ratio.told(f"{noun}: whole PATCH over HTTP : bare get + save")
    ratio = compare(ours, theirs, rounds=stage.rounds, calls=20)
    yield ratio.at_most(f"{noun}: PATCH : a bare get + save behind the same stack (DRF)", 3)


def _patch(url: str) -> None:
    body = orjson.dumps({"title": f"Titel {next(_number)}"})
    ask(url, "PATCH", body, if_match="*", **headers())

"""Lists of the API: what a page costs, beside Django REST framework, and how it grows."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import orjson
from django.contrib.auth import get_user_model

from api.pagination import Cursor
from bench.data import Scale, headers
from bench.measure import Figure, compare, count, p95, queries
from bench.stage.callers import ask
from bench.stage.databases import Stage
from meetings.schedule.queries import meetings_for
from process.rounds.queries import contributions_for

PAGE = 50
NOUNS: dict[str, tuple[Callable[[Any], Any], tuple[str, str]]] = {
    "meetings": (meetings_for, ("starts_at", "id")),
    "contributions": (contributions_for, ("received_at", "id")),
}


def figures(stage: Stage) -> Iterator[Figure]:
    """Measure the lists of meetings and of contributions."""
    small = stage.sizes[0]
    for noun in NOUNS:
        stage.on(Scale(small))
        yield from _page(noun, stage)
    for noun in NOUNS:
        yield from _growth(noun, stage)


def _page(noun: str, stage: Stage) -> Iterator[Figure]:
    def ours() -> bytes:
        return ask(f"/api/v1/{noun}/", **headers()).body

    def tuned() -> bytes:
        return ask(f"/references/tuned-{noun}/", **headers()).body

    def naive() -> bytes:
        return ask(f"/references/naive-{noun}/", **headers()).body

    _check_alike(ours(), tuned())
    yield count(f"{noun}: queries of a page of {PAGE}", queries(ours), 6)
    ratio = compare(tuned, ours, rounds=stage.rounds, calls=5)
    yield ratio.at_least(f"{noun}: tuned ModelViewSet with joins and prefetch : ours", 3)
    ratio = compare(naive, ours, rounds=stage.rounds)
    yield ratio.at_least(f"{noun}: naive ModelViewSet ({queries(naive)} queries) : ours", 20)


def _check_alike(ours: bytes, theirs: bytes) -> None:
    """Make sure that the reference says as much as we do."""
    one, other = (orjson.loads(body)["results"] for body in (ours, theirs))
    assert len(one) == len(other) == PAGE
    assert [set(row) for row in one] == [set(row) for row in other]
    assert [row["id"] for row in one] == [row["id"] for row in other]


def _growth(noun: str, stage: Stage) -> Iterator[Figure]:
    small, large = (Scale(rows) for rows in stage.sizes)
    for place, share in (("first", 0.0), ("middle", 0.5), ("last", 1.0)):
        pages = {}
        for scale in (small, large):
            stage.on(scale)
            pages[scale] = _url(noun, share)

        def read(scale: Scale, pages: dict[Scale, str] = pages) -> None:
            stage.on(scale)
            ask(pages[scale], **headers())

        a, b = partial(read, large), partial(read, small)
        ratio = compare(a, b, rounds=stage.rounds, calls=20, of=p95)
        sizes = " : ".join(f"{rows:,}" for rows in reversed(stage.sizes))
        yield ratio.at_most(f"{noun}: p95 of the {place} page, {sizes} rows", 1.3)


def _url(noun: str, share: float) -> str:
    """Return the address of the page at a share of the list, by a cursor as the house hands out."""
    url = f"/api/v1/{noun}/"
    if not share:
        return url
    query, columns = NOUNS[noun]
    rows = query(get_user_model().objects.get(email="caller@bench.example")).order_by(*columns)
    total = rows.count()
    row = rows[max(int((total - 1) * share) - PAGE, 0)]
    values = tuple(getattr(row, column) for column in columns)
    return f"{url}?cursor={Cursor(columns[0], False, values)}"

"""Public pages: queries, bytes, and how they stand beside the same templates on a naive ORM."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils import timezone

from bench.data import Scale
from bench.measure import Figure, compare, count, queries
from bench.stage.callers import ask
from bench.stage.databases import Stage
from process.plan.models import Process

SCRIPT = re.compile(rb'<script[^>]* src="(?:/static/)?([^"]+)"')


def figures(stage: Stage) -> Iterator[Figure]:
    """Measure each page."""
    stage.on(Scale(100 if stage.quick else 1_000, processes=1))
    slug = Process.objects.get().slug
    field = Process.objects.get().fields_of_action.first()
    month = f"{timezone.now():%Y-%m}"
    pages = {
        "home": ("/", "/references/home/"),
        "process": (f"/{slug}/", f"/references/process/{slug}/"),
        "field": (f"/{slug}/fields/{field.slug}/", f"/references/field/{slug}/{field.slug}/"),
        "meetings": (f"/{slug}/meetings/", f"/references/meetings/{slug}/"),
        "month": (f"/{slug}/meetings/{month}/", f"/references/month/{slug}/{month}/"),
    }
    for name, (url, reference) in pages.items():
        yield from _page(name, url, reference, stage)


def _page(name: str, url: str, reference: str, stage: Stage) -> Iterator[Figure]:
    answer = ask(url)
    html, scripts = answer.body, SCRIPT.findall(answer.body)
    yield count(f"{name}: queries", queries(lambda: ask(url)), 8)
    yield count(f"{name}: KB of HTML", -(-len(html) // 1024), 100)
    yield count(f"{name}: KB of JavaScript, gzipped", -(-_weight(scripts) // 1024), 60)
    again = ask(url, if_none_match=answer.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    found = queries(lambda: ask(reference))
    ratio = compare(lambda: ask(reference), lambda: ask(url), rounds=stage.rounds, calls=3)
    yield ratio.at_least(f"{name}: same template on a naive ORM ({found} queries) : ours", 5)


def _weight(scripts: list[bytes]) -> int:
    paths = [finders.find(name.decode()) for name in scripts]
    assert all(paths)
    return sum(len(gzip.compress(Path(path).read_bytes())) for path in paths)

"""What every test may ask for: a running process, and people with and without rights in it."""

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from process.groups.models import Group
from process.people.models import User
from process.plan.models import Process
from tests.factories import NOW, groups, people, plan

HELPERS = ("browser", "node", "postgres", "redis")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only PostgreSQL can show, when the tests run on another database."""
    if connection.vendor == "postgresql":
        return
    left_out = [item for item in items if item.get_closest_marker("postgres")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With REQUIRE=all, count a test as failed that was skipped because a helper is missing."""
    outcome: Any = yield
    report = outcome.get_result()
    helped = any(item.get_closest_marker(name) for name in HELPERS)
    if os.environ.get("REQUIRE") == "all" and report.skipped and helped:
        report.outcome = "failed"
        report.longrepr = f"REQUIRE=all, but skipped: {report.longrepr}"


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def now() -> datetime:
    """A Monday morning in winter."""
    return NOW


@pytest.fixture
def process(db: None) -> Process:
    """A published, running process without anything in it."""
    return plan.process()


@pytest.fixture
def group(process: Process) -> Group:
    """An expert group with a field of action of its own."""
    return groups.expert_group(process)


@pytest.fixture
def coordinator(process: Process) -> User:
    """Who runs the process."""
    return people.coordinator(process)


@pytest.fixture
def member(group: Group) -> User:
    """Who has a seat in the group."""
    return groups.sitting(group)


@pytest.fixture
def secretary(group: Group) -> User:
    """Who keeps the books of the group."""
    return groups.sitting(group, role="secretary")


@pytest.fixture
def administrator(db: None) -> User:
    """Who looks after the installation."""
    return people.user(administrator=True)


@pytest.fixture
def stranger(db: None) -> User:
    """Who has a login and nothing else."""
    return people.user()

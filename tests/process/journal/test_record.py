"""The audit entries."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from process.base.access import SYSTEM
from process.journal.actions import record, record_all
from process.journal.models import AuditEntry
from process.people.models import User
from tests.factories import NOW, people, plan

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_did_what_to_what_when(coordinator: User) -> None:
    process = plan.prepared()

    record("process.edit", process, by=coordinator, now=NOW, before={"a": 1}, after={"a": 2})

    entry = AuditEntry.objects.get(act="process.edit")
    assert (entry.noun, entry.object_id) == ("process", str(process.pk))
    assert (entry.actor, entry.by_system, entry.at) == (coordinator, False, NOW)
    assert (entry.before, entry.after) == ({"a": 1}, {"a": 2})


def test_the_system_is_named_as_such() -> None:
    entry = record("process.test", plan.prepared(), by=SYSTEM, now=NOW)

    assert (entry.actor, entry.by_system) == (None, True)


def test_a_bare_state_stands_under_its_name() -> None:
    entry = record("process.test", plan.prepared(), by=SYSTEM, now=NOW, before="a", after="b")

    assert (entry.before, entry.after) == ({"state": "a"}, {"state": "b"})


def test_days_and_ids_can_be_kept() -> None:
    values = {"on": date(2026, 3, 2), "id": uuid4(), "at": NOW}

    entry = record("process.test", plan.prepared(), by=SYSTEM, now=NOW, after=values)

    entry.refresh_from_db()
    assert entry.after["on"] == "2026-03-02"
    assert entry.after["id"] == str(values["id"])


def test_many_changes_cost_one_statement(django_assert_num_queries) -> None:
    changes = [(plan.prepared(), {}, {"n": n}) for n in range(5)]

    with django_assert_num_queries(1):
        entries = record_all("process.test", changes, by=SYSTEM, now=NOW)

    assert [entry.after["n"] for entry in entries] == [0, 1, 2, 3, 4]


def test_an_entry_of_a_deed_rolled_back_is_gone() -> None:
    process = plan.prepared()

    with pytest.raises(RuntimeError), transaction.atomic():
        record("process.test", process, by=SYSTEM, now=NOW)
        raise RuntimeError

    assert not AuditEntry.objects.filter(act="process.test").exists()


def test_an_entry_outlives_its_actor() -> None:
    actor = people.user()
    entry = record("process.test", plan.prepared(), by=actor, now=NOW)

    actor.delete()

    entry.refresh_from_db()
    assert (entry.actor, entry.by_system) == (None, False)

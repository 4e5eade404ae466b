"""Revisions of rows that several people edit."""

from datetime import timedelta

import pytest

from process.base.errors import Fault, Invalid, Stale
from process.base.revisions import differences, expect, revise
from process.plan.models import Process
from tests.factories import NOW, plan


@pytest.mark.django_db
def test_a_revision_counts_on_and_keeps_the_time() -> None:
    process = plan.prepared()
    process.city, later = "Anderswo", NOW + timedelta(days=1)

    revise(process, ["city"], now=later)

    process.refresh_from_db()
    assert (process.city, process.rev, process.updated_at) == ("Anderswo", 2, later)


def test_a_write_based_on_an_older_revision_is_stale() -> None:
    process = Process(rev=3)

    expect(process, 3)
    expect(process, None)
    with pytest.raises(Stale) as refusal:
        expect(process, 2)
    assert refusal.value.current is process


def test_only_differences_count() -> None:
    process = Process(city="A", title="T")

    assert differences(process, {"city": "B", "title": "T"}) == ({"city": "A"}, {"city": "B"})
    assert process.city == "B"


def test_faults_are_told_together() -> None:
    error = Invalid([Fault("/a", "taken", "A."), Fault("/b", "past", "B.")])

    assert str(error) == "A. B."
    assert Invalid.at("/x", "X.").faults == (Fault("/x", "invalid", "X."),)

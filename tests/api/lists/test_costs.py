"""What a list costs does not depend on how long it is."""

from copy import copy
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.callers import client
from tests.api.world import MORE, NOUNS

COSTS = {
    "processes": 2,
    "phases": 2,
    "fields-of-action": 1,
    "groups": 2,
    "seats": 2,
    "people": 1,
    "dialogue-rounds": 2,
    "topics": 1,
    "contributions": 1,
    "series": 1,
    "meetings": 2,
    "locations": 1,
}
"""Queries of a list that nobody in particular asks for: the rows, and what is nested as many."""

SIGNED_IN = {
    "processes": 4,
    "phases": 4,
    "fields-of-action": 3,
    "groups": 3,
    "seats": 4,
    "people": 2,
    "dialogue-rounds": 3,
    "topics": 2,
    "contributions": 2,
    "series": 4,
    "meetings": 5,
    "locations": 2,
}
"""The same with a key: the key and its owner, and, where names or moves depend on them, roles."""


def multiply(world, noun):
    """Make two more rows of a noun, and copies of its newest to a hundred, nested alike."""
    newest = [MORE[noun](world) for _ in range(2)][-1]
    rows = []
    for n in range(100):
        row = copy(newest)
        row.pk = uuid4()
        for name in ("slug", "name", "title", "reference", "uid"):
            if hasattr(row, name):
                setattr(row, name, f"{getattr(row, name)}-{n}"[-20:])
        row.position, row.held_on = n + 100, date(1900, 1, 1) + timedelta(days=n)
        rows.append(row)
    type(newest)._default_manager.bulk_create(rows, ignore_conflicts=True)


def cost(caller, noun, rows):
    """Return how many queries a list costs that shows at least this many rows."""
    with CaptureQueriesContext(connection) as queries:
        reply = caller.get(f"/{noun}/?page_size=200")
    shown = len(reply.json()["results"])
    assert shown >= rows
    return len(queries)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_costs_the_same_for_1_and_100_rows(world, anonymous, noun):
    member = client(world.member)
    member.get("/me/")  # notes that the key was used, once in five minutes
    few = cost(anonymous, noun, 1), cost(member, noun, 1)

    multiply(world, noun)
    many = cost(anonymous, noun, 100), cost(member, noun, 100)

    assert few == many == (COSTS[noun], SIGNED_IN[noun])


def test_a_count_costs_one_more(world, anonymous, django_assert_num_queries):
    for noun in NOUNS:
        with django_assert_num_queries(COSTS[noun] + 1):
            reply = anonymous.get(f"/{noun}/?count=true")

        assert reply.json()["count"] == len(reply.json()["results"])


def test_an_object_costs_no_more_than_a_list(world, anonymous, django_assert_num_queries):
    for noun in NOUNS:
        with django_assert_num_queries(COSTS[noun]):
            assert anonymous.get(world.path(noun)).status_code == 200

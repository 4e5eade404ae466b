"""`moves` lists exactly the verbs that then succeed: every state, every role."""

from datetime import timedelta

import pytest
from django.db import transaction

from meetings.schedule.models import Meeting, Series
from process.groups.models import Occupancy
from process.journal.models import AuditEntry, OutboxEvent
from process.plan.models import Phase, Process
from tests.api.access.roles import DEEDS, ROLES, own, who, words
from tests.api.callers import client
from tests.factories import NOW


class Undone(Exception):
    """Ends a transaction whose effects are not wanted."""


def states(world):
    """Yield (noun, name, how to put the noun's object there)."""
    rows = {noun: type(row).objects.filter(pk=row.pk) for noun, row in world.rows.items()}
    for status in Process.status.field.choices:
        values = {"status": status[0], "suspended_reason": "x", "suspended_at": NOW}
        yield "processes", status[0], lambda values=values: rows["processes"].update(**values)
    for state, _label in Phase.state.field.choices:
        yield "phases", state, lambda state=state: rows["phases"].update(state=state)
    for state, _label in Series.state.field.choices:
        yield "series", state, lambda state=state: rows["series"].update(state=state)
    for state, _label in Meeting.state.field.choices:
        values = {"state": state, "reason": "x"}
        yield "meetings", state, lambda values=values: rows["meetings"].update(**values)
        began = {**values, "starts_at": NOW - timedelta(hours=1), "visibility": "members"}
        yield "meetings", f"{state}, began", lambda values=began: rows["meetings"].update(**values)
    seat = world.rows["seats"]
    yield "seats", "occupied", lambda: None
    yield "seats", "vacant", lambda: Occupancy.objects.filter(seat=seat).update(until_on=NOW)
    yield "fields-of-action", "any", lambda: None


def traces(world, noun):
    """Return what every deed changes."""
    row = type(world.rows[noun]).objects.filter(pk=world.rows[noun].pk)
    return AuditEntry.objects.count(), OutboxEvent.objects.count(), list(row.values())


def attempt(program, world, noun, verb):
    """Do a deed and undo it; return its status, and whether a refusal left a trace."""
    status, touched = 0, False
    body = words(world, noun, verb)
    try:
        with transaction.atomic():
            before = traces(world, noun)
            status = program.post(world.path(noun, verb), body).status_code
            touched = status != 200 and traces(world, noun) != before
            raise Undone
    except Undone:
        return status, touched


@pytest.mark.parametrize("role", ROLES)
def test_moves_are_the_verbs_that_succeed(world, role):
    own(world)
    program = client(who(world, role))
    program.get("/me/")
    for noun, state, put in states(world):
        with transaction.atomic():
            point = transaction.savepoint()
            put()
            shown = program.get(world.path(noun))
            moves = shown.json()["moves"] if shown.status_code == 200 else []
            done = []
            for verb in DEEDS[noun]:
                status, touched = attempt(program, world, noun, verb)
                assert status in allowed(role, shown.status_code), (noun, state, verb, status)
                assert not touched
                done += [verb] if status == 200 else []
            assert sorted(moves) == sorted(done), (noun, state)
            transaction.savepoint_rollback(point)


def allowed(role, seen):
    """Return the answers to a deed that this role may get."""
    if role == "anonymous":
        return {401}
    if seen == 404:
        return {404}
    if role in {"stranger", "member", "other_member"}:
        return {403}
    return {200, 403, 409} if role == "secretary" else {200, 409}

"""Many at the same moment: one wins, the others are told so, nothing is done twice."""

from collections import Counter

import pytest

from meetings.schedule.models import Meeting
from process.journal.models import AuditEntry
from process.rounds.models import Topic
from tests.api.callers import client, key
from tests.api.world import build
from tests.concurrency import at_once
from tests.factories import schedule

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
EIGHT = 8


@pytest.fixture
def world(transactional_db):
    return build()


def together(user, call):
    """Let eight programs with one key call at once; return the statuses."""
    secret = key(user)

    def run(number):
        program = client(None)
        program.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return call(program, number).status_code

    return Counter(at_once(EIGHT, run))


def acts(act):
    return AuditEntry.objects.filter(act=act).count()


DEEDS = (
    ("meetings", "postpone", {"reason": "x"}, "meeting.postpone"),
    ("meetings", "cancel", {"reason": "x"}, "meeting.cancel"),
    ("meetings", "begin", None, "meeting.begin"),
    ("seats", "vacate", {"until_on": "2026-12-31"}, "seat.vacate"),
    ("phases", "open", None, "phase.open"),
    ("processes", "suspend", {"reason": "x"}, "process.suspend"),
    ("series", "end", {"reason": "x"}, "series.end"),
)


@pytest.mark.parametrize(("noun", "verb", "body", "act"), DEEDS)
def test_of_eight_identical_deeds_one_is_done(world, noun, verb, body, act):
    path = world.path(noun, verb)
    before = acts(act)
    told = together(world.coordinator, lambda program, _n: program.post(path, body))

    assert told == {200: 1, 409: EIGHT - 1}
    assert acts(act) == before + 1


def test_of_eight_edits_on_one_state_one_is_done(world):
    path = world.path("meetings")
    tag = client(None).get(path)["ETag"]
    told = together(
        world.coordinator, lambda program, n: program.edit(path, {"title": f"Titel {n}"}, tag=tag)
    )

    assert told == {200: 1, 412: EIGHT - 1}
    assert acts("meeting.edit") == 1


def test_of_eight_deletions_one_is_done(world):
    draft = schedule.draft(world.group)
    path, tag = f"/meetings/{draft.pk}/", '"1-0123456789abcdef"'
    told = together(world.coordinator, lambda program, _n: program.remove(path, tag=tag))

    assert told[204] == 1
    assert set(told) <= {204, 404, 412}
    assert acts("meeting.discard") == 1


def test_of_eight_persons_one_gets_the_seat(world):
    from tests.factories import groups, people

    seat = groups.seat(world.group)
    them = [people.person() for _ in range(EIGHT)]
    path = f"/seats/{seat.pk}/fill/"
    told = together(
        world.coordinator, lambda program, n: program.post(path, {"person": str(them[n].pk)})
    )

    assert told == {200: 1, 409: EIGHT - 1}
    assert seat.occupancies.count() == 1


def test_of_eight_equal_topics_one_is_added(world):
    body = {"title": "Radwege", "dialogue_round": str(world.rows["dialogue-rounds"].pk)}
    told = together(world.coordinator, lambda program, _n: program.post("/topics/", body))

    assert told == {201: 1, 400: EIGHT - 1}
    assert Topic.objects.filter(title="Radwege").count() == 1


def test_eight_sendings_with_one_key_make_one_row(world):
    body = {"title": "Neu", "group": str(world.group.pk), "starts_at": "2026-06-01T17:00"}
    headers = {"Idempotency-Key": "eins"}
    told = together(
        world.coordinator, lambda program, _n: program.post("/meetings/", body, headers=headers)
    )

    assert told == {201: EIGHT}
    assert Meeting.objects.filter(title="Neu").count() == 1
    assert acts("meeting.call") == Meeting.objects.filter(series=None).count()


def test_eight_fields_move_to_eight_places(world):
    from process.plan.models import FieldOfAction

    fields = list(FieldOfAction.objects.filter(process=world.process)[:EIGHT])
    told = together(
        world.coordinator,
        lambda program, n: program.post(
            f"/fields-of-action/{fields[n % len(fields)].pk}/reorder/", {"position": n + 1}
        ),
    )

    assert told == {200: EIGHT}
    places = FieldOfAction.objects.filter(process=world.process).values_list("position", flat=True)
    assert sorted(places) == list(range(1, len(places) + 1))

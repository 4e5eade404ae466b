"""An Idempotency-Key: what is sent twice is done once."""

from datetime import timedelta

import pytest

from api.idempotency import prune
from api.models import KeptReply
from process.people.actions import revoke_token
from process.people.models import ApiToken
from process.rounds.models import Topic
from tests.api.callers import client
from tests.api.problems import pointers, problem
from tests.evidence import everything
from tests.factories import NOW, people

KEY = {"Idempotency-Key": "mein-schlüssel".encode("latin-1").decode("latin-1")}


@pytest.fixture
def body(world):
    return {"title": "Radwege", "dialogue_round": str(world.rows["dialogue-rounds"].pk)}


def test_a_second_sending_gets_the_first_reply(world, boss, body):
    first = boss.post("/topics/", body, headers=KEY)
    before = everything()
    second = boss.post("/topics/", body, headers=KEY)

    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    for name in ("Location", "ETag", "Content-Type"):
        assert first[name] == second[name]
    assert everything() == before
    assert Topic.objects.filter(title="Radwege").count() == 1


def test_a_deed_is_done_once(world, boss):
    path = world.path("meetings", "postpone")
    first = boss.post(path, {"reason": "Krank"}, headers=KEY)
    second = boss.post(path, {"reason": "Krank"}, headers=KEY)

    assert (first.status_code, first.content) == (second.status_code, second.content)
    problem(boss.post(path, {"reason": "Krank"}), 409)


def test_a_deed_without_a_body_is_replayed(world, boss):
    path = world.path("phases", "open")

    assert boss.post(path, headers=KEY).content == boss.post(path, headers=KEY).content


def test_the_order_of_members_matters_but_the_key_is_for_one_request(world, boss, body):
    boss.post("/topics/", body, headers=KEY)

    told = problem(boss.post("/topics/", body | {"title": "Anders"}, headers=KEY), 422)
    assert told["type"] == "urn:teilhabe:problem:idempotency_key_reused"
    problem(boss.post(world.path("phases", "open"), headers=KEY), 422)
    assert not Topic.objects.filter(title="Anders").exists()


def test_a_refused_deed_leaves_the_key_free(world, boss, body):
    problem(boss.post("/topics/", body | {"title": ""}, headers=KEY), 400)
    problem(boss.post(world.path("meetings", "close"), headers=KEY), 409)
    problem(client(world.stranger).post("/topics/", body, headers=KEY), 403)
    assert KeptReply.objects.count() == 0

    assert boss.post("/topics/", body, headers=KEY).status_code == 201


def test_two_people_do_not_share_a_key(world, boss, body):
    other = client(people.coordinator(world.process))
    first = boss.post("/topics/", body, headers=KEY)
    second = other.post("/topics/", body | {"title": "Anders"}, headers=KEY)

    assert second.status_code == 201
    assert first.json()["id"] != second.json()["id"]


def test_a_key_is_free_again_after_a_day(world, boss, body, clock):
    boss.post("/topics/", body, headers=KEY)
    clock.move_to(NOW + timedelta(hours=23, minutes=59))
    assert boss.post("/topics/", body, headers=KEY).status_code == 201
    clock.move_to(NOW + timedelta(hours=24, seconds=1))

    assert pointers(boss.post("/topics/", body, headers=KEY)) == {"/title"}


def test_old_replies_are_forgotten(world, boss, body):
    boss.post("/topics/", body, headers=KEY)
    prune(now=NOW + timedelta(hours=24))
    assert KeptReply.objects.count() == 1
    prune(now=NOW + timedelta(hours=24, seconds=1))
    assert KeptReply.objects.count() == 0


def test_a_key_is_short_and_printable(world, boss, body):
    for key in ("", "x" * 256, "a\x7fb", "a\tb", "\x00"):
        asked = boss.post("/topics/", body, headers={"Idempotency-Key": key})
        assert pointers(asked) == {"/header/Idempotency-Key"}
    assert boss.post("/topics/", body, headers={"Idempotency-Key": "x" * 255}).status_code == 201


def test_a_revoked_key_to_the_api_opens_no_kept_reply(world, boss, body):
    boss.post("/topics/", body, headers=KEY)
    token = ApiToken.objects.get(user=world.coordinator)
    revoke_token(token_id=token.pk, by=world.coordinator, now=NOW)

    problem(boss.post("/topics/", body, headers=KEY), 401)


def test_a_key_where_nothing_is_posted_changes_nothing(world, boss, anonymous):
    problem(boss.post("/seats/", {}, headers=KEY), 405)
    problem(boss.post("/nope/", {}, headers=KEY), 404)
    problem(anonymous.post("/topics/", {}, headers=KEY), 401)
    assert boss.get("/meetings/", headers=KEY).status_code == 200
    assert boss.patch(world.path("topics"), {"title": "x"}, headers=KEY | {"If-Match": "*"})
    assert KeptReply.objects.count() == 0

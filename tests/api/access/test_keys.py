"""Keys to the API, and the browser's session."""

import logging
from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from process.people.actions import revoke_token
from process.people.models import ApiToken, User
from tests.api.callers import Client, client, key
from tests.api.problems import problem
from tests.factories import NOW

READ = "/meetings/?page_size=1"


def bearer(value):
    made = Client(raise_request_exception=False)
    made.credentials(HTTP_AUTHORIZATION=value)
    return made


@pytest.fixture
def body(world):
    return {"title": "Neu", "dialogue_round": str(world.rows["dialogue-rounds"].pk)}


def test_a_key_to_read_does_not_write(world, body):
    reader = client(world.coordinator, scope="read")

    assert reader.get("/me/").json()["scope"] == "read"
    problem(reader.post("/topics/", body), 403)
    problem(reader.edit(world.path("topics"), {"title": "x"}), 403)
    problem(reader.remove(world.path("topics")), 403)
    problem(reader.post(world.path("series", "split", "preview"), {}), 403)


def test_a_key_that_does_not_hold_opens_nothing(world, body, clock):
    expiring = key(world.coordinator, expires_at=NOW + timedelta(hours=1))
    revoked = key(world.coordinator)
    assert bearer(f"Bearer {expiring}").get(READ).status_code == 200
    endless = ApiToken.objects.get(user=world.coordinator, expires_at=None)
    revoke_token(token_id=endless.pk, by=world.coordinator, now=NOW)
    clock.move_to(NOW + timedelta(hours=1))

    for secret in (expiring, revoked, "nope", "x" * 100_000, "ü", "", " ", "a b", "\x7f"):
        for path in (READ, "/me/", world.path("meetings")):
            reply = bearer(f"Bearer {secret}").get(path)
            assert problem(reply, 401)
            assert reply["WWW-Authenticate"].startswith("Bearer")
        problem(bearer(f"Bearer {secret}").post("/topics/", body), 401)


def test_a_key_of_a_closed_account_opens_nothing(world):
    program = client(world.member)
    User.objects.filter(pk=world.member.pk).update(is_active=False)

    problem(program.get(READ), 401)


def test_the_word_bearer_may_be_written_anyhow(world):
    secret = key(world.member)
    for word in ("Bearer", "bearer", "BEARER"):
        assert bearer(f"{word} {secret}").get("/me/").status_code == 200
    for other in (f"Basic {secret}", f"Token {secret}", secret):
        assert bearer(other).get(READ).status_code == 200
        problem(bearer(other).get("/me/"), 401)


def test_use_is_noted_once_in_five_minutes(world, clock):
    program = client(world.member)
    token = ApiToken.objects.get(user=world.member)

    def writes():
        from django.db import connection

        with CaptureQueriesContext(connection) as queries:
            program.get(READ)
        token.refresh_from_db()
        return sum(query["sql"].startswith("UPDATE") for query in queries)

    assert (writes(), token.last_used_at) == (1, NOW)
    clock.move_to(NOW + timedelta(minutes=5))
    assert (writes(), token.last_used_at) == (0, NOW)
    clock.move_to(NOW + timedelta(minutes=5, seconds=1))
    assert (writes(), token.last_used_at) == (1, NOW + timedelta(minutes=5, seconds=1))


def test_a_key_stands_in_no_log_and_no_reply(world, body, caplog):
    secret = key(world.coordinator)
    program = bearer(f"Bearer {secret}")
    with caplog.at_level(logging.DEBUG):
        replies = [
            program.get("/me/"),
            program.post("/topics/", body),
            program.get("/nope/"),
            program.post("/topics/", "["),
            bearer(f"Bearer {secret}x").get(READ),
        ]

    for reply in replies:
        assert secret not in reply.content.decode()
        assert secret not in str(dict(reply.items()))
    assert secret not in caplog.text
    assert not ApiToken.objects.filter(digest=secret).exists()


def test_a_session_reads_and_with_its_csrf_token_writes(world, body):
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(world.coordinator)
    mark = "a" * 32

    assert browser.get("/me/").json()["scope"] is None
    problem(browser.post("/topics/", body), 403)
    problem(browser.edit(world.path("topics"), {"title": "x"}), 403)
    browser.cookies["csrftoken"] = mark
    problem(browser.post("/topics/", body, headers={"X-CSRFToken": "b" * 32}), 403)
    assert browser.post("/topics/", body, headers={"X-CSRFToken": mark}).status_code == 201


def test_a_key_needs_no_csrf_token(world, body):
    program = Client(enforce_csrf_checks=True)
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {key(world.coordinator)}")

    assert program.post("/topics/", body).status_code == 201


def test_replies_to_programs_set_no_cookies(world, boss, anonymous):
    for program in (boss, anonymous):
        for path in ("/", READ, world.path("meetings"), "/nope/"):
            assert not program.get(path).cookies

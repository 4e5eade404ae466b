"""Every refusal is a problem in the caller's language."""

import pytest
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle

from tests.api.callers import client
from tests.api.problems import pointers, problem

JSON = "application/json"


@pytest.fixture
def refusals(world, boss, anonymous):
    """One refusal of each kind, by its status."""
    meeting, seat = world.path("meetings"), world.path("seats")
    used = {"Idempotency-Key": "k"}
    boss.post(
        "/topics/",
        {"title": "x", "dialogue_round": str(world.rows["topics"].round_id)},
        headers=used,
    )
    return lambda language: {
        400: boss.post("/topics/", {}, headers=language),
        401: anonymous.post(seat + "vacate/", {}, headers=language),
        403: client(world.stranger).post(seat + "vacate/", {}, headers=language),
        404: anonymous.get("/meetings/nope/", headers=language),
        405: boss.put(meeting, {}, headers=language),
        406: anonymous.get("/meetings/", headers={"Accept": "text/html", **language}),
        409: boss.post(meeting + "close/", headers=language),
        412: boss.patch(meeting, {}, headers={"If-Match": '"9-0123456789abcdef"', **language}),
        413: boss.post("/topics/", b"x" * 2_100_000, content_type=JSON, headers=language),
        415: boss.post("/topics/", "x", content_type="text/plain", headers=language),
        422: boss.post("/topics/", {"title": "y"}, headers={**used, **language}),
        428: boss.patch(meeting, {}, headers=language),
    }  # fmt: skip


def test_every_refusal_is_a_problem_in_german(refusals):
    for status, reply in refusals({}).items():
        told = problem(reply, status)

        assert told["type"].startswith("urn:teilhabe:problem:")
        assert told["detail"]
        assert reply["Content-Language"] == "de"


def test_every_refusal_speaks_the_language_that_was_asked_for(refusals):
    german, english = refusals({}), refusals({"Accept-Language": "en"})

    for status, reply in english.items():
        assert problem(reply, status)["status"] == status
        assert reply["Content-Language"] == "en"
    assert english[404].json()["detail"] != german[404].json()["detail"]


def test_a_refusal_says_how_to_go_on(refusals):
    told = refusals({})

    assert told[401]["WWW-Authenticate"] == 'Bearer realm="api"'
    assert "PATCH" in told[405]["Allow"]
    assert told[412].json()["current"]["title"]


@pytest.mark.parametrize("path", ["/nope/", "/nope", "/meetings/x/y/z/", "/meetings/../x", "/%00/"])
def test_what_there_is_not_is_a_problem_too(anonymous, path):
    for method in ("get", "post", "patch", "delete", "put", "options"):
        problem(getattr(anonymous, method)(path), 404)


def test_a_missing_slash_keeps_method_and_question(anonymous, world):
    for method in ("get", "post", "patch"):
        reply = getattr(anonymous, method)("/meetings?page_size=1")

        assert reply.status_code == 308
        assert reply["Location"] == "/api/v1/meetings/?page_size=1"


@pytest.mark.parametrize(
    ("kind", "caller"), [(AnonRateThrottle, None), (UserRateThrottle, "member")]
)
def test_too_many_requests_are_told_when_to_come_back(world, monkeypatch, kind, caller):
    monkeypatch.setattr(kind, "rate", "2/min", raising=False)
    program = client(caller and world.member)
    replies = [program.get("/meetings/") for _ in range(3)]

    assert [reply.status_code for reply in replies[:2]] == [200, 200]
    assert problem(replies[2], 429)
    assert 0 < int(replies[2]["Retry-After"]) <= 60


def test_options_tell_the_methods(world, anonymous, boss):
    for caller in (anonymous, boss):
        for path in ("/", "/meetings/", world.path("meetings"), "/meetings/nope/"):
            reply = caller.options(path)
            assert reply.status_code == 200
            assert "GET" in reply["Allow"]


def test_two_at_the_same_unique_thing_are_a_conflict(world, boss, monkeypatch):
    from process.rounds import actions

    topic = world.rows["topics"]
    body = {"title": topic.title, "dialogue_round": str(topic.round_id)}
    assert pointers(boss.post("/topics/", body)) == {"/title"}
    monkeypatch.setattr(actions, "_check_unique", lambda topic: None)

    problem(boss.post("/topics/", body), 409)


def test_what_was_deleted_meanwhile_is_not_found(world, boss, monkeypatch):
    from api.meetings.meetings import Meetings
    from meetings.schedule.models import Meeting

    gone = Meeting(pk="00000000-0000-0000-0000-000000000001")
    monkeypatch.setattr(Meetings, "get_object", lambda self: gone)

    problem(boss.post(world.path("meetings", "begin")), 404)

"""Every route of the API, as somebody without a right."""

import pytest

from api.urls import NOUNS as DOORS
from api.urls import router
from process.plan.models import Process
from tests.api.access.roles import own, who
from tests.api.callers import client
from tests.api.problems import problem
from tests.api.world import NOUNS
from tests.evidence import everything
from tests.factories import schedule

WRITES = ("post", "put", "patch", "delete")


def routes(world, rows=None):
    """Return (method, path) for each write that any route takes."""
    rows = rows or world.rows
    found = set()
    for pattern in router.urls:
        noun = (
            pattern.name.rpartition("-")[0] if pattern.name.endswith(("-list", "-detail")) else ""
        )
        noun = noun or next(name for name in NOUNS if pattern.name.startswith(f"{name}-"))
        path = f"/{str(pattern.pattern).removeprefix('^').removesuffix('$')}"
        path = path.replace("(?P<pk>[^/]+)", str(rows[noun].pk) if noun in rows else "x")
        known = pattern.callback.actions
        found |= {(method, path) for method in WRITES if method in known}
    return sorted(found)


def test_the_sweep_sees_every_write(world):
    from tests.api.errors.operations import OPERATIONS, WORDLESS

    found = routes(world)
    known = {(operation.method.lower(), operation.path(world)) for operation in OPERATIONS}
    known |= {("post", world.path(noun, verb)) for noun, verb in WORDLESS}
    known |= {("delete", world.path(noun)) for noun in ("meetings", "topics")}
    known = {(method, path) for method, path in known if not path.endswith("/fill/")}

    assert set(found) - known == {("post", world.path("seats", "fill"))}
    assert known <= set(found)
    assert {path.split("/")[1] for _method, path in found} <= set(DOORS)


@pytest.mark.parametrize("role", ["anonymous", "stranger", "member", "other_member"])
def test_without_a_right_nothing_is_written(world, role):
    own(world)
    program = client(who(world, role))
    program.get("/me/")
    before = everything()
    for method, path in routes(world):
        # Bodies are good as far as they go: a right is asked for at the latest in the deed.
        reply = getattr(program, method)(path, headers={"If-Match": "*"})
        expected = {401} if role == "anonymous" else {400, 403}
        assert reply.status_code in expected, (method, path, reply.status_code)
    assert everything() == before


@pytest.mark.parametrize("role", ["stranger", "member", "other_member"])
def test_good_words_without_a_right_are_refused(world, role):
    from tests.api.errors.operations import OPERATIONS

    own(world)
    program = client(who(world, role))
    program.get("/me/")
    asked = [(operation, operation.path(world), operation.body(world)) for operation in OPERATIONS]
    before = everything()
    for operation, _path, body in asked:
        if operation.name == "preview split":
            continue  # shows only what a reader could count out himself, and saves nothing
        problem(operation.call(program, world, body), 403)
    assert everything() == before


@pytest.mark.parametrize("role", ["anonymous", "stranger", "other_member"])
def test_what_is_hidden_does_not_exist(world, role):
    program = client(who(world, role))
    secret = schedule.meeting(world.group, visibility="members")
    series = schedule.series(world.group, visibility="members")
    hidden = [schedule.draft(world.group), secret, series.meetings.first()]
    rows = [world.rows | {"meetings": meeting, "series": series} for meeting in hidden]
    program.get("/me/")
    before = everything()
    for names in rows:
        for noun in ("meetings", "series"):
            problem(program.get(f"/{noun}/{names[noun].pk}/"), 404)
            listed = program.get(f"/{noun}/?page_size=200").json()["results"]
            assert str(names[noun].pk) not in {row["id"] for row in listed}
        assert program.get(f"/meetings/?series={series.pk}").json()["results"] == []
        assert program.get(f"/meetings/?uid={names['meetings'].uid}").json()["results"] == []
        for method, path in routes(world, names):
            if str(names["meetings"].pk) in path or str(series.pk) in path:
                reply = getattr(program, method)(path, {}, headers={"If-Match": "*"})
                # An incomplete body is told before anything is looked up.
                assert reply.status_code in ({401} if role == "anonymous" else {400, 404})
    assert everything() == before
    for meeting in hidden:
        assert program.get(f"/calendar/meetings/{meeting.pk}.ics").status_code == 404
    feed = program.get(f"/calendar/{world.process.slug}.ics").content.decode()
    assert not any(meeting.uid in feed for meeting in hidden)


def test_hidden_parts_cannot_be_named_in_a_deed(world):
    secretary = client(world.secretary)
    hidden = schedule.meeting(world.other_group, visibility="members")
    meeting = schedule.meeting(world.group)
    body = {"reason": "x", "successor": str(hidden.pk)}

    told = problem(secretary.post(f"/meetings/{meeting.pk}/cancel/", body), 400)
    assert told["errors"][0]["pointer"] == "/successor"


def test_a_published_meeting_does_not_name_its_hidden_series(world, boss, anonymous):
    series = schedule.series(world.group, visibility="members", title="Vertraulich")
    meeting = series.meetings.first()
    boss.edit(f"/meetings/{meeting.pk}/", {"title": "Offener Abend"})
    boss.post(f"/meetings/{meeting.pk}/publish/")

    assert anonymous.get(f"/meetings/{meeting.pk}/").json()["series"] is None
    assert "Vertraulich" not in anonymous.get("/meetings/?page_size=200").content.decode()
    for user in (world.member, world.coordinator):
        shown = client(user).get(f"/meetings/{meeting.pk}/").json()
        assert shown["series"] == {"id": str(series.pk), "title": "Vertraulich"}


@pytest.mark.parametrize("role", ["anonymous", "stranger"])
def test_nothing_of_an_unpublished_process_is_seen(world, role):
    Process.objects.filter(pk=world.process.pk).update(published_at=None)
    program = client(who(world, role))
    for noun in NOUNS:
        if noun != "people":
            assert program.get(f"/{noun}/?count=true").json()["count"] == 0, noun
            problem(program.get(world.path(noun)), 404)
    assert program.get(f"/calendar/{world.process.slug}.ics").status_code == 404
    assert program.get(f"/calendar/meetings/{world.rows['meetings'].pk}.ics").status_code == 404
    assert client(world.coordinator).get("/processes/").json()["results"]


def test_contributions_are_public_when_published_only(world, anonymous, boss):
    from tests.api.world import contribution

    said = [
        contribution(world.rows["topics"], state=state)
        for state in ("received", "screened", "in_deliberation", "decided", "hidden", "withdrawn")
    ]
    for program in (anonymous, client(world.member)):
        assert program.get("/contributions/?count=true").json()["count"] == 1
        for row in said:
            problem(program.get(f"/contributions/{row.pk}/"), 404)
        assert program.get("/contributions/?state=received").json()["results"] == []
    assert boss.get("/contributions/?count=true").json()["count"] == 7
    assert "text_original" not in boss.get(f"/contributions/{said[0].pk}/").json()

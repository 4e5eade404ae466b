"""ETags: what was read names what a write is based on."""

import pytest

from meetings.schedule.models import Meeting
from process.base.access import SYSTEM
from process.groups import actions as groups
from tests.api.problems import problem
from tests.api.world import NOUNS
from tests.evidence import everything
from tests.factories import NOW, schedule

STRONG = r'"\d+-[0-9a-f]{16}"'
EDITS = {
    "processes": {"city": "Neu"},
    "phases": {"title": "Neu"},
    "fields-of-action": {"name": "Neu"},
    "topics": {"title": "Neu"},
    "locations": {"name": "Neu"},
    "series": {"title": "Neu"},
    "meetings": {"title": "Neu"},
}


def test_every_object_and_list_has_a_strong_tag_that_answers_304(world, anonymous):
    import re

    for path in [world.path(noun) for noun in NOUNS] + [f"/{noun}/" for noun in NOUNS]:
        tag = anonymous.get(path)["ETag"]
        assert re.fullmatch(STRONG, tag)
        for known in (tag, f'"x", {tag}', f"W/{tag}", "*"):
            for method in (anonymous.get, anonymous.head):
                reply = method(path, headers={"If-None-Match": known})
                assert (reply.status_code, reply.content) == (304, b"")
                assert reply["ETag"] == tag
        assert anonymous.get(path, headers={"If-None-Match": '"x"'}).status_code == 200


@pytest.mark.parametrize("noun", EDITS)
def test_an_edit_needs_the_state_it_is_based_on(world, boss, noun):
    path, body = world.path(noun), EDITS[noun]
    before = everything() | {"ApiToken": []}

    problem(boss.patch(path, body), 428)
    old = boss.get(path)["ETag"]
    rev = int(old[1:].partition("-")[0])
    for tag in (f"W/{old}", '"x"', "x", "\x7f", f'"{rev + 1}-0123456789abcdef"', '""', f'"{rev}"'):
        told = problem(boss.edit(path, body, tag=tag), 412)
        assert told["current"] == boss.get(path).json()
    assert everything() | {"ApiToken": []} == before

    reply = boss.edit(path, body, tag=f'"x", {old}')
    assert reply.status_code == 200
    problem(boss.edit(path, body, tag=old), 412)
    assert boss.edit(path, body, tag="*").status_code == 200


@pytest.mark.parametrize("noun", EDITS)
def test_the_tag_of_a_reply_is_the_base_of_the_next_edit(world, boss, noun):
    name, value = next(iter(EDITS[noun].items()))
    first = boss.edit(world.path(noun), {name: value})
    second = boss.edit(world.path(noun), {name: f"{value} 2"}, tag=first["ETag"])

    assert second.status_code == 200
    assert second["ETag"] == boss.get(world.path(noun))["ETag"] != first["ETag"]


def test_the_tag_of_something_new_is_the_base_of_its_first_edit(world, boss):
    body = {"title": "Neu", "group": str(world.group.pk), "starts_at": "2026-06-01T17:00"}
    made = boss.post("/meetings/", body)

    assert made.status_code == 201
    assert made["Location"] == f"http://testserver/api/v1/meetings/{made.json()['id']}/"
    assert boss.edit(made["Location"], {"title": "Neuer"}, tag=made["ETag"]).status_code == 200


def test_a_deed_may_name_its_base(world, boss):
    path = world.path("meetings")
    old = boss.get(path)["ETag"]
    boss.edit(path, {"title": "Neu"})

    problem(boss.post(f"{path}postpone/", {"reason": "x"}, headers={"If-Match": old}), 412)
    assert boss.post(f"{path}postpone/", {"reason": "x"}).status_code == 200


def test_deleting_needs_the_state_it_is_based_on(world, boss):
    for path in (f"/meetings/{schedule.draft(world.group).pk}/", world.path("topics")):
        problem(boss.delete(path), 428)
        problem(boss.remove(path, tag='"9-0123456789abcdef"'), 412)
        reply = boss.remove(path)
        assert (reply.status_code, reply.content) == (204, b"")
        problem(boss.get(path), 404)


def test_the_tag_changes_with_what_is_nested(world, boss, anonymous):
    meeting: Meeting = world.rows["meetings"]
    path = world.path("meetings")
    old = anonymous.get(path)
    groups.edit(group_id=meeting.group_id, rev=None, name="Anders", by=SYSTEM, now=NOW)
    new = anonymous.get(path, headers={"If-None-Match": old["ETag"]})

    assert new.status_code == 200
    assert new.json()["group"]["name"] == "Anders"
    assert new["ETag"] != old["ETag"]


def test_nothing_that_is_edited_to_the_same_changes(world, boss):
    path = world.path("meetings")
    old = boss.get(path)
    before = everything()
    reply = boss.edit(path, {"title": old.json()["title"]})

    assert (reply.status_code, reply["ETag"]) == (200, old["ETag"])
    assert everything() == before

"""Every list and every object, as everybody sees it."""

import pytest

from api.urls import NOUNS as DOORS
from tests.api.callers import client
from tests.api.problems import pointers, problem
from tests.api.world import NOUNS

ROLES = ("stranger", "member", "secretary", "coordinator")


def test_the_root_names_every_resource(anonymous):
    told = anonymous.get("/").json()

    assert set(told) == {*NOUNS, "me", "schema", "docs"}
    assert told["meetings"] == "http://testserver/api/v1/meetings/"


def test_every_noun_is_tested():
    assert set(NOUNS) == set(DOORS)


@pytest.mark.parametrize("role", ["anonymous", *ROLES])
def test_lists_and_objects_have_the_same_shape(world, role):
    caller = client(None if role == "anonymous" else getattr(world, role))
    for noun in NOUNS:
        listed = caller.get(f"/{noun}/")
        shown = caller.get(world.path(noun))

        assert listed.status_code == shown.status_code == 200
        assert listed.json().keys() == {"next", "previous", "results"}
        assert shown.json() in listed.json()["results"]
        assert shown.json().keys() == set(DOORS[noun].serializer_class().fields)


def test_replies_say_how_they_may_be_kept(world, anonymous):
    for path in [f"/{noun}/" for noun in NOUNS] + [world.path(noun) for noun in NOUNS]:
        reply = anonymous.get(path)

        assert reply["Content-Type"] == "application/json"
        assert reply["Cache-Control"] == "private, no-cache"
        assert {"Authorization", "Accept-Language"} <= set(reply["Vary"].split(", "))


def test_what_has_a_slug_is_found_by_it(world, anonymous):
    for noun in ("processes", "fields-of-action", "groups"):
        row = world.rows[noun]

        assert anonymous.get(f"/{noun}/{row.slug}/").json()["id"] == str(row.pk)


def test_a_slug_of_two_processes_names_neither(world, anonymous):
    from tests.factories import plan

    for process in (world.process, plan.process()):
        plan.field(process, slug="bildung", name="Bildung")

    assert anonymous.get("/fields-of-action/bildung/").status_code == 404


@pytest.mark.parametrize("name", ["nope", "0", "x" * 300, "%00", "%ED%A0%80", "..%2f..", "'--"])
def test_an_unknown_name_is_not_found(anonymous, name):
    for noun in NOUNS:
        problem(anonymous.get(f"/{noun}/{name}/"), 404)


def test_fields_may_be_chosen(world, anonymous):
    for noun in NOUNS:
        name = "updated_at" if noun != "locations" else "room"

        assert anonymous.get(world.path(noun) + f"?fields=id,{name}").json().keys() == {"id", name}
        for row in anonymous.get(f"/{noun}/?fields={name}").json()["results"]:
            assert row.keys() == {name}


def test_chosen_fields_keep_what_is_nested_whole(world, anonymous):
    row = anonymous.get(world.path("meetings") + "?fields=group,process").json()

    assert row["group"].keys() == {"id", "slug", "name"}
    assert row["process"].keys() == {"id", "slug", "short_title"}


def test_an_unknown_field_is_refused(world, anonymous):
    for given in ("", "nope", "id,nope", "id,", "*", "group.name", "%00"):
        for path in ("/meetings/", world.path("meetings")):
            assert pointers(anonymous.get(f"{path}?fields={given}")) == {"/query/fields"}


def test_times_have_the_offset_of_the_process(world, anonymous):
    summer = anonymous.get(world.path("meetings")).json()

    assert summer["starts_at"] == "2026-04-15T17:00:00+02:00"
    assert summer["created_at"] == "2026-03-02T10:00:00+01:00"


def test_a_name_that_is_not_published_is_shown_to_the_group_only(world, anonymous):
    from tests.factories import groups, people

    hidden = people.person(publishes_name=False)
    path = f"/seats/{groups.seat(world.group, person=hidden).pk}/"
    nobody = {"id": None, "name": None, "organisation": None}

    for caller in (anonymous, client(world.stranger), client(world.other_member)):
        assert caller.get(path).json()["occupant"] == nobody
        assert caller.get(f"/people/{hidden.pk}/").status_code == 404
        assert caller.get(f"/people/?search={hidden.name}").json()["results"] == []
    for user in (world.member, world.coordinator):
        assert client(user).get(path).json()["occupant"]["name"] == hidden.name


def test_me_says_who_calls(world, anonymous):
    told = client(world.member, scope="read").get("/me/").json()

    assert (told["email"], told["scope"]) == (world.member.email, "read")
    assert [seat["group"]["id"] for seat in told["seats"]] == [str(world.group.pk)]
    assert told["coordinates"] == []
    assert anonymous.get("/me/").status_code == 401

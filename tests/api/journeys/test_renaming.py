"""A process is renamed: whatever was known under the old name goes on."""

import pytest

from tests.api.callers import client
from tests.api.problems import pointers, problem
from tests.factories import groups, people, plan, schedule


@pytest.fixture
def process(db):
    return plan.process(slug="lip-2-0", title="LIP 2.0", short_title="LIP 2.0")


@pytest.fixture
def renamed(process):
    """The same process after its new name, with what its feeds were before."""
    group = groups.expert_group(process)
    schedule.meeting(group)
    boss = client(people.coordinator(process))
    before = boss.get("/calendar/lip-2-0.ics").content.decode()
    body = {"slug": "wir2-0", "title": "WIR 2.0", "short_title": "WIR 2.0"}
    assert boss.post("/processes/lip-2-0/rename/", body).json()["slug"] == "wir2-0"
    return group, boss, before


def test_both_names_lead_to_it(renamed, anonymous):
    old, new = anonymous.get("/processes/lip-2-0/"), anonymous.get("/processes/wir2-0/")

    assert old.status_code == 200
    assert old.json() == new.json()
    assert old.json()["title"] == "WIR 2.0"


def test_both_names_filter(renamed, anonymous):
    for noun in ("meetings", "groups", "fields-of-action"):
        old = anonymous.get(f"/{noun}/?process=lip-2-0").json()["results"]
        assert old == anonymous.get(f"/{noun}/?process=wir2-0").json()["results"] != []


def test_both_names_serve_the_feeds_without_a_redirect(renamed, anonymous):
    group, _boss, before = renamed
    field = group.fields_of_action.get()
    for part in ("", f"/groups/{group.slug}", f"/fields/{field.slug}"):
        old = anonymous.get(f"/calendar/lip-2-0{part}.ics")
        new = anonymous.get(f"/calendar/wir2-0{part}.ics")

        assert (old.status_code, old.content) == (200, new.content)
        assert old["ETag"] == new["ETag"]
        assert uids(old.content.decode()) == uids(before)
        assert "/wir2-0/meetings/" in unfolded(old.content.decode())


def test_a_name_that_is_taken_or_reserved_is_refused(renamed, anonymous):
    _group, boss, _before = renamed
    other = plan.process(slug="anders")
    for slug in ("anders", "api", "calendar", "admin", "en"):
        body = {"slug": slug, "title": "x", "short_title": "x"}
        assert pointers(boss.post("/processes/wir2-0/rename/", body)) == {"/slug"}
    mine = client(people.coordinator(other))
    body = {"slug": "lip-2-0", "title": "x", "short_title": "x"}
    assert pointers(mine.post("/processes/anders/rename/", body)) == {"/slug"}


def test_the_old_name_can_be_taken_again(renamed, anonymous):
    _group, boss, _before = renamed
    body = {"slug": "lip-2-0", "title": "LIP 2.0", "short_title": "LIP 2.0"}

    assert boss.post("/processes/wir2-0/rename/", body).status_code == 200
    assert anonymous.get("/processes/wir2-0/").json()["slug"] == "lip-2-0"
    problem(anonymous.get("/processes/nie-gewesen/"), 404)


def unfolded(feed):
    return feed.replace("\r\n ", "")


def uids(feed):
    return {line for line in unfolded(feed).split("\r\n") if line.startswith("UID")}

"""The life of a series through the API."""

from datetime import UTC, datetime

import pytest

from meetings.schedule.models import Meeting
from tests.api.problems import pointers, problem
from tests.factories import schedule


@pytest.fixture
def series(world, boss):
    """Every Wednesday at 17:00 from March on."""
    place = schedule.location(world.process)
    body = {
        "group": str(world.group.pk), "title": "Bildung", "rrule": "FREQ=WEEKLY",
        "starts_on": "2026-03-04", "starts_time": "17:00", "minutes": 90,
        "visibility": "public", "location": str(place.pk), "excluded_on": ["2026-04-01"],
    }  # fmt: skip
    reply = boss.post("/series/", body)
    assert reply.status_code == 201, reply.content
    return reply.json()


def dates(boss, series, **query):
    asked = {"series": series["id"], "page_size": 200, **query}
    return boss.get("/meetings/", asked).json()["results"]


def test_it_brings_forth_a_year_of_meetings_at_the_same_local_time(boss, series):
    rows = dates(boss, series)

    assert series["recurrence"] == "wöchentlich"
    assert len(rows) == 51
    assert rows[0]["starts_at"] == "2026-03-04T17:00:00+01:00"
    assert rows[4]["starts_at"] == "2026-04-08T17:00:00+02:00"
    assert {row["starts_at"][11:16] for row in rows} == {"17:00"}
    assert {row["state"] for row in rows} == {"planned"}


def test_one_meeting_moves_alone(boss, series):
    row = dates(boss, series)[5]
    moved = boss.post(f"/meetings/{row['id']}/move/", {"starts_at": "2026-04-16T18:30"}).json()

    assert moved["starts_at"] == "2026-04-16T18:30:00+02:00"
    assert moved["ends_at"] == "2026-04-16T20:00:00+02:00"
    assert moved["moved_from"] == moved["original_start"] == row["starts_at"]
    assert moved["detached_fields"] == ["starts_at"]
    assert (moved["uid"], moved["sequence"]) == (row["uid"], 1)


def test_one_meeting_is_cancelled_alone(boss, series):
    row = dates(boss, series)[5]
    gone = boss.post(f"/meetings/{row['id']}/cancel/", {"reason": "Feiertag"}).json()

    assert (gone["state"], gone["reason"], gone["sequence"]) == ("cancelled", "Feiertag", 1)
    assert gone["moves"] == ["withdraw"]
    problem(boss.edit(f"/meetings/{row['id']}/", {"title": "x"}), 409)
    assert len(dates(boss, series, state="planned")) == 50


def test_details_change_for_all_future_meetings_but_those_set_alone(boss, series, clock):
    rows = dates(boss, series)
    boss.edit(f"/meetings/{rows[5]['id']}/", {"title": "Allein"})
    clock.move_to(datetime(2026, 3, 20, tzinfo=UTC))
    reply = boss.edit(f"/series/{series['id']}/", {"title": "Neu", "minutes": 60})

    assert reply.status_code == 200
    now = dates(boss, series)
    assert [row["title"] for row in now[:7]] == [*["Bildung"] * 3, "Neu", "Neu", "Allein", "Neu"]
    assert now[2]["ends_at"][11:16] == "18:30"
    assert now[3]["ends_at"][11:16] == "18:00"


def test_a_preview_of_a_split_is_what_then_happens(boss, series, anonymous):
    rows = dates(boss, series)
    boss.post(f"/meetings/{rows[8]['id']}/move/", {"starts_at": "2026-05-07T10:00"})
    change = {
        "meeting": rows[6]["id"], "starts_time": "18:00", "rrule": "FREQ=WEEKLY;INTERVAL=2",
        "title": "Neu",
    }  # fmt: skip
    path = f"/series/{series['id']}/split/"
    problem(anonymous.post(f"{path}preview/", change), 401)
    told = boss.post(f"{path}preview/", change).json()
    assert dates(boss, series)[6]["starts_at"] == rows[6]["starts_at"]  # nothing is saved yet

    after = boss.post(path, change).json()

    assert after["continues"] == series["id"]
    now = {row["id"]: row for row in dates(boss, after)}
    known = {row["id"] for row in rows}
    assert {row["meeting"]: row["becomes"] for row in told["kept"]} == {
        name: row["starts_at"] for name, row in now.items() if name in known
    }
    assert told["added"] == [row["starts_at"] for name, row in now.items() if name not in known]
    cancelled = dates(boss, series, state="cancelled")
    assert [row["id"] for row in told["cancelled"]] == [row["id"] for row in cancelled]
    assert cancelled
    assert {name: row["uid"] for name, row in now.items() if name in known} == {
        row["id"]: row["uid"] for row in rows if row["id"] in now
    }
    old = boss.get(f"/series/{series['id']}/").json()
    assert (old["state"], old["moves"]) == ("ended", [])


def test_a_preview_knows_only_its_own_fields(boss, series):
    meeting = dates(boss, series)[3]["id"]
    reply = boss.post(f"/series/{series['id']}/split/preview/?fields=title", {"meeting": meeting})

    assert reply.json().keys() == {"kept", "cancelled", "added"}
    assert reply.json()["kept"][0].keys() == {"meeting", "starts_at", "becomes"}


def test_a_split_needs_a_future_meeting_of_the_series(world, boss, series, clock):
    path = f"/series/{series['id']}/split/"
    past, other = dates(boss, series)[0]["id"], str(world.rows["meetings"].pk)
    clock.move_to(datetime(2026, 3, 20, tzinfo=UTC))
    for meeting in (past, other):
        for address in (path, f"{path}preview/"):
            assert pointers(boss.post(address, {"meeting": meeting})) == {"/meeting"}


def test_ending_cancels_what_lies_ahead(boss, series, clock):
    clock.move_to(datetime(2026, 3, 20, tzinfo=UTC))
    ended = boss.post(f"/series/{series['id']}/end/", {"reason": "Fertig"}).json()

    assert (ended["state"], ended["moves"]) == ("ended", [])
    states = [row["state"] for row in dates(boss, series)]
    assert states == ["planned"] * 3 + ["cancelled"] * 48
    problem(boss.post(f"/series/{series['id']}/end/", {"reason": "x"}), 409)
    problem(boss.edit(f"/series/{series['id']}/", {"title": "x"}), 409)


def test_a_suspended_process_puts_its_meetings_off_until_it_is_resumed(world, boss, series):
    path = world.path("processes")
    planned = Meeting.objects.filter(process=world.process, state="planned").count()
    draft = schedule.draft(world.group)
    told = boss.post(f"{path}suspend/", {"reason": "Pandemie"}).json()
    assert (told["status"], told["suspended_reason"], told["moves"]) == (
        "suspended", "Pandemie", ["resume", "rename"],
    )  # fmt: skip
    assert {row["state"] for row in dates(boss, series)} == {"postponed"}
    assert {row["reason"] for row in dates(boss, series)} == {"Pandemie"}

    resumed = boss.post(f"{path}resume/").json()

    assert len(resumed["awaiting_dates"]) == planned
    assert resumed["awaiting_dates"][0].keys() == {"id", "title", "starts_at", "state"}
    assert str(draft.pk) not in {row["id"] for row in resumed["awaiting_dates"]}
    first = resumed["awaiting_dates"][0]["id"]
    moved = boss.post(f"/meetings/{first}/move/", {"starts_at": "2026-09-02T17:00"}).json()
    assert (moved["state"], moved["reason"], moved["sequence"]) == ("planned", "", 2)


def test_meetings_may_be_left_alone_when_a_process_is_suspended(world, boss, series):
    body = {"reason": "Pandemie", "postpone_meetings": False}
    boss.post(world.path("processes", "suspend"), body)

    assert {row["state"] for row in dates(boss, series)} == {"planned"}
    assert (
        boss.post(world.path("processes", "resume") + "?fields=id").json()["awaiting_dates"] == []
    )

"""What lists can be asked, and how they refuse what they do not know."""

from datetime import timedelta

import pytest

from api.urls import NOUNS as DOORS
from tests.api.callers import client
from tests.api.problems import pointers
from tests.api.world import NOUNS, contribution, dialogue_round, topic
from tests.factories import NOW, groups, people, plan, schedule


def ids(caller, noun, **query):
    reply = caller.get(f"/{noun}/", query)
    assert reply.status_code == 200, reply.content[:300]
    return {row["id"] for row in reply.json()["results"]}


def names(*rows):
    return {str(row.pk) for row in rows}


def test_an_unknown_filter_is_refused(anonymous):
    for noun in NOUNS:
        for name in ("nope", "title__icontains", "id", "Page_size", "x" * 5000, "%00", "ü"):
            reply = anonymous.get(f"/{noun}/?{name}=1")
            assert all(at.startswith("/query/") for at in pointers(reply))


FILTERS = [(noun, name) for noun in NOUNS for name in DOORS[noun].filterset_class.base_filters]
HOSTILE = ("\0", "a\0b", "x" * 100_000, "\ud800".encode(errors="surrogatepass"), "'; --", "%", "\\")


@pytest.mark.parametrize("noun", NOUNS)
def test_hostile_values_of_filters_never_break_a_list(anonymous, noun):
    for name in DOORS[noun].filterset_class.base_filters:
        for value in HOSTILE:
            reply = anonymous.get(f"/{noun}/", {name: value})
            if reply.status_code != 200:
                assert pointers(reply) == {f"/query/{name}"}
            else:
                assert reply.json()["results"] == [], (name, value)


@pytest.mark.parametrize("noun", NOUNS)
def test_moments_and_days_at_the_edge_of_time_never_break_a_list(world, anonymous, noun):
    edges = ("0001-01-01", "9999-12-31")
    offsets = ("", "Z", "+14:00", "-14:00", "+00:00")
    moments = [f"{day}T00:00:00{sign}" for day in edges for sign in offsets]
    moments += [f"{day}T23:59:59.999999{sign}" for day in edges for sign in offsets]
    for name in DOORS[noun].filterset_class.base_filters:
        if name == "updated_since" or name.endswith(("_after", "_before", "_on")):
            for value in (*edges, *moments, "10000-01-01", "-1-01-01", "2026-02-30", "1e9"):
                reply = anonymous.get(f"/{noun}/", {name: value})
                assert reply.status_code == 200 or pointers(reply) == {f"/query/{name}"}


def test_choices_are_checked_alone_and_in_rows(anonymous):
    for noun, name in FILTERS:
        if name.endswith("__in"):
            for value in ("nope", "public,nope", "x" * 5000, ",".join(["planned"] * 201)):
                reply = anonymous.get(f"/{noun}/", {name: value})
                assert pointers(reply) == {f"/query/{name}"}, (noun, name, value)
            bare = name.removesuffix("__in")
            if bare != "group":
                assert pointers(anonymous.get(f"/{noun}/", {bare: "nope"})) == {f"/query/{bare}"}


def test_several_choices_may_be_named(world, anonymous):
    off = schedule.meeting(world.group)
    from meetings.schedule import actions
    from process.base.access import SYSTEM

    actions.cancel(meeting_id=off.pk, reason="Krank", by=SYSTEM, now=NOW)

    assert ids(anonymous, "meetings", state="cancelled") == names(off)
    assert str(off.pk) in ids(anonymous, "meetings", state__in="planned,cancelled", page_size=200)
    assert str(off.pk) not in ids(anonymous, "meetings", state="planned", page_size=200)


def test_meetings_are_found_by_what_they_belong_to(world, anonymous):
    meeting = world.rows["meetings"]
    field = meeting.group.fields_of_action.get()
    elsewhere = schedule.meeting(groups.expert_group(plan.process()))

    for query in (
        {"group": meeting.group.slug},
        {"group": meeting.group.pk},
        {"group__in": f"{meeting.group.pk},{meeting.pk}"},
        {"field_of_action": field.slug},
        {"field_of_action": field.pk},
        {"uid": meeting.uid},
    ):
        assert ids(anonymous, "meetings", **query) == names(meeting), query
    of_process = ids(anonymous, "meetings", process=world.process.slug, page_size=200)
    assert names(elsewhere) & of_process == set()
    assert ids(anonymous, "meetings", series=world.rows["series"].pk, page_size=200) == names(
        *world.rows["series"].meetings.all()
    )


def test_ranges_include_their_ends(world, anonymous):
    early, late = schedule.START.replace(month=6), schedule.START.replace(month=7)
    group = groups.group(world.process)
    first = schedule.meeting(group, starts_at=early, ends_at=None)
    second = schedule.meeting(group, starts_at=late, ends_at=None)
    at = {"group": group.slug}

    assert ids(anonymous, "meetings", starts_at_after=first.starts_at.isoformat(), **at) == names(
        first, second
    )
    assert ids(anonymous, "meetings", starts_at_before=first.starts_at.isoformat(), **at) == names(
        first
    )
    assert ids(anonymous, "meetings", starts_at_after="2026-06-20T00:00:00Z", **at) == names(second)


def test_rounds_and_contributions_are_found_by_their_days(world, anonymous):
    held = world.rows["dialogue-rounds"]
    said = contribution(topic(held), received_at=NOW + timedelta(days=5))

    assert str(held.pk) in ids(anonymous, "dialogue-rounds", held_on=held.held_on)
    assert ids(anonymous, "dialogue-rounds", held_on_before="2019-12-31") == set()
    assert str(held.pk) in ids(anonymous, "dialogue-rounds", held_on_after=held.held_on)
    assert ids(anonymous, "contributions", received_at_after="2026-03-05T00:00:00Z") == names(said)


def test_updated_since_finds_what_was_changed(world, anonymous, boss, clock):
    clock.move_to(NOW + timedelta(hours=1))
    assert (
        ids(anonymous, "meetings", updated_since=(NOW + timedelta(minutes=1)).isoformat()) == set()
    )

    boss.edit(world.path("meetings"), {"title": "Anders"})

    since = (NOW + timedelta(hours=1)).isoformat()
    assert ids(anonymous, "meetings", updated_since=since) == names(world.rows["meetings"])


def test_a_search_wants_every_word_somewhere(world, anonymous):
    meeting = schedule.meeting(world.group, title="Runder Tisch", summary="Über **Bäume**")

    assert ids(anonymous, "meetings", search="tisch bäume") == names(meeting)
    assert ids(anonymous, "meetings", search="tisch straße") == set()
    for wildcards in ("%%", "__", "\\\\"):
        assert ids(anonymous, "meetings", search=wildcards) == set()
    for given in ("x", "y" * 101, "a\tb", "a\u202eb"):
        assert pointers(anonymous.get("/meetings/", {"search": given})) == {"/query/search"}


def test_a_round_is_found_by_its_topics_once(anonymous, world):
    held = dialogue_round(world.process)
    from process.rounds.models import Topic

    for n in range(3):
        Topic.objects.create(round=held, position=n, title=f"Radwege {n}")

    reply = anonymous.get("/dialogue-rounds/?search=radwege&count=true").json()

    assert reply["count"] == len(reply["results"]) == 1


def test_somebody_with_two_seats_is_listed_once_and_only_while_sitting(world, anonymous, boss):
    group, busy, gone = groups.group(world.process), people.person(), people.person()
    for person in (busy, busy, gone):
        seat = groups.seat(group, person=person)
    boss.post(f"/seats/{seat.pk}/vacate/", {})

    reply = anonymous.get(f"/people/?group={group.slug}&count=true").json()

    assert (reply["count"], [row["id"] for row in reply["results"]]) == (1, [str(busy.pk)])


def test_an_empty_filter_keeps_everything(world, anonymous):
    for noun, name in FILTERS:
        whole = ids(anonymous, noun, page_size=200)
        assert ids(anonymous, noun, page_size=200, **{name: ""}) == whole, (noun, name)


def test_vacant_seats_are_found(world, anonymous):
    empty = groups.seat(world.group)

    assert ids(anonymous, "seats", vacant="true") == names(empty)
    assert names(empty) & ids(anonymous, "seats", vacant="false") == set()


def test_what_is_hidden_is_found_by_no_filter(world):
    secret = schedule.meeting(world.group, visibility="members", title="Klausur")
    draft = schedule.draft(world.group, title="Klausur")
    asked = [
        {"uid": secret.uid}, {"uid": draft.uid}, {"search": "Klausur"},
        {"updated_since": "2020-01-01T00:00:00Z", "visibility": "members"},
        {"state": "draft"}, {"group": world.group.slug},
    ]  # fmt: skip
    for caller in (client(None), client(world.stranger), client(world.other_member)):
        for query in asked:
            seen = ids(caller, "meetings", page_size=200, **query)
            assert seen & names(secret, draft) == set(), query
    assert ids(client(world.member), "meetings", search="Klausur") == names(secret, draft)

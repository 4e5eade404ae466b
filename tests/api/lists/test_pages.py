"""Pages: nothing twice and nothing missed, while rows come and go."""

import json
from base64 import urlsafe_b64encode

import pytest

from api.urls import NOUNS as DOORS
from meetings.schedule.models import Meeting
from tests.api.problems import pointers
from tests.api.world import NOUNS
from tests.factories import schedule


@pytest.fixture
def tied(world):
    """Ten meetings at the same moment."""
    return [schedule.meeting(world.group) for _ in range(10)]


def walk(caller, url, way="next"):
    """Yield the ids of each page, in the order of the pages."""
    while url:
        page = caller.get(url).json()
        yield [row["id"] for row in page["results"]]
        url = page[way]


def pages(caller, query, way="next"):
    return [name for page in walk(caller, f"/meetings/?{query}", way) for name in page]


def every_id(order="starts_at"):
    sign = "-" if order.startswith("-") else ""
    rows = Meeting.objects.order_by(order, f"{sign}id").values_list("id", flat=True)
    return [str(pk) for pk in rows]


@pytest.mark.parametrize("order", ["starts_at", "-starts_at", "updated_at", "-updated_at"])
@pytest.mark.parametrize("size", [1, 3, 200])
def test_walking_on_meets_every_row_once(anonymous, tied, order, size):
    assert pages(anonymous, f"ordering={order}&page_size={size}&fields=id") == every_id(order)


@pytest.mark.parametrize("order", ["starts_at", "-starts_at"])
def test_walking_back_meets_the_same_rows(anonymous, tied, order):
    ahead = list(walk(anonymous, f"/meetings/?ordering={order}&page_size=4&fields=id"))
    url = f"/meetings/?ordering={order}&page_size=4&fields=id"
    while (page := anonymous.get(url).json())["next"]:
        url = page["next"]
    back = list(walk(anonymous, page["previous"], "previous"))

    assert [name for part in reversed(back) for name in part] == [
        name for part in ahead[:-1] for name in part
    ]


def test_rows_that_come_and_go_between_pages_shift_nothing(world, anonymous, tied):
    whole = every_id()
    first = anonymous.get("/meetings/?page_size=5&fields=id").json()
    seen = [row["id"] for row in first["results"]]
    Meeting.objects.filter(pk__in=[seen[0], seen[4]]).delete()  # also the one the cursor names
    gone = whole[7]
    Meeting.objects.filter(pk=gone).delete()
    early = schedule.meeting(world.group, starts_at=schedule.START.replace(day=1), ends_at=None)
    late = schedule.meeting(world.group, starts_at=schedule.START.replace(year=2027), ends_at=None)

    rest = [name for page in walk(anonymous, first["next"]) for name in page]

    kept = [name for name in whole[5:] if name != gone]
    assert rest == sorted([*kept, str(late.pk)], key=every_id().index)
    assert str(early.pk) not in rest


def test_the_first_and_the_last_page_end(anonymous, tied):
    page = anonymous.get("/meetings/?page_size=200").json()
    assert (page["next"], page["previous"]) == (None, None)

    first = anonymous.get("/meetings/?page_size=5").json()
    second = anonymous.get(first["next"]).json()
    assert first["previous"] is None
    assert anonymous.get(second["previous"]).json()["results"] == first["results"]
    assert anonymous.get(second["previous"]).json()["previous"] is None


def test_links_keep_what_was_asked(world, anonymous, tied):
    query = f"page_size=2&group={world.group.slug}&ordering=-starts_at&count=true&fields=id"
    page = anonymous.get(f"/meetings/?{query}").json()
    second = anonymous.get(page["next"]).json()

    assert second["count"] == page["count"] == Meeting.objects.filter(group=world.group).count()
    assert second["results"][0].keys() == {"id"}


@pytest.mark.parametrize("noun", NOUNS)
def test_every_ordering_walks_both_ways(world, anonymous, noun):
    from tests.api.world import MORE

    for _ in range(2):
        MORE[noun](world)
    for name in DOORS[noun].orderings:
        up = list(walk(anonymous, f"/{noun}/?ordering={name}&page_size=2&fields=id"))
        down = list(walk(anonymous, f"/{noun}/?ordering=-{name}&page_size=200&fields=id"))

        assert [x for page in up for x in page] == [x for page in down for x in page][::-1]


def test_hostile_names_in_the_database_can_be_walked_past(world, anonymous):
    from meetings.schedule.models import Location

    for name in ("", "\x01", "\u202e", "x" * 200, "\x85\n"):
        Location.objects.create(process=world.process, name=name)
    names = [row for page in walk(anonymous, "/locations/?page_size=1&fields=id") for row in page]

    assert len(names) == len(set(names)) == Location.objects.count()


def test_a_page_has_between_1_and_200_rows(anonymous):
    for size in ("1", "200"):
        assert anonymous.get(f"/meetings/?page_size={size}").status_code == 200
    for size in ("0", "-1", "201", "", "x", "1.5", "٣", "9" * 5000, "1e2", "%00", "+5"):
        assert pointers(anonymous.get(f"/meetings/?page_size={size}")) == {"/query/page_size"}


def test_a_count_is_given_only_when_asked_for(world, anonymous):
    assert "count" not in anonymous.get("/meetings/?count=false").json()
    assert anonymous.get("/meetings/?count=true&page_size=1").json()["count"] > 1
    for given in ("", "1", "TRUE", "yes", "%00", "x" * 5000):
        assert pointers(anonymous.get(f"/meetings/?count={given}")) == {"/query/count"}


def test_an_unknown_ordering_is_refused(anonymous):
    for noun in NOUNS:
        for given in ("", "-", "nope", "id", "--updated_at", "updated_at,id", "process__slug"):
            asked = anonymous.get(f"/{noun}/?ordering={given}")
            assert pointers(asked) == {"/query/ordering"}


def cursor(*values):
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


ID = "00000000-0000-0000-0000-000000000000"
BAD_CURSORS = (
    "", "x", "%00", "ü", "A" * 5000, "e30", "bnVsbA", "W10",
    cursor("starts_at", False), cursor("starts_at", False, "2026-01-01T00:00:00Z"),
    cursor("starts_at", False, "2026-01-01T00:00:00Z", ID, ID),
    cursor("starts_at", "no", "2026-01-01T00:00:00Z", ID),
    cursor("-starts_at", False, "2026-01-01T00:00:00Z", ID),
    cursor("updated_at", False, "2026-01-01T00:00:00Z", ID),
    cursor("starts_at", False, "0001-01-01T00:00:00+14:00", ID),
    cursor("starts_at", False, "9999-12-31T23:59:59-14:00", ID),
    cursor("starts_at", False, "0001-01-01T00:00:00", ID),
    cursor("starts_at", False, "nope", ID), cursor("starts_at", False, None, ID),
    cursor("starts_at", False, [], ID), cursor("starts_at", False, {}, ID),
    cursor("starts_at", False, 5, ID), cursor("starts_at", False, True, ID),
    cursor("starts_at", False, "2026-01-01T00:00:00Z", "nope"),
    cursor("starts_at", False, "2026-01-01T00:00:00Z", -1),
    cursor("starts_at", False, "2026-01-01T00:00:00Z", "\0"),
)  # fmt: skip


@pytest.mark.parametrize("given", range(len(BAD_CURSORS)))
def test_a_cursor_that_is_not_ours_is_refused(anonymous, given):
    asked = anonymous.get("/meetings/", {"cursor": BAD_CURSORS[given]})

    assert pointers(asked) == {"/query/cursor"}


def test_a_cursor_of_odd_numbers_or_texts_is_refused_or_useful(world, anonymous):
    for number in (10**30, 2**63, -1, "x", None, 10**400):
        asked = anonymous.get("/topics/", {"cursor": cursor("position", False, ID, number, ID)})
        assert pointers(asked) == {"/query/cursor"}
    for text in ("\0", None, True, []):
        asked = anonymous.get("/locations/", {"cursor": cursor("name", False, text, ID)})
        assert pointers(asked) == {"/query/cursor"}
    for text in ("\x01\u202e", "x" * 9000, "🙂", 5):
        asked = anonymous.get("/locations/", {"cursor": cursor("name", False, text, ID)})
        assert asked.status_code == 200


def test_a_truncated_cursor_is_refused(anonymous, tied):
    from urllib.parse import parse_qs, urlsplit

    following = anonymous.get("/meetings/?page_size=2").json()["next"]
    whole = parse_qs(urlsplit(following).query)["cursor"][0]
    for length in range(0, len(whole) - 1, 7):
        asked = anonymous.get("/meetings/", {"cursor": whole[:length]})
        assert pointers(asked) == {"/query/cursor"}


def test_a_cursor_of_another_ordering_is_refused(anonymous, tied):
    following = anonymous.get("/meetings/?page_size=2").json()["next"]

    assert pointers(anonymous.get(f"{following}&ordering=-starts_at")) == {"/query/cursor"}

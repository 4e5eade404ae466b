"""Whatever is sent: a 400 that points at it, and nothing is stored."""

from itertools import zip_longest

import orjson
import pytest
from django.db import transaction

from tests.api.errors.operations import OPERATIONS, WORDLESS
from tests.api.errors.values import MEGABYTE, refused_by
from tests.api.problems import pointers, problem
from tests.evidence import everything

NOTHING = object()
NAMES = [operation.name for operation in OPERATIONS]
BODIES = (
    b'{"reason":' + b"[" * 900 + b"]" * 900 + b"}", b"[" * 30 + b"]" * 30,
    b"[" * 5000, b'{"a":' * 5000, b'{"reason":NaN}', b'{"reason":Infinity}', b'{"reason":1e999}',
    b'{"reason":"\\ud800"}', b'"\\udfff"', b'{"reason":"\xff"}', b"\xff\xfe", b"\x00", b"{", b"}",
    b"{'a':1}", b'{"a":1}x', b'{"a":01}', b'\xef\xbb\xbf{}', b"//", b"[]", b'[{"a":1}]', b'"x"',
    b"null", b"1", b"true", b'{"nope":1}', b'{"nope":' + b"9" * 100_000 + b"}",
    b'{"a":1,"a":2}', b'{"\\u0000":1}', b'{"' + b"x" * 100_000 + b'":1}',
)  # fmt: skip


def kept():
    """Return every row of the house, but for when keys were used."""
    return everything() | {"ApiToken": []}


def untouched(before):
    """Tell whether no row of the house has changed."""
    return kept() == before


def ready(world):
    """Build what the operations need before anybody looks."""
    for operation in OPERATIONS:
        operation.path(world)
        operation.body(world)


@pytest.fixture(params=OPERATIONS, ids=NAMES)
def operation(request, world):
    ready(world)
    return request.param


def at(world, boss, operation, bad):
    """Send hostile values among good ones; return the members that the refusal points at."""
    small = {name: value for name, value in bad.items() if value is not MEGABYTE}
    bad = small or dict(list(bad.items())[:1])
    reply = operation.call(boss, world, operation.body(world) | bad)
    assert reply.status_code == 400, (bad.keys(), repr(bad)[:200], reply.status_code)
    assert len(reply.content) < 20_000
    return {point.split("/")[1] for point in pointers(reply)}


def test_the_good_body_is_good(world, boss):
    ready(world)
    for operation in OPERATIONS:
        with transaction.atomic():
            reply = operation.call(boss, world, operation.body(world))
            transaction.set_rollback(True)

        assert reply.status_code in {200, 201}, (operation.name, reply.content[:500])


def test_hostile_values_are_refused_where_they_stand(world, boss, operation):
    before = kept()
    values = {name: refused_by(name, field) for name, field in operation.takes().fields.items()}
    for row in zip_longest(*values.values(), fillvalue=NOTHING):
        sent = {
            name: value for name, value in zip(values, row, strict=True) if value is not NOTHING
        }
        # Complaints come together; what only the deed itself refuses is asked again alone.
        for name in sent.keys() - at(world, boss, operation, sent):
            assert at(world, boss, operation, {name: sent[name]}) == {name}, repr(sent[name])[:80]
    assert untouched(before)


def test_hostile_bodies_are_refused(world, boss, operation):
    before = kept()
    for body in BODIES:
        reply = operation.call(boss, world, body, content_type="application/json")

        assert problem(reply, 400), body[:50]
    assert untouched(before)


def test_other_formats_are_not_read(world, boss):
    ready(world)
    before = kept()
    for operation in OPERATIONS:
        for kind in ("application/x-www-form-urlencoded", "text/plain", "nonsense"):
            problem(operation.call(boss, world, "reason=x", content_type=kind), 415)
        problem(operation.call(boss, world, {"reason": "x"}, format="multipart"), 415)
    assert untouched(before)


def test_what_is_too_long_is_not_read(world, boss):
    ready(world)
    for operation in OPERATIONS:
        for length in (2_100_000, 6_000_000):
            asked = operation.call(boss, world, b"x" * length, content_type="application/json")
            problem(asked, 413)


def test_what_must_be_said_is_missed(world, boss):
    ready(world)
    before = kept()
    for operation in OPERATIONS:
        good = operation.body(world)
        partial = operation.method == "PATCH"
        fields = {} if partial else operation.takes().fields
        needed = [name for name, field in fields.items() if field.required]
        for name in needed:
            without = {key: value for key, value in good.items() if key != name}
            assert pointers(operation.call(boss, world, without)) == {f"/{name}"}
        if needed:
            empty = operation.call(boss, world, b"", content_type="application/json")
            assert pointers(empty) == {f"/{name}" for name in needed}
    assert untouched(before)


def test_unknown_members_are_refused(world, boss):
    ready(world)
    before = kept()
    names = ("nope", "id", "rev", "state", "a.b", "a/b", "a~b", "")
    steps = {name.replace("~", "~0").replace("/", "~1") for name in names}
    for operation in OPERATIONS:
        reply = operation.call(boss, world, operation.body(world) | dict.fromkeys(names, 1))
        assert pointers(reply) == {f"/{step}" for step in steps}
    assert untouched(before)


def test_a_deed_without_words_takes_none(world, boss):
    before = kept()
    for path in [world.path(noun, verb) for noun, verb in WORDLESS]:
        for body in BODIES:
            problem(boss.post(path, body, content_type="application/json"), 400)
        problem(boss.post(path, "a=b", content_type="application/x-www-form-urlencoded"), 415)
        assert pointers(boss.post(path, {"reason": "x"})) == {"/reason"}
    assert untouched(before)


def test_odd_but_harmless_values_are_kept_as_they_are(world, boss):
    for value in (
        "🙂",
        "<script>alert(1)</script>",
        "=1+1",
        "{{ 7*7 }}",
        "a\u0301",
        "'; --",
        "\u200b",
    ):
        with transaction.atomic():
            reply = boss.edit(world.path("meetings"), {"title": value, "summary": f"{value}\n\tx"})
            kept = "á" if value == "a\u0301" else value

            assert reply.status_code == 200
            assert reply.json()["title"] == kept
            assert boss.get("/meetings/").status_code == 200


def test_parts_of_another_process_are_unknown(world, boss):
    from tests.factories import groups, people, plan, schedule

    elsewhere = plan.process()
    group = groups.expert_group(elsewhere)
    place, meeting = schedule.location(elsewhere), schedule.meeting(group)
    new = {"title": "x", "starts_at": "2026-06-01T17:00", "process": str(world.process.pk)}
    people.coordinator(elsewhere)
    before = kept()
    at = {"location": str(place.pk)}
    third = world.rows["series"].meetings.order_by("starts_at")[2]
    asked = {
        "/location": [
            boss.post("/meetings/", new | at),
            boss.edit(world.path("meetings"), at),
            boss.edit(world.path("series"), at),
            boss.post(world.path("meetings", "move"), at | {"starts_at": "2026-06-01T17:00"}),
            boss.post(world.path("series", "split"), at | {"meeting": str(third.pk)}),
        ],
        "/group": [boss.post("/meetings/", new | {"group": str(group.pk)})],
        "/successor": [
            boss.post(world.path("meetings", "cancel"), {"reason": "x", "successor": str(pk)})
            for pk in (meeting.pk, world.rows["meetings"].pk)
        ],
        "/meeting": [boss.post(world.path("series", "split"), {"meeting": str(meeting.pk)})],
    }
    for pointer, replies in asked.items():
        for reply in replies:
            assert pointers(reply) == {pointer}
    assert untouched(before)


def test_a_long_name_of_a_member_does_not_come_back(world, boss):
    reply = boss.post(
        "/topics/", orjson.dumps({"x" * 1_000_000: 1}), content_type="application/json"
    )

    assert problem(reply, 400)
    assert len(reply.content) < 2000

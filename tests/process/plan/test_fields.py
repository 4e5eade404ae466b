"""Fields of action."""

import pytest
from django.contrib.auth.models import AnonymousUser

from process.base.errors import Invalid, NotAllowed, Stale
from process.people.models import User
from process.plan import field_actions
from process.plan.models import FieldOfAction, Process
from process.plan.queries import fields_for
from tests.concurrency import at_once
from tests.evidence import everything, last_entry, left_traces, refused
from tests.factories import NOW, plan

NOBODY = AnonymousUser()


def order(process: Process) -> list[str]:
    rows = FieldOfAction.objects.filter(process=process).order_by("position")
    assert list(rows.values_list("position", flat=True)) == list(range(1, len(rows) + 1))
    return list(rows.values_list("slug", flat=True))


@pytest.fixture
def four(process: Process) -> dict[str, FieldOfAction]:
    """Fields a, b, c, d."""
    return {slug: plan.field(process, slug=slug) for slug in "abcd"}


@pytest.mark.django_db
def test_add_field_puts_it_last(process: Process, coordinator: User) -> None:
    plan.field(process)
    values = {"slug": "jugend", "name": "Jugend", "added_reason": "Hat sich gebildet."}

    field = field_actions.add_field(process_id=process.pk, by=coordinator, now=NOW, **values)

    assert field.position == 2
    assert left_traces(field, "field_of_action.add", "field_of_action.added", coordinator)


@pytest.mark.django_db
@pytest.mark.parametrize("twin", ["slug", "name"])
def test_add_field_refuses_a_twin(process: Process, coordinator: User, twin: str) -> None:
    known = plan.field(process)
    values = {"slug": "neu", "name": "Neu"} | {twin: getattr(known, twin)}

    error = refused(
        Invalid, field_actions.add_field, process_id=process.pk, by=coordinator, now=NOW, **values
    )

    assert error.faults[0].pointer == f"/{twin}"
    assert plan.field(plan.process(), **{twin: getattr(known, twin)})


@pytest.mark.django_db
def test_edit_field(process: Process, coordinator: User) -> None:
    field = plan.field(process)
    by = {"by": coordinator, "now": NOW}

    edited = field_actions.edit_field(field_id=field.pk, rev=1, name="Anders", **by)

    assert (edited.name, edited.rev) == ("Anders", 2)
    assert left_traces(field, "field_of_action.edit", "field_of_action.edited", coordinator)
    before = everything()
    field_actions.edit_field(field_id=field.pk, rev=2, name="Anders", **by)
    assert everything() == before
    refused(Stale, field_actions.edit_field, field_id=field.pk, rev=1, name="Wieder", **by)
    taken = plan.field(process).name
    refused(Invalid, field_actions.edit_field, field_id=field.pk, rev=2, name=taken, **by)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moved", "position", "result"),
    [("a", 3, "bcad"), ("d", 1, "dabc"), ("b", 99, "acdb"), ("c", -5, "cabd"), ("b", 2, "abcd")],
)
def test_reorder_field_lets_the_others_close_ranks(
    four: dict[str, FieldOfAction],
    process: Process,
    coordinator: User,
    moved: str,
    position: int,
    result: str,
) -> None:
    field_actions.reorder_field(
        field_id=four[moved].pk, position=position, rev=1, by=coordinator, now=NOW
    )

    assert "".join(order(process)) == result


@pytest.mark.django_db
def test_reorder_field_leaves_traces_only_where_something_moved(
    four: dict[str, FieldOfAction], process: Process, coordinator: User
) -> None:
    by = {"by": coordinator, "now": NOW}
    before = everything()
    field_actions.reorder_field(field_id=four["a"].pk, position=1, rev=1, **by)
    assert everything() == before

    field_actions.reorder_field(field_id=four["a"].pk, position=2, rev=1, **by)

    act, news = "field_of_action.reorder", "field_of_action.reordered"
    assert left_traces(four["a"], act, news, coordinator)
    assert last_entry(four["a"]).after == {"position": 2}
    assert list(
        FieldOfAction.objects.filter(process=process).order_by("slug").values_list("rev", flat=True)
    ) == [2, 2, 1, 1]
    refused(Stale, field_actions.reorder_field, field_id=four["a"].pk, position=4, rev=1, **by)


@pytest.mark.django_db
def test_strangers_change_no_field(process: Process, stranger: User) -> None:
    field, by = plan.field(process), {"by": stranger, "now": NOW}

    refused(NotAllowed, field_actions.add_field, process_id=process.pk, slug="x", name="X", **by)
    refused(NotAllowed, field_actions.edit_field, field_id=field.pk, rev=1, name="X", **by)
    refused(NotAllowed, field_actions.reorder_field, field_id=field.pk, position=1, rev=1, **by)


@pytest.mark.django_db
def test_fields_are_seen_with_their_process(process: Process) -> None:
    shown = plan.field(process)
    plan.field(plan.prepared())

    assert list(fields_for(NOBODY)) == [shown]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_fields_costs_one_query(
    rows: int, process: Process, django_assert_num_queries
) -> None:
    for _ in range(rows):
        plan.field(process)

    with django_assert_num_queries(1):
        assert len([field.process.slug for field in fields_for(NOBODY)]) == rows


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_moving_several_fields_at_once_keeps_the_ranks_closed() -> None:
    from process.base.access import SYSTEM

    process = plan.prepared()
    fields = [plan.field(process) for _ in range(6)]

    results = at_once(
        6,
        lambda n: field_actions.reorder_field(
            field_id=fields[n].pk, position=6 - n, rev=None, by=SYSTEM, now=NOW
        ),
    )

    assert not [result for result in results if isinstance(result, Exception)]
    assert len(order(process)) == 6

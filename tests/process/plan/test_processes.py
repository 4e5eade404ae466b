"""Found, publish, rename, start, suspend, resume, conclude."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from process.base.access import SYSTEM
from process.base.errors import Invalid, NotAllowed, Stale, WrongState
from process.people.models import User
from process.plan import actions
from process.plan.models import Coordinator, Process
from process.plan.queries import is_slug_known, process_for, processes_for
from process.plan.vocab import Status
from tests.evidence import everything, last_entry, left_traces, news_of, refused
from tests.factories import NOW, people, plan

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
NAMES = {"slug": "wir-2-0", "title": "Wir", "short_title": "W"}
NOBODY = AnonymousUser()


def test_found_prepares_a_process_that_only_its_coordinators_see(administrator: User) -> None:
    process = actions.found(by=administrator, now=NOW, city="Musterstadt", **NAMES)

    assert process.status == Status.PREPARED
    assert left_traces(process, "process.found", "process.founded", administrator)
    assert process_for(NOBODY, "wir-2-0") is None
    assert process_for(people.coordinator(process), "wir-2-0") == process


@pytest.mark.parametrize("slug", sorted(actions.RESERVED_SLUGS))
def test_found_refuses_reserved_slugs(slug: str, administrator: User) -> None:
    error = refused(Invalid, actions.found, by=administrator, now=NOW, **NAMES | {"slug": slug})

    assert [(fault.pointer, fault.code) for fault in error.faults] == [("/slug", "taken")]


def test_found_refuses_a_slug_that_another_process_ever_had(process: Process) -> None:
    old = process.slug
    actions.rename(process_id=process.pk, by=SYSTEM, now=NOW, **NAMES)

    refused(Invalid, actions.found, by=SYSTEM, now=NOW, **NAMES | {"slug": old})


def test_mandate_enters_a_resolution(process: Process, coordinator: User) -> None:
    entered = actions.mandate(
        process_id=process.pk, position=1, reference="D 1/2018", body="Rat", by=coordinator, now=NOW
    )

    assert list(process.mandates.all()) == [entered]
    assert last_entry(process).act == "process.mandate"


def test_appoint_makes_a_coordinator_once(process: Process, administrator: User) -> None:
    user, by = people.user(), {"by": administrator, "now": NOW}

    first = actions.appoint(process_id=process.pk, user_id=user.pk, **by)
    before = everything()
    second = actions.appoint(process_id=process.pk, user_id=user.pk, **by)

    assert first == second
    assert everything() == before
    assert Coordinator.objects.filter(process=process).count() == 1


def test_publish_shows_the_process_to_everybody_once(administrator: User) -> None:
    process = plan.prepared()

    actions.publish(process_id=process.pk, by=administrator, now=NOW)
    again = actions.publish(process_id=process.pk, by=administrator, now=LATER)

    assert process_for(NOBODY, process.slug) == process
    assert again.published_at == NOW
    assert news_of(process).count("process.published") == 1


def test_edit_corrects_what_a_process_says(process: Process, coordinator: User) -> None:
    edited = actions.edit(
        process_id=process.pk, rev=process.rev, by=coordinator, now=LATER, summary="Neu."
    )

    assert (edited.summary, edited.rev, edited.updated_at) == ("Neu.", process.rev + 1, LATER)
    assert left_traces(process, "process.edit", "process.edited", coordinator)
    assert last_entry(process).before == {"summary": ""}


def test_edit_without_a_change_leaves_no_trace(process: Process, coordinator: User) -> None:
    before = everything()

    actions.edit(process_id=process.pk, rev=None, by=coordinator, now=LATER, city=process.city)

    assert everything() == before


def test_edit_based_on_an_older_revision_is_refused(process: Process, coordinator: User) -> None:
    error = refused(
        Stale, actions.edit, process_id=process.pk, rev=1, by=coordinator, now=NOW, summary="x"
    )

    assert error.current == process


def test_rename_keeps_every_old_link(process: Process, coordinator: User) -> None:
    old = process.slug

    renamed = actions.rename(process_id=process.pk, by=coordinator, now=NOW, **NAMES)

    assert left_traces(process, "process.rename", "process.renamed", coordinator)
    assert process_for(NOBODY, old) == process_for(NOBODY, "wir-2-0") == renamed
    assert is_slug_known(old)


def test_rename_back_takes_the_old_slug_again(process: Process, coordinator: User) -> None:
    old = {name: getattr(process, name) for name in NAMES}
    actions.rename(process_id=process.pk, by=coordinator, now=NOW, **NAMES)

    back = actions.rename(process_id=process.pk, by=coordinator, now=NOW, **old)

    assert back.slug == old["slug"]
    assert process.slugs.count() == 2


def test_rename_refuses_the_name_of_another(process: Process, coordinator: User) -> None:
    slug = plan.process().slug

    refused(
        Invalid,
        actions.rename,
        process_id=process.pk,
        by=coordinator,
        now=NOW,
        **NAMES | {"slug": slug},
    )


def test_rename_to_the_same_name_leaves_no_trace(process: Process, coordinator: User) -> None:
    before, same = everything(), {name: getattr(process, name) for name in NAMES}

    actions.rename(process_id=process.pk, by=coordinator, now=NOW, **same)

    assert everything() == before


def test_the_life_of_a_process(administrator: User) -> None:
    process, by = plan.prepared(), {"by": administrator, "now": NOW}
    same = {"process_id": process.pk}

    assert actions.start(**same, **by).status == Status.RUNNING
    halted = actions.suspend(**same, reason="Pandemie", postpone_meetings=False, **by)
    assert (halted.status, halted.suspended_reason) == (Status.SUSPENDED, "Pandemie")
    resumed = actions.resume(**same, **by)
    assert (resumed.suspended_reason, resumed.suspended_at) == ("", None)
    assert actions.conclude(**same, **by).status == Status.CONCLUDED
    assert news_of(process) == [
        "process.founded",
        "process.started",
        "process.suspended",
        "process.resumed",
        "process.concluded",
    ]
    assert last_entry(process).before == {"status": "running"}


def test_wrong_states_refuse(administrator: User) -> None:
    prepared, running, by = plan.prepared(), plan.process(), {"by": administrator, "now": NOW}
    halt = {"reason": "x", "postpone_meetings": False}

    refused(WrongState, actions.suspend, process_id=prepared.pk, **halt, **by)
    refused(WrongState, actions.resume, process_id=running.pk, **by)
    refused(WrongState, actions.conclude, process_id=prepared.pk, **by)
    refused(WrongState, actions.start, process_id=running.pk, **by)


def test_strangers_change_nothing(process: Process, stranger: User) -> None:
    by = {"by": stranger, "now": NOW}
    same = {"process_id": process.pk, **by}

    refused(NotAllowed, actions.found, **NAMES, **by)
    refused(NotAllowed, actions.mandate, position=1, reference="x", body="y", **same)
    refused(NotAllowed, actions.appoint, user_id=stranger.pk, **same)
    refused(NotAllowed, actions.publish, **same)
    refused(NotAllowed, actions.edit, rev=None, summary="x", **same)
    refused(NotAllowed, actions.rename, **NAMES, **same)
    refused(NotAllowed, actions.start, **same)
    refused(NotAllowed, actions.suspend, reason="x", postpone_meetings=True, **same)
    refused(NotAllowed, actions.resume, **same)
    refused(NotAllowed, actions.conclude, **same)


def test_coordinators_run_their_own_process_only(process: Process, coordinator: User) -> None:
    other, by = plan.process(), {"by": coordinator, "now": NOW}

    refused(NotAllowed, actions.conclude, process_id=other.pk, **by)
    refused(NotAllowed, actions.found, **NAMES, **by)
    refused(NotAllowed, actions.appoint, process_id=process.pk, user_id=coordinator.pk, **by)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_processes_costs_two_queries(rows: int, django_assert_num_queries) -> None:
    for _ in range(rows):
        plan.process()

    with django_assert_num_queries(2):
        assert len([list(process.mandates.all()) for process in processes_for(NOBODY)]) == rows

"""Dialogue rounds, their topics, and contributions as they are read."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from process.base.errors import Invalid, NotAllowed, Stale
from process.people.models import User
from process.plan.models import FieldOfAction, Process
from process.rounds import actions
from process.rounds.models import Contribution, Topic
from process.rounds.queries import contributions_for, rounds_for, topics_for
from tests.evidence import everything, last_entry, left_traces, news_of, refused
from tests.factories import NOW, people, plan, rounds

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def field(process: Process) -> FieldOfAction:
    """A field of action."""
    return plan.field(process)


def test_hold_enters_a_round(field: FieldOfAction, coordinator: User) -> None:
    values = {"title": "Runde", "held_on": date(2026, 1, 17), "speaker": people.person()}

    entered = actions.hold(field_id=field.pk, by=coordinator, now=NOW, **values)

    assert (entered.process_id, entered.field) == (field.process_id, field)
    assert left_traces(entered, "dialogue_round.hold", "dialogue_round.held", coordinator)


def test_a_field_has_one_round_a_day(field: FieldOfAction) -> None:
    known = rounds.dialogue_round(field)

    with pytest.raises(IntegrityError), transaction.atomic():
        rounds.dialogue_round(field, held_on=known.held_on)


def test_add_topic_puts_it_last(field: FieldOfAction, coordinator: User) -> None:
    dialogue_round = rounds.dialogue_round(field)
    rounds.topic(dialogue_round)

    topic = actions.add_topic(
        round_id=dialogue_round.pk, title="Räume", top=True, by=coordinator, now=NOW
    )

    assert (topic.position, topic.top) == (2, True)
    assert left_traces(topic, "topic.add", "topic.added", coordinator)


def test_a_topic_stands_once_in_a_round(field: FieldOfAction, coordinator: User) -> None:
    dialogue_round = rounds.dialogue_round(field)
    known, other = rounds.topic(dialogue_round), rounds.topic(dialogue_round)
    by = {"by": coordinator, "now": NOW}

    refused(Invalid, actions.add_topic, round_id=dialogue_round.pk, title=known.title, **by)
    refused(Invalid, actions.edit_topic, topic_id=other.pk, rev=1, title=known.title, **by)
    assert rounds.topic(rounds.dialogue_round(field), title=known.title)


def test_edit_topic(field: FieldOfAction, coordinator: User) -> None:
    topic, by = rounds.topic(rounds.dialogue_round(field)), {"by": coordinator, "now": NOW}

    edited = actions.edit_topic(topic_id=topic.pk, rev=1, summary="Kurz.", **by)

    assert (edited.summary, edited.rev) == ("Kurz.", 2)
    assert left_traces(topic, "topic.edit", "topic.edited", coordinator)
    before = everything()
    actions.edit_topic(topic_id=topic.pk, rev=2, summary="Kurz.", **by)
    assert everything() == before
    refused(Stale, actions.edit_topic, topic_id=topic.pk, rev=1, summary="x", **by)


def test_remove_topic_keeps_contributions_with_the_round(
    field: FieldOfAction, coordinator: User
) -> None:
    dialogue_round = rounds.dialogue_round(field)
    topic = rounds.topic(dialogue_round)
    said = rounds.contribution(field, round=dialogue_round, topic=topic)
    gone = Topic.objects.get(pk=topic.pk)
    refused(Stale, actions.remove_topic, topic_id=topic.pk, rev=9, by=coordinator, now=NOW)

    actions.remove_topic(topic_id=topic.pk, rev=1, by=coordinator, now=NOW)

    said.refresh_from_db()
    assert (said.round, said.topic) == (dialogue_round, None)
    assert last_entry(gone).act == "topic.remove"
    assert news_of(gone)[-1] == "topic.removed"


def test_strangers_change_nothing(field: FieldOfAction, stranger: User) -> None:
    dialogue_round = rounds.dialogue_round(field)
    topic, by = rounds.topic(dialogue_round), {"by": stranger, "now": NOW}
    values = {"title": "x", "held_on": date(2026, 1, 1)}

    refused(NotAllowed, actions.hold, field_id=field.pk, **values, **by)
    refused(NotAllowed, actions.add_topic, round_id=dialogue_round.pk, title="x", **by)
    refused(NotAllowed, actions.edit_topic, topic_id=topic.pk, rev=1, title="x", **by)
    refused(NotAllowed, actions.remove_topic, topic_id=topic.pk, rev=1, **by)


def test_contributions_are_seen_when_published_and_by_who_runs_the_process(
    field: FieldOfAction, coordinator: User, administrator: User, stranger: User
) -> None:
    public, hidden = rounds.contribution(field), rounds.contribution(field, state="screened")
    elsewhere = rounds.contribution(plan.field(plan.prepared()))

    assert set(contributions_for(NOBODY)) == set(contributions_for(stranger)) == {public}
    assert set(contributions_for(coordinator)) == {public, hidden}
    assert set(contributions_for(administrator)) == {public, hidden, elsewhere}


def test_what_is_published_has_a_public_wording(field: FieldOfAction) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rounds.contribution(field, text_public="")


def test_a_reference_is_given_once(field: FieldOfAction) -> None:
    known = rounds.contribution(field)

    with pytest.raises(IntegrityError), transaction.atomic():
        rounds.contribution(field, reference=known.reference)
    assert Contribution.objects.count() == 1


def test_rounds_of_a_hidden_process_are_hidden() -> None:
    rounds.topic(rounds.dialogue_round(plan.field(plan.prepared())))

    assert not rounds_for(NOBODY)
    assert not topics_for(NOBODY)


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_and_three(
    rows: int, field: FieldOfAction, django_assert_num_queries
) -> None:
    for _ in range(rows):
        topic = rounds.topic(rounds.dialogue_round(field, speaker=people.person()))
        rounds.contribution(field, round=topic.round, topic=topic)

    with django_assert_num_queries(2):
        found = [(r.field.name, str(r.speaker), list(r.topics.all())) for r in rounds_for(NOBODY)]
    assert len(found) == rows
    with django_assert_num_queries(1):
        assert len([t.round.field.name for t in topics_for(NOBODY)]) == rows
    with django_assert_num_queries(1):
        said = [(c.process.slug, c.round.title, c.topic.title) for c in contributions_for(NOBODY)]
    assert len(said) == rows

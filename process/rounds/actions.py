"""Enter dialogue rounds and keep their topics."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from process.base.access import require
from process.base.errors import Invalid
from process.base.revisions import differences, expect, revise
from process.journal.actions import announce, record
from process.plan.models import FieldOfAction
from process.rounds.access import Act
from process.rounds.models import DialogueRound, Topic


@transaction.atomic
def hold(*, field_id: Any, by: Any, now: datetime, **values: Any) -> DialogueRound:
    """Enter a dialogue round of a field of action."""
    field = FieldOfAction.objects.select_for_update().get(pk=field_id)
    dialogue_round = DialogueRound(process_id=field.process_id, field=field, **values)
    require(by, Act.HOLD, dialogue_round)
    dialogue_round.save()
    record("dialogue_round.hold", dialogue_round, by=by, now=now)
    announce("dialogue_round.held", dialogue_round, by=by, now=now)
    return dialogue_round


@transaction.atomic
def add_topic(*, round_id: Any, by: Any, now: datetime, **values: Any) -> Topic:
    """Add a topic at the end of a round."""
    dialogue_round = DialogueRound.objects.select_for_update().get(pk=round_id)
    last = dialogue_round.topics.aggregate(last=Max("position"))["last"]
    topic = Topic(round=dialogue_round, position=(last or 0) + 1, **values)
    require(by, Act.ADD_TOPIC, topic)
    _check_unique(topic)
    topic.save()
    record("topic.add", topic, by=by, now=now, after={"title": topic.title})
    announce("topic.added", topic, by=by, now=now)
    return topic


@transaction.atomic
def edit_topic(*, topic_id: Any, rev: int | None, by: Any, now: datetime, **changes: Any) -> Topic:
    """Correct a topic."""
    topic = _locked(topic_id)
    require(by, Act.EDIT_TOPIC, topic)
    expect(topic, rev)
    before, after = differences(topic, changes)
    if after:
        _check_unique(topic)
        revise(topic, list(after), now=now)
        record("topic.edit", topic, by=by, now=now, before=before, after=after)
        announce("topic.edited", topic, by=by, now=now)
    return topic


@transaction.atomic
def remove_topic(*, topic_id: Any, rev: int | None, by: Any, now: datetime) -> None:
    """Remove a topic that was entered by mistake; contributions to it stay with the round."""
    topic = _locked(topic_id)
    require(by, Act.REMOVE_TOPIC, topic)
    expect(topic, rev)
    record("topic.remove", topic, by=by, now=now, before={"title": topic.title})
    announce("topic.removed", topic, by=by, now=now)
    topic.delete()


def _locked(topic_id: Any) -> Topic:
    return Topic.objects.select_for_update(of=("self",)).select_related("round").get(pk=topic_id)


def _check_unique(topic: Topic) -> None:
    same = Topic.objects.filter(round_id=topic.round_id, title=topic.title).exclude(pk=topic.pk)
    if same.exists():
        raise Invalid.at("/title", _("Dieses Thema gibt es in der Runde schon."), "taken")

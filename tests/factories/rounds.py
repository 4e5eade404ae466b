"""Dialogue rounds, topics and contributions."""

from datetime import date, timedelta
from typing import Any

from process.base.access import SYSTEM
from process.plan.models import FieldOfAction
from process.rounds import actions
from process.rounds.models import Contribution, DialogueRound, Topic
from tests.factories import NOW, number


def dialogue_round(field: FieldOfAction, **values: Any) -> DialogueRound:
    """Enter a round of a field, each on a day of its own."""
    said = {"title": "Runde", "held_on": date(2026, 1, 1) + timedelta(days=number())}
    return actions.hold(field_id=field.pk, by=SYSTEM, now=NOW, **said | values)


def topic(dialogue_round: DialogueRound, **values: Any) -> Topic:
    """Add a topic to a round."""
    said = {"title": f"Thema {number()}"}
    return actions.add_topic(round_id=dialogue_round.pk, by=SYSTEM, now=NOW, **said | values)


def contribution(field: FieldOfAction, **values: Any) -> Contribution:
    """Write a contribution as a row, for there is no way yet to hand one in."""
    said = {
        "reference": f"B-2026-{number():04}",
        "channel": "online",
        "text_original": "Wortlaut",
        "text_public": "Fassung",
        "state": "published",
        "received_at": NOW,
    }
    return Contribution.objects.create(process=field.process, field=field, **said | values)

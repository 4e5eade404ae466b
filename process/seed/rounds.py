"""Load the dialogue rounds of the kick-off with their top topics."""

from datetime import datetime
from typing import Any

from process.base.access import SYSTEM
from process.plan.models import FieldOfAction
from process.rounds.actions import add_topic, hold
from process.rounds.models import DialogueRound
from process.seed.seats import named
from process.seed.sources import facts, words


def load_round(field: FieldOfAction, row: dict[str, Any], *, now: datetime) -> None:
    """Enter the round of one field on the day of the rounds; one that is there is left alone."""
    kick_off = facts()["kick_off"]
    held_on = kick_off["dates"][-1]
    if DialogueRound.objects.filter(field=field, held_on=held_on).exists():
        return
    speaker = row.get("round_speaker")
    entered = hold(
        field_id=field.pk,
        title=words()["dialogue_round"]["title"].format(field=row["name"]),
        held_on=held_on,
        place=kick_off["place"].partition(",")[0],
        speaker=named({"name": speaker}, now=now) if speaker else None,
        topics_incomplete=row.get("topics_truncated_in_source", False),
        by=SYSTEM,
        now=now,
    )
    for title in row["top_topics"]:
        add_topic(round_id=entered.pk, title=title, top=True, by=SYSTEM, now=now)

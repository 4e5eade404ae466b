"""A small city in which every noun of the API has a row, and every role a person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from process.base.access import SYSTEM
from process.groups.models import Group
from process.people.models import User
from process.plan.models import FieldOfAction, Process
from process.rounds import actions as rounds
from process.rounds.models import Contribution, DialogueRound, Topic
from tests.factories import NOW, groups, number, people, plan, schedule


@dataclass
class World:
    """What was built; `rows` holds one object a noun."""

    process: Process
    group: Group
    other_group: Group
    coordinator: User
    secretary: User
    member: User
    other_member: User
    stranger: User
    rows: dict[str, Any] = field(default_factory=dict)

    def path(self, noun: str, *more: str) -> str:
        """Return the address of the noun's object, or of a deed to it."""
        return "/".join(["", noun, str(self.rows[noun].pk), *more, ""])


def dialogue_round(process: Process, part: FieldOfAction | None = None) -> DialogueRound:
    """Enter a dialogue round."""
    part = part or plan.field(process)
    n = number()
    day = date(2020, 1, 1) + timedelta(days=n)
    values = {"title": f"Runde {n}", "held_on": day}
    return rounds.hold(field_id=part.pk, **values, by=SYSTEM, now=NOW)


def topic(dialogue_round: DialogueRound) -> Topic:
    """Add a topic."""
    title = f"Thema {number()}"
    return rounds.add_topic(round_id=dialogue_round.pk, title=title, by=SYSTEM, now=NOW)


def contribution(topic: Topic, **values: Any) -> Contribution:
    """Enter a contribution; there is no deed for it yet."""
    said = {
        "process": topic.round.process,
        "field": topic.round.field,
        "round": topic.round,
        "topic": topic,
        "reference": f"B-2020-{number():04}",
        "channel": "workshop",
        "text_original": "Mehr Bäume",
        "text_public": "Mehr Bäume",
        "state": "published",
        "received_at": NOW,
    }
    return Contribution.objects.create(**said | values)


def build() -> World:
    """Build it."""
    process = plan.process()
    group, other = groups.expert_group(process), groups.expert_group(process)
    made = World(
        process=process,
        group=group,
        other_group=other,
        coordinator=people.coordinator(process),
        secretary=groups.sitting(group, role="secretary"),
        member=groups.sitting(group),
        other_member=groups.sitting(other),
        stranger=people.user(),
    )
    made.rows = {noun: more(made) for noun, more in MORE.items()}
    return made


MORE: dict[str, Callable[[World], Any]] = {
    "processes": lambda world: world.process,
    "phases": lambda world: plan.phase(world.process, gates=["drafting", "inquiries"]),
    "fields-of-action": lambda world: plan.field(world.process),
    "groups": lambda world: groups.expert_group(world.process),
    "seats": lambda world: groups.seat(world.group, person=people.person()),
    "people": lambda world: people.person(),
    "dialogue-rounds": lambda world: topic(dialogue_round(world.process)).round,
    "topics": lambda world: topic(dialogue_round(world.process)),
    "contributions": lambda world: contribution(topic(dialogue_round(world.process))),
    "series": lambda world: schedule.series(world.group, location=schedule.location(world.process)),
    "meetings": lambda world: schedule.meeting(
        groups.expert_group(world.process), location=schedule.location(world.process)
    ),
    "locations": lambda world: schedule.location(world.process),
}
"""How to make one more row of each noun, nested as deep as it can be."""

NOUNS = tuple(MORE)

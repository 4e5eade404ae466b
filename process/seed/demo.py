"""Add invented people, seats, days and contributions, each marked as a demo."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from process.base.access import SYSTEM
from process.base.revisions import revise
from process.groups.models import Group, Occupancy, Seat
from process.journal.actions import record
from process.people.models import Person
from process.plan.models import Milestone, Process
from process.plan.phase_actions import set_milestone
from process.rounds.models import Contribution, Topic
from process.rounds.vocab import Channel, ContributionState
from process.seed.seats import Place, set_up
from process.seed.sources import inventions, is_unnamed


def load(process: Process, *, now: datetime) -> None:
    """Add the inventions that are not there yet."""
    _name_the_unnamed(process, now=now)
    for slug, rows in inventions()["seats"].items():
        _add_seats(Group.objects.get(process=process, slug=slug), rows, now=now)
    _set_milestones(process, now=now)
    _load_contributions(process, now=now)


def _name_the_unnamed(process: Process, *, now: datetime) -> None:
    """Give invented names to the people whom the source counts and does not name."""
    kept = inventions()["people"]["unpublished_in"]
    sitting = Occupancy.objects.filter(seat__group__process=process, until_on=None)
    sitting = sitting.filter(person__publishes_name=False).select_related("person", "seat__group")
    names = _names()
    for occupancy in sitting.order_by("seat__group__position", "seat__position"):
        person = occupancy.person
        if not is_unnamed(person.name):
            continue
        person.name = next(names)
        person.publishes_name = occupancy.seat.group.slug not in kept
        revise(person, ["name", "publishes_name"], now=now)
        record("person.correct", person, by=SYSTEM, now=now)


def _add_seats(group: Group, rows: list[dict[str, Any]], *, now: datetime) -> None:
    names = _names()
    known = set(Seat.objects.filter(group=group).values_list("position", flat=True))
    places = [
        Place(occupant={"name": next(names)}, **row) for row in rows if row["position"] not in known
    ]
    set_up(group, places, now=now)


def _names() -> Iterator[str]:
    """Yield invented names that nobody has yet."""
    people = inventions()["people"]
    first, last, suffix = people["first"], people["last"], people["suffix"]
    taken = set(Person.objects.filter(name__endswith=suffix).values_list("name", flat=True))
    # The lengths of the two lists have no common divisor, so this meets every pair.
    for turn in range(len(first) * len(last)):
        name = f"{first[turn % len(first)]} {last[turn % len(last)]} {suffix}"
        if name not in taken:
            yield name


def _set_milestones(process: Process, *, now: datetime) -> None:
    known = set(Milestone.objects.filter(process=process).values_list("title", flat=True))
    today = now.astimezone(ZoneInfo(process.time_zone)).date()
    for row in inventions()["milestones"]:
        if row["title"] not in known:
            set_milestone(
                process_id=process.pk,
                title=row["title"],
                kind=row["kind"],
                falls_on=today + timedelta(days=row["in_days"]),
                by=SYSTEM,
                now=now,
            )


def _load_contributions(process: Process, *, now: datetime) -> None:
    """Write published contributions as rows, for there is no way yet to hand one in."""
    said = inventions()["contributions"]
    local = datetime.fromisoformat(said["received_at"])
    received_at = local.replace(tzinfo=ZoneInfo(process.time_zone))
    topics = Topic.objects.filter(round__process=process).select_related("round__field")
    by_title = {(topic.round.field.slug, topic.title): topic for topic in topics}
    for number, row in enumerate(said["rows"], start=1):
        reference = f"B-{received_at.year}-{number:04}"
        topic = by_title.get((row["field"], row["topic"]))
        if topic is None or Contribution.objects.filter(reference=reference).exists():
            continue
        contribution = Contribution.objects.create(
            process=process,
            field=topic.round.field,
            round=topic.round,
            topic=topic,
            reference=reference,
            channel=Channel.WORKSHOP,
            text_original=row["text"],
            text_public=row["text"],
            state=ContributionState.PUBLISHED,
            received_at=received_at + timedelta(minutes=5 * number),
        )
        record(
            "contribution.load", contribution, by=SYSTEM, now=now, after={"reference": reference}
        )

"""Processes to measure on: the LIP as the city published it, and invented ones of its build."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from process.groups.models import Group, Occupancy, Seat
from process.groups.vocab import GroupKind, SeatRole, Side
from process.people.models import Person
from process.plan.models import FieldOfAction, Gate, Phase, Process, ProcessSlug
from process.plan.vocab import Colour, GateKind, PhaseKind, PhaseState, Status
from process.rounds.models import DialogueRound, Topic
from process.seed import demo, lip

ROLES = (
    (SeatRole.ADVISER, Side.OTHER),
    (SeatRole.INTERNAL_SPEAKER, Side.ADMINISTRATION),
    (SeatRole.EXTERNAL_SPEAKER, Side.CIVIL_SOCIETY),
    (SeatRole.MEMBER, Side.ADMINISTRATION),
    (SeatRole.MEMBER, Side.CIVIL_SOCIETY),
)
FIELDS, TOPICS = 8, 5


@dataclass(frozen=True, slots=True)
class Cast:
    """A process and those who take part in it."""

    process: Process
    fields: list[FieldOfAction]
    groups: list[Group]
    topics: list[Topic]


def found(number: int, random: Random, *, now: datetime) -> list[Cast]:
    """Load the LIP and invent as many more as are missing."""
    process = lip.load(now=now)
    demo.load(process, now=now)
    topics = Topic.objects.filter(round__process=process).select_related("round__field")
    groups = list(Group.objects.filter(process=process).select_related("process"))
    first = Cast(process, list(process.fields_of_action.all()), groups, list(topics))
    return [first, *(_invent(n, random, now=now) for n in range(1, number))]


def _invent(number: int, random: Random, *, now: datetime) -> Cast:
    process = Process.objects.create(
        slug=f"plan-{number}", title=f"Plan {number} für die Stadt", short_title=f"Plan {number}",
        city="Musterstadt", status=Status.RUNNING, published_at=now, created_at=now,
    )  # fmt: skip
    ProcessSlug.objects.create(slug=process.slug, process=process)
    _phases(process, now)
    colours = Colour.values
    fields = FieldOfAction.objects.bulk_create(
        FieldOfAction(
            process=process, position=n, slug=f"feld-{n}", name=f"Handlungsfeld {n}",
            colour=colours[n % len(colours)], summary="Worum es hier geht.",
        )
        for n in range(FIELDS)
    )  # fmt: skip
    groups = [_group(process, field, random) for field in fields]
    return Cast(process, fields, groups, _topics(process, fields))


def _phases(process: Process, now: datetime) -> None:
    states = (PhaseState.CLOSED, PhaseState.OPEN, PhaseState.PLANNED)
    kinds = (PhaseKind.KICK_OFF, PhaseKind.DRAFTING, PhaseKind.CONSULTATION)
    phases = Phase.objects.bulk_create(
        Phase(process=process, position=n, kind=kind, title=kind.label, state=state)
        for n, (kind, state) in enumerate(zip(kinds, states, strict=True))
    )
    Gate.objects.bulk_create(Gate(phase=phase, kind=GateKind.CONTRIBUTIONS) for phase in phases)


def _group(process: Process, field: FieldOfAction, random: Random) -> Group:
    group = Group.objects.create(
        process=process, kind=GroupKind.EXPERT, position=field.position, slug=field.slug,
        name=f"Expert*innengruppe {field.name}",
    )  # fmt: skip
    group.fields_of_action.add(field)
    seats = Seat.objects.bulk_create(
        Seat(group=group, role=role, side=side, position=n) for n, (role, side) in enumerate(ROLES)
    )
    people = Person.objects.bulk_create(
        Person(name=f"Person {process.slug} {field.slug} {n}", publishes_name=random.random() < 0.7)
        for n in range(len(seats) - 1)
    )
    Occupancy.objects.bulk_create(
        Occupancy(seat=seat, person=person, since_on=date(2026, 1, 1))
        for seat, person in zip(seats, people, strict=False)
    )
    return group


def _topics(process: Process, fields: list[FieldOfAction]) -> list[Topic]:
    rounds = DialogueRound.objects.bulk_create(
        DialogueRound(
            process=process, field=field, title=f"Dialogrunde {field.name}",
            held_on=date(2025, 11, 1) + timedelta(days=field.position), place="Rathaus",
        )
        for field in fields
    )  # fmt: skip
    return Topic.objects.bulk_create(
        Topic(round=round_, position=n, title=f"Thema {n}", summary="Dazu wurde gesprochen.")
        for round_ in rounds
        for n in range(TOPICS)
    )

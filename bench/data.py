"""Invented data, the same in every run: the LIP and processes like it, with many meetings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from bench.processes import Cast, found
from meetings.schedule.models import Location, Meeting, Series
from meetings.schedule.vocab import MeetingKind, MeetingState, Visibility
from process.base.tokens import digest
from process.groups.models import Occupancy, Seat
from process.people.models import ApiToken, Person, User
from process.people.vocab import Scope
from process.plan.models import Coordinator
from process.rounds.models import Contribution
from process.rounds.vocab import Channel, ContributionState

SECRET = "the-token-of-the-benches"
SEED = 20
BATCH = 2_000
WORDS = (
    "Zusammenarbeit", "Bildung", "Wohnen", "Arbeit", "Sprache",
    "Teilhabe", "Gesundheit", "Stadtteil", "Begegnung", "Verein",
    "Beratung", "Zugang", "Ausbildung", "Ehrenamt", "Familie",
    "Jugend", "Mehrsprachigkeit", "Verwaltung", "Öffnung", "Schule",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """How much there is; with `all_public` every meeting stands in the public feed."""

    rows: int
    processes: int = 10
    days: tuple[int, int] = (-730, 730)
    all_public: bool = False

    def __str__(self) -> str:
        return f"rows_{self.rows}_{self.processes}{'_public' if self.all_public else ''}"


def fill(scale: Scale) -> None:
    """Fill an empty database: half of the rows are not seen by everybody, as in life."""
    random = Random(SEED)
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    casts = found(scale.processes, random, now=now)
    _let_in(casts, now=now)
    stages = [_prepare(cast, random) for cast in casts]
    Meeting.objects.bulk_create(_meetings(scale, stages, random, now), batch_size=BATCH)
    Contribution.objects.bulk_create(_contributions(scale, casts, random, now), batch_size=BATCH)


def identity(random: Random) -> UUID:
    """Return a UUID that is the same in every run."""
    return UUID(int=random.getrandbits(128), version=4)


def _let_in(casts: list[Cast], *, now: datetime) -> None:
    """Open the login that asks: secretary of one group, coordinator of one process."""
    user = User.objects.create_user("caller@bench.example", name="Caller")
    ApiToken.objects.create(
        user=user, name="bench", digest=digest(SECRET), scope=Scope.WRITE, last_used_at=now
    )
    person = Person.objects.create(user=user, name="Caller")
    seat = Seat.objects.create(group=casts[0].groups[0], role="secretary", position=99)
    Occupancy.objects.create(seat=seat, person=person, since_on=date(2026, 1, 1))
    Coordinator.objects.create(process=casts[-1].process, user=user)


@dataclass(frozen=True, slots=True)
class _Place:
    cast: Cast
    locations: list[Location]
    series: list[Series]


def _prepare(cast: Cast, random: Random) -> _Place:
    process = cast.process
    locations = Location.objects.bulk_create(
        Location(
            id=identity(random), process=process, name=f"Haus {number}", room=f"Raum {number}",
            address="Hauptstraße 1, 12345 Musterstadt", latitude="51.048600", longitude="13.735400",
        )
        for number in range(6)
    )  # fmt: skip
    series = Series.objects.bulk_create(
        Series(
            id=identity(random), process=process, group=group, title=f"Sitzung {group.name}"[:200],
            rrule="FREQ=WEEKLY", starts_on=date(2024, 1, 1), starts_time="17:00",
            location=random.choice(locations), time_zone=process.time_zone,
            visibility=Visibility.PUBLIC,
        )
        for group in cast.groups
    )  # fmt: skip
    return _Place(cast, locations, series)


def _meetings(
    scale: Scale, places: list[_Place], random: Random, now: datetime
) -> Iterator[Meeting]:
    first, last = (timedelta(days=days) for days in scale.days)
    for number in range(scale.rows):
        minutes = int((last - first).total_seconds() // 60 * number / scale.rows)
        starts_at = now + first + timedelta(minutes=minutes)
        yield _meeting(random.choice(places), starts_at, scale, random, now)


def _meeting(
    place: _Place, starts_at: datetime, scale: Scale, random: Random, now: datetime
) -> Meeting:
    process, past = place.cast.process, starts_at < now
    series = random.choice(place.series) if random.random() < 0.8 else None
    draft = not past and not scale.all_public and random.random() < 0.05
    state = MeetingState.DRAFT if draft else MeetingState.HELD if past else MeetingState.PLANNED
    public = scale.all_public or random.random() < 0.85
    off = not draft and random.random() < 0.05
    identifier = identity(random)
    written = now - timedelta(days=random.randrange(30, 700), seconds=random.randrange(86_400))
    return Meeting(
        id=identifier,
        uid=f"{identifier}@teilhabe.example",
        process=process,
        series=series,
        original_start=starts_at if series else None,
        group=series.group if series else None,
        field=None if series else random.choice(place.cast.fields),
        kind=MeetingKind.GROUP_MEETING if series else MeetingKind.EVENT,
        title=_sentence(random, 4),
        summary=_sentence(random, 30),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=120),
        time_zone=process.time_zone,
        location=random.choice(place.locations),
        visibility=Visibility.PUBLIC if public else Visibility.MEMBERS,
        state=MeetingState.CANCELLED if off else state,
        reason="Krankheit" if off else "",
        created_at=written,
        updated_at=written,
        shown_at=written,
    )


def _contributions(
    scale: Scale, casts: list[Cast], random: Random, now: datetime
) -> Iterator[Contribution]:
    for number in range(scale.rows):
        cast = random.choice(casts)
        topic = random.choice(cast.topics)
        at = now - timedelta(minutes=number)
        yield Contribution(
            id=identity(random),
            process=cast.process,
            field=topic.round.field,
            round=topic.round,
            topic=topic,
            reference=f"B-{number:07}",
            channel=random.choice(Channel.values),
            text_original=_sentence(random, 60),
            text_public=_sentence(random, 40),
            state=ContributionState.PUBLISHED
            if random.random() < 0.8
            else ContributionState.RECEIVED,
            received_at=at,
            created_at=at,
            updated_at=at,
        )


def _sentence(random: Random, words: int) -> str:
    return " ".join(random.choices(WORDS, k=words))


def headers() -> dict[str, Any]:
    """Return what signs the caller in."""
    return {"authorization": f"Bearer {SECRET}"}

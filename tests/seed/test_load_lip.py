"""What the city published is loaded in full, once, and nothing is invented unless asked for."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from meetings.schedule.models import Meeting, Series
from process.base.access import SYSTEM
from process.groups.actions import vacate
from process.groups.models import Group, Seat
from process.groups.queries import parity_of, seat_plan_for, vacancies_for
from process.people.models import Person, User
from process.plan.actions import rename
from process.plan.models import Milestone, Phase, Process
from process.plan.queries import process_for
from process.rounds.models import Contribution, DialogueRound
from process.seed.sources import facts
from tests.evidence import everything
from tests.factories import NOW

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
FIELDS = facts()["fields_of_action"]


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for the accounts of the demo."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    return tmp_path


def load(*arguments: str, at: str = "2026-03-02T09:00Z") -> None:
    with time_machine.travel(at, tick=False):
        call_command("load_lip", *arguments, verbosity=0)


def lip() -> Process:
    process = process_for(NOBODY, "lip-2-0")
    assert process
    return process


def seats(group: str) -> Any:
    return seat_plan_for(NOBODY).filter(group__slug=group).order_by("position")


def test_the_process_is_that_of_the_source() -> None:
    load()

    process, said = lip(), facts()["process"]
    assert (process.title, process.short_title) == (said["title"], "LIP 2.0")
    assert process.city == said["city"]
    assert (process.predecessor_title, process.predecessor_year) == (
        said["predecessor"]["title"],
        said["predecessor"]["year"],
    )
    assert process.deliverables == said["deliverables_in_order"]
    mandates = [{"reference": m.reference, "by": m.body} for m in process.mandates.all()]
    assert mandates == said["mandate"]
    assert process.status == "running"
    assert process.published_at


def test_the_phases_run_from_the_mandate_to_the_implementation() -> None:
    load()

    phases = Phase.objects.filter(process=lip())
    assert Counter(phase.state for phase in phases) == {"closed": 2, "open": 1, "planned": 4}
    assert [phase.kind for phase in phases][2] == "drafting"
    assert set(phases[2].gates.values_list("kind", flat=True)) >= {"drafting", "inquiries"}
    days = facts()["kick_off"]["dates"]
    assert [(p.starts_on, p.ends_on) for p in phases if p.starts_on] == [(days[0], days[1])]


def test_the_fields_come_in_order_and_one_formed_itself() -> None:
    load()

    fields = list(lip().fields_of_action.all())
    assert [field.name for field in fields] == [row["name"] for row in FIELDS]
    assert len({field.colour for field in fields}) == 7
    assert fields[5].slug == "stadtverwaltung-und-diversitaet"
    assert [field.slug for field in fields if field.added_reason] == ["jugend"]
    assert all(field.groups.get().slug == field.slug for field in fields)


def test_everybody_whom_the_source_names_has_the_seat() -> None:
    load()

    for row in FIELDS:
        said = list(seats(lip().fields_of_action.get(name=row["name"]).slug))
        advisers = [seat.person_name for seat in said if seat.role == "adviser"]
        assert advisers == row["advisers"]
        for role in ("internal_speaker", "external_speaker"):
            (seat,) = [seat for seat in said if seat.role == role]
            expected = {} if row[role] == "n.n." else row[role]
            assert seat.person_name == expected.get("name")
            assert (seat.organisation or "") == expected.get("organisation", "")
            assert seat.publishes_name in (None, True)
            assert seat.side == {"i": "administration", "e": "civil_society"}[role[0]]


def test_vacancies_stay_vacancies() -> None:
    load()

    vacant = {(seat.group.slug, seat.role) for seat in vacancies_for(NOBODY)}
    assert vacant == {
        ("soziales", "external_speaker"),
        ("demokratie", "external_speaker"),
        ("stadtverwaltung-und-diversitaet", "external_speaker"),
        ("jugend", "internal_speaker"),
    }


def test_bildung_has_eleven_members_one_of_them_sent_by_the_young() -> None:
    load()

    bildung = Group.objects.get(slug="bildung")
    assert parity_of(bildung) == {
        "administration": 6,
        "administration_occupied": 6,
        "civil_society": 5,
        "civil_society_occupied": 5,
    }
    assert Counter(seat.role for seat in seats("bildung")) == {
        "adviser": 1, "internal_speaker": 1, "external_speaker": 1, "member": 8, "delegate": 1,
    }  # fmt: skip


def test_the_young_send_delegates() -> None:
    load()

    delegates = Seat.objects.filter(role="delegate", delegated_by__slug="jugend")
    fields = {seat.group.fields_of_action.get().name for seat in delegates}
    (said,) = [row for row in facts()["group_facts"] if row["group"] == "Jugend"]
    assert fields == set(said["sends_delegates_to"])
    assert len(delegates) == 5


def test_the_steering_group_and_the_other_bodies() -> None:
    load()

    kinds = dict(Group.objects.exclude(kind="expert").values_list("name", "kind"))
    assert kinds == {row["name"]: row["kind"] for row in facts()["groups"]}
    labels = Counter(seat.label for seat in seats("lenkungsgruppe"))
    assert labels == {"Dezernatsleitung": 12, "Zivilgesellschaft": 10, "Integrationsbeiräte": 1}


def test_whom_the_source_names_not_keeps_the_name_unpublished() -> None:
    load()

    unnamed = Person.objects.filter(publishes_name=False)
    assert len(unnamed) == 9 + 4 + 23
    assert {name.split()[0] for name in unnamed.values_list("name", flat=True)} == {
        "Mitglied",
        "Delegierte*r",
    }
    assert Person.objects.filter(name="Maya Nyagolova").count() == 1


def test_the_rounds_keep_their_topics_in_order() -> None:
    load()

    for row in FIELDS:
        entered = DialogueRound.objects.get(field__name=row["name"])
        assert entered.held_on == facts()["kick_off"]["dates"][1]
        assert entered.place == "Haus der Jugend"
        assert [topic.title for topic in entered.topics.order_by("position")] == row["top_topics"]
        assert set(entered.topics.values_list("top", flat=True)) == {True}
        assert entered.topics_incomplete == row.get("topics_truncated_in_source", False)
        assert (entered.speaker.name if entered.speaker else None) == row.get("round_speaker")
    assert DialogueRound.objects.count() == len(FIELDS)


def test_the_kick_off_has_been_held() -> None:
    load()

    said = facts()["kick_off"]
    days = list(Meeting.objects.order_by("starts_at"))
    assert [meeting.local_start.date() for meeting in days] == said["dates"]
    assert [f"{meeting.local_start:%H:%M}" for meeting in days] == ["15:00", "10:00"]
    assert {(m.state, m.kind, m.visibility, m.ends_at) for m in days} == {
        ("closed", "event", "public", None)
    }
    assert all(meeting.title.startswith(said["title"]) for meeting in days)
    assert {str(meeting.location) for meeting in days} == {said["place"]}
    for row in said["programme"]:
        day = days[said["dates"].index(type(said["dates"][0]).fromisoformat(row["at"][:10]))]
        assert f"- {row['at'][11:]} Uhr: {row['what']}" in day.summary.splitlines()


def test_without_the_demo_nothing_is_invented(data_dir: Path) -> None:
    load()

    assert not User.objects.exists()
    assert not Series.objects.exists()
    assert not Milestone.objects.exists()
    assert not Contribution.objects.exists()
    assert not Person.objects.filter(name__contains="(Demo)").exists()
    assert list(data_dir.iterdir()) == []


def test_loading_again_changes_nothing() -> None:
    load()
    before = everything()

    load(at="2026-03-02T10:00Z")
    load(at="2027-09-01T10:00Z")

    assert everything() == before


def test_what_people_have_changed_since_is_left_alone() -> None:
    load()
    said = {"slug": "wir-2-0", "title": "Wir sind Hannover", "short_title": "WIR2.0"}
    rename(process_id=lip().pk, by=SYSTEM, now=NOW, **said)
    left = Seat.objects.get(group__slug="wirtschaft", role="internal_speaker")
    vacate(seat_id=left.pk, until_on=NOW.date(), by=SYSTEM, now=NOW)
    before = everything()

    load()

    assert everything() == before


def test_a_load_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **values: object) -> None:
        raise RuntimeError

    before = everything()
    monkeypatch.setattr("meetings.seed.kick_off.load", fail)
    with pytest.raises(RuntimeError):
        load()

    assert everything() == before

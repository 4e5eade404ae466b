"""The demo: accounts to sign in with, invented people and dates, each marked as such."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import call_command

from meetings.schedule.access import Act as ScheduleAct
from meetings.schedule.models import Meeting, Series
from meetings.schedule.queries import meetings_for
from process.base.access import may
from process.groups.access import is_adviser, is_speaker, sits_in
from process.groups.models import Group, Occupancy
from process.people.models import ApiToken, Person, User
from process.people.queries import token_for
from process.plan.access import coordinated
from process.plan.models import Milestone, Process
from process.rounds.models import Contribution
from tests.evidence import everything
from tests.factories import NOW, plan

pytestmark = pytest.mark.django_db
ROLES = ["member", "other_member", "speaker", "adviser", "secretary", "coordinator", "reviewer"]
ROLES += ["admin"]


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for the file of accounts."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    return tmp_path


def load(*arguments: str, at: str = "2026-03-02T09:00Z") -> None:
    with time_machine.travel(at, tick=False):
        call_command("load_lip", *arguments, verbosity=0)


@pytest.fixture
def file(data_dir: Path) -> Path:
    """Load the demo and return its file of accounts."""
    load("--demo")
    return data_dir / "demo-accounts.json"


def accounts(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text())


def test_every_role_can_sign_in_and_use_its_token(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(accounts(file)) == ["anonymous", *ROLES]
    assert accounts(file)["anonymous"] is None
    for role in ROLES:
        account = accounts(file)[role]
        assert account["email"] == f"{role}@demo.example"
        user = authenticate(username=account["email"], password=account["password"])
        token = token_for(account["token"], now=NOW)
        assert (token.user, token.scope) == (user, "write")
        assert user.name.startswith("Demo: ")


def test_every_role_has_the_rights_that_its_name_says(file: Path) -> None:
    users = {role: User.objects.get(email=f"{role}@demo.example") for role in ROLES}
    bildung = Group.objects.get(slug="bildung")
    process = Process.objects.get()

    for role in ("member", "speaker", "adviser", "secretary"):
        assert sits_in(users[role], bildung.pk)
    assert is_speaker(users["speaker"], bildung)
    assert is_adviser(users["adviser"], bildung)
    assert sits_in(users["other_member"], Group.objects.get(slug="wirtschaft").pk, "member")
    assert not sits_in(users["other_member"], bildung.pk)
    assert sits_in(users["reviewer"], Group.objects.get(slug="lenkungsgruppe").pk)
    assert {role for role in ROLES if process.pk in coordinated(users[role])} == {"coordinator"}
    assert {role for role in ROLES if users[role].is_superuser} == {"admin"}
    meeting = Meeting.objects.filter(group=bildung, state="planned")[0]
    movers = {role for role in ROLES if may(users[role], ScheduleAct.MOVE, meeting)}
    assert movers == {"secretary", "coordinator", "admin"}


def test_real_people_keep_their_names(file: Path) -> None:
    speaker = User.objects.get(email="speaker@demo.example")
    adviser = User.objects.get(email="adviser@demo.example")

    assert (speaker.name, speaker.person.name) == ("Demo: Sprecher*in", "Stephan Kaps")
    assert adviser.person.name == "Maya Nyagolova"


def test_invented_people_are_marked_and_nobody_is_a_number(file: Path) -> None:
    invented = Person.objects.filter(name__endswith="(Demo)")

    assert not Person.objects.filter(name__startswith="Mitglied ").exists()
    assert invented.count() == len(set(invented.values_list("name", flat=True))) == 44
    unpublished = Occupancy.objects.filter(person__in=invented.filter(publishes_name=False))
    assert {occupancy.seat.group.slug for occupancy in unpublished} == {"lenkungsgruppe"}


def test_meetings_lie_ahead_and_some_have_been_held(file: Path) -> None:
    groups = Group.objects.filter(kind__in=["expert", "steering"])
    assert {group.series.count() for group in groups} == {1}
    assert not Meeting.objects.filter(starts_at__lt=NOW, state="planned").exists()
    for group in groups:
        assert group.meetings.upcoming(NOW).count() >= 3
    bildung = Meeting.objects.filter(group__slug="bildung")
    assert {m.local_start.hour for m in bildung} == {17}
    assert bildung.filter(moved_from__isnull=False).count() == 1
    assert [m.reason for m in bildung.filter(state="cancelled")] == [
        "Der Raum ist an diesem Tag nicht verfügbar (Demo)."
    ]
    forum = Meeting.objects.get(title="Öffentliches Forum (Demo)")
    assert 40 < (forum.starts_at - NOW).days < 50
    assert (forum.state, forum.visibility) == ("planned", "public")
    assert not meetings_for(User.objects.get(email="admin@demo.example")).filter(
        join_url__startswith="https://", join_url__regex=r"https://[^/]*(?<!\.example)/"
    )


def test_contributions_and_milestones_are_marked(file: Path) -> None:
    said = Contribution.objects.order_by("reference")
    assert said[0].reference == "B-2020-0001"
    assert {c.state for c in said} == {"published"}
    assert all("(Demo)" in c.text_public and c.topic for c in said)
    assert all("(Demo)" in m.title and m.falls_on > NOW.date() for m in Milestone.objects.all())


@pytest.mark.parametrize("later", ["2026-03-02T09:00Z", "2026-03-03T09:00Z", "2027-11-30T09:00Z"])
def test_loading_again_changes_nothing(file: Path, later: str) -> None:
    rows, written = everything(), file.read_bytes()

    load("--demo", at=later)
    load(at=later)

    assert everything() == rows
    assert file.read_bytes() == written


def test_the_demo_can_come_after_the_facts(data_dir: Path) -> None:
    load()
    load("--demo")

    assert Series.objects.count() == 8
    assert not Person.objects.filter(name__startswith="Mitglied ").exists()


def test_a_file_that_is_lost_is_written_anew_with_new_secrets(file: Path) -> None:
    old, people = accounts(file), list(Person.objects.order_by("pk").values_list("pk", "user_id"))
    file.unlink()

    load("--demo")

    new = accounts(file)
    for role in ROLES:
        assert token_for(old[role]["token"], now=NOW) is None
        assert token_for(new[role]["token"], now=NOW)
        email = new[role]["email"]
        assert authenticate(username=email, password=old[role]["password"]) is None
        assert authenticate(username=email, password=new[role]["password"])
    assert User.objects.count() == len(ROLES)
    assert list(Person.objects.order_by("pk").values_list("pk", "user_id")) == people
    assert ApiToken.objects.filter(revoked_at=None).count() == len(ROLES)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"member": null}', '{"anonymous": null}'])
def test_a_file_of_something_else_is_written_anew(data_dir: Path, content: str) -> None:
    file = data_dir / "demo-accounts.json"
    file.write_text(content)
    file.chmod(0o644)

    load("--demo")

    assert list(accounts(file)) == ["anonymous", *ROLES]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in data_dir.iterdir()] == ["demo-accounts.json"]


def test_a_file_that_cannot_be_written_leaves_no_draft(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **values: object) -> None:
        raise OSError

    monkeypatch.setattr("process.seed.accounts.os.fsync", fail)
    with pytest.raises(OSError):  # noqa: PT011 - any is like another here
        load("--demo")

    assert list(data_dir.iterdir()) == []


def test_real_people_of_another_process_keep_theirs(data_dir: Path) -> None:
    from tests.factories import groups, people

    private = people.person(publishes_name=False)
    groups.seat(groups.expert_group(plan.process()), person=private)

    load("--demo")

    private.refresh_from_db()
    assert (private.publishes_name, private.rev) == (False, 1)

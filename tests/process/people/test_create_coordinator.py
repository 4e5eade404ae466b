"""The command that appoints the first coordinator."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from process.base.access import SYSTEM
from process.people.models import User
from process.plan.actions import rename
from process.plan.models import Coordinator, Process
from tests.evidence import everything
from tests.factories import NOW, people

pytestmark = pytest.mark.django_db


def create(*arguments: str) -> str:
    out = StringIO()
    call_command("create_coordinator", *arguments, stdout=out)
    return out.getvalue()


def test_create_coordinator_opens_an_account_and_prints_its_password_once(process: Process) -> None:
    said = create("Chef@Example.org", "--process", process.slug, "--name", "C. Hef")

    user = User.objects.get(email="chef@example.org")
    password = said.split("Password of chef@example.org: ")[1].split("\n")[0]
    assert user.name == "C. Hef"
    assert authenticate(username=user.email, password=password) == user
    assert Coordinator.objects.get(process=process).user == user


def test_create_coordinator_twice_changes_nothing(process: Process) -> None:
    create("chef@example.org", "--process", process.slug)
    before = everything()

    said = create("chef@example.org", "--process", process.slug)

    assert "Password" not in said
    assert everything() == before


def test_create_coordinator_appoints_an_account_that_exists(process: Process) -> None:
    user = people.user()

    assert "Password" not in create(user.email, "--process", process.slug)
    assert Coordinator.objects.get(process=process).user == user


def test_create_coordinator_knows_old_names_of_a_process(process: Process) -> None:
    old = process.slug
    values = {"slug": "neu", "title": "Neu", "short_title": "N"}
    rename(process_id=process.pk, by=SYSTEM, now=NOW, **values)

    create("chef@example.org", "--process", old)

    assert Coordinator.objects.filter(process=process).exists()


@pytest.mark.parametrize("arguments", [("chef@example.org", "nowhere"), ("no address", "plan")])
def test_create_coordinator_refuses_what_it_cannot_use(
    process: Process, arguments: tuple[str, str]
) -> None:
    before = everything()

    with pytest.raises(CommandError):
        create(arguments[0], "--process", arguments[1])

    assert everything() == before

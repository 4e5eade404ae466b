"""The back office looks at everything and changes only what actions let it."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from process.journal.models import AuditEntry, Delivery, OutboxEvent
from process.journal.vocab import DeliveryState
from process.people.models import Person, User
from process.plan.models import Coordinator, Process
from tests.factories import groups, people, schedule

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ENTERED = {Coordinator, Person, User}


@pytest.fixture
def office(client: Client, administrator: User) -> Client:
    """A client of somebody who looks after the installation."""
    client.force_login(administrator)
    return client


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model.__name__)
def test_every_list_and_sheet_opens_and_is_only_looked_at(
    office: Client, process: Process, model: type
) -> None:
    group = groups.expert_group(process)
    schedule.series(group)
    groups.seat(group, person=people.person())
    people.coordinator(process)
    label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    page = office.get(reverse(f"{label}_changelist"), {"q": "a"})
    assert page.status_code == 200
    first = model.objects.first()
    if first is not None:
        assert office.get(reverse(f"{label}_change", args=[first.pk])).status_code == 200
        assert office.post(reverse(f"{label}_delete", args=[first.pk])).status_code == 403
        if model is not User:
            changed = office.post(reverse(f"{label}_change", args=[first.pk]), {"title": "x"})
            assert changed.status_code == 403
    if model not in ENTERED:
        assert office.get(reverse(f"{label}_add")).status_code == 403


def test_strangers_have_no_access(client: Client, member: User, coordinator: User) -> None:
    for login in (member, coordinator):
        client.force_login(login)
        answer = client.get(reverse("admin:process_user_changelist"))
        assert answer.status_code == 302


def test_accounts_are_opened_by_their_action(office: Client, administrator: User) -> None:
    secret = "ein langes Kennwort 2026"
    given = {"email": "Neu@People.Example", "name": "Neu", "password1": secret, "password2": secret}
    assert office.post(reverse("admin:process_user_add"), given).status_code == 302
    opened = User.objects.get(email="neu@people.example")
    assert opened.check_password(secret)
    entry = AuditEntry.objects.get(act="user.open_account", object_id=str(opened.pk))
    assert entry.actor == administrator
    again = office.post(reverse("admin:process_user_add"), given)
    assert again.status_code == 200
    assert "email" in again.context["adminform"].form.errors


def test_accounts_are_locked_and_the_journal_knows(office: Client, stranger: User) -> None:
    path = reverse("admin:process_user_change", args=[stranger.pk])
    given = {"email": stranger.email, "name": "Anders", "language": "de"}
    assert office.post(path, given).status_code == 302
    stranger.refresh_from_db()
    assert (stranger.name, stranger.is_active) == ("Anders", False)
    assert AuditEntry.objects.filter(act="user.correct", object_id=str(stranger.pk)).exists()


def test_people_and_coordinators_are_entered_by_actions(office: Client, process: Process) -> None:
    office.post(reverse("admin:process_person_add"), {"name": "Ada", "publishes_name": "on"})
    person = Person.objects.get(name="Ada")
    assert AuditEntry.objects.filter(act="person.introduce", object_id=str(person.pk)).exists()
    given = {"process": process.pk, "user": people.user().pk}
    office.post(reverse("admin:process_coordinator_add"), given)
    assert Coordinator.objects.filter(process=process, user=given["user"]).exists()
    assert AuditEntry.objects.filter(act="process.appoint", object_id=str(process.pk)).exists()


def test_dead_deliveries_are_sent_again(office: Client) -> None:
    event = OutboxEvent.objects.create(news="x.happened", noun="x", object_id="1", at=NOW)
    for handler, state in (("a", DeliveryState.DEAD), ("b", DeliveryState.DONE)):
        Delivery.objects.create(event=event, handler=handler, state=state, due_at=NOW, attempts=8)
    given = {
        "action": "revive",
        "_selected_action": list(Delivery.objects.values_list("pk", flat=1)),
    }
    page = office.post(reverse("admin:process_delivery_changelist"), given, follow=True)
    assert "1 gescheiterte Zustellung wird erneut versucht." in page.text
    states = dict(Delivery.objects.values_list("handler", "state"))
    assert states == {"a": DeliveryState.PENDING, "b": DeliveryState.DONE}

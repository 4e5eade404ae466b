"""Logins, people and keys."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from process.base.access import SYSTEM
from process.base.errors import NotAllowed
from process.base.tokens import digest
from process.people import actions
from process.people.models import ApiToken, Person, User
from process.people.queries import people_for, token_for
from process.people.vocab import Scope
from tests.evidence import last_entry, refused
from tests.factories import NOW, people

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_introduce_adds_a_person(administrator: User) -> None:
    person = actions.introduce(name="A. B.", organisation="VHS", by=administrator, now=NOW)

    assert (person.name, person.organisation, person.publishes_name) == ("A. B.", "VHS", False)
    assert last_entry(person).act == "person.introduce"
    assert "A. B." not in str(last_entry(person).after)


def test_open_account_makes_a_login(administrator: User) -> None:
    user = actions.open_account(
        email="New@Example.ORG", password="long enough", name="N", by=administrator, now=NOW
    )

    assert user.email == "new@example.org"
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert last_entry(user).act == "user.open_account"
    assert authenticate(username="NEW@example.org", password="long enough") == user


def test_an_account_without_password_lets_nobody_in() -> None:
    user = people.user()

    assert not user.has_usable_password()
    assert authenticate(username=user.email, password="") is None


def test_an_address_has_one_account_whatever_its_case() -> None:
    user = people.user()

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(user.email.upper())


def test_connect_lets_a_login_act_as_a_person(administrator: User) -> None:
    user, person = people.user(), people.person()

    connected = actions.connect(
        person_id=person.pk, user_id=user.pk, by=administrator, now=NOW + MINUTE
    )

    assert User.objects.get(pk=user.pk).person == person
    assert (connected.rev, connected.updated_at) == (2, NOW + MINUTE)
    assert last_entry(person).act == "person.connect"


def test_issue_token_shows_the_secret_once(stranger: User) -> None:
    token, secret = actions.issue_token(
        user_id=stranger.pk, name="Skript", scope=Scope.WRITE, by=stranger, now=NOW
    )

    assert token.digest == digest(secret)
    assert secret not in str(ApiToken.objects.values())
    assert secret not in str(last_entry(token).after)
    assert last_entry(token).act == "api_token.issue"
    assert token_for(secret, now=NOW) == token


def test_revoke_token_ends_it_at_once_and_once(stranger: User) -> None:
    token, secret = actions.issue_token(user_id=stranger.pk, name="x", by=stranger, now=NOW)

    actions.revoke_token(token_id=token.pk, by=stranger, now=NOW)
    again = actions.revoke_token(token_id=token.pk, by=stranger, now=NOW + MINUTE)

    assert again.revoked_at == NOW
    assert (again.rev, last_entry(token).act) == (2, "api_token.revoke")
    assert token_for(secret, now=NOW) is None


def test_strangers_change_nobodys_account(stranger: User) -> None:
    owner, person = people.user(), people.person()
    token, _ = actions.issue_token(user_id=owner.pk, name="x", by=owner, now=NOW)
    by = {"by": stranger, "now": NOW}

    refused(NotAllowed, actions.introduce, name="X", **by)
    refused(NotAllowed, actions.open_account, email="x@y.example", password=None, name="", **by)
    refused(NotAllowed, actions.connect, person_id=person.pk, user_id=stranger.pk, **by)
    refused(NotAllowed, actions.issue_token, user_id=owner.pk, name="x", **by)
    refused(NotAllowed, actions.revoke_token, token_id=token.pk, **by)


def test_a_token_expires(stranger: User) -> None:
    _, secret = actions.issue_token(
        user_id=stranger.pk, name="x", expires_at=NOW + MINUTE, by=SYSTEM, now=NOW
    )

    assert token_for(secret, now=NOW)
    assert token_for(secret, now=NOW + MINUTE) is None


def test_a_token_of_a_closed_account_is_worth_nothing(stranger: User) -> None:
    _, secret = actions.issue_token(user_id=stranger.pk, name="x", by=SYSTEM, now=NOW)
    User.objects.filter(pk=stranger.pk).update(is_active=False)

    assert token_for(secret, now=NOW) is None


@pytest.mark.parametrize("secret", ["", "x", "\x00", "é" * 1000])
def test_no_secret_no_token(secret: str) -> None:
    assert token_for(secret, now=NOW) is None


def test_looking_a_token_up_costs_one_query(stranger: User, django_assert_num_queries) -> None:
    _, secret = actions.issue_token(user_id=stranger.pk, name="x", by=SYSTEM, now=NOW)

    with django_assert_num_queries(1):
        assert token_for(secret, now=NOW).user.email == stranger.email


def test_use_is_noted_coarsely(stranger: User, django_assert_num_queries) -> None:
    token, _ = actions.issue_token(user_id=stranger.pk, name="x", by=SYSTEM, now=NOW)

    actions.note_use(token, now=NOW)
    token.refresh_from_db()
    with django_assert_num_queries(0):
        actions.note_use(token, now=NOW + MINUTE)
    actions.note_use(token, now=NOW + 6 * MINUTE)

    token.refresh_from_db()
    assert (token.last_used_at, token.rev) == (NOW + 6 * MINUTE, 1)


def test_names_are_seen_with_consent_only(stranger: User, administrator: User) -> None:
    public, private = people.person(), people.person(publishes_name=False)
    myself = people.person(login=stranger, publishes_name=False)

    assert set(people_for(AnonymousUser())) == {public}
    assert set(people_for(stranger)) == {public, myself}
    assert set(people_for(administrator)) == {public, private, myself}


def test_erasing_a_login_keeps_the_person(stranger: User) -> None:
    person = people.person(login=stranger)

    stranger.delete()

    assert Person.objects.get(pk=person.pk).user is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_people_costs_one_query(rows: int, django_assert_num_queries) -> None:
    for _ in range(rows):
        people.person()

    with django_assert_num_queries(1):
        assert len([str(person) for person in people_for(AnonymousUser())]) == rows

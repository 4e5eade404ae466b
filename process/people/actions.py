"""Open logins and hand out keys."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from process.base.access import require
from process.base.revisions import revise
from process.base.tokens import mint
from process.journal.actions import record
from process.people.access import Act
from process.people.models import ApiToken, Person, User
from process.people.vocab import Scope

USE_NOTED_EVERY = timedelta(minutes=5)


@transaction.atomic
def introduce(
    *, name: str, organisation: str = "", publishes_name: bool = False, by: Any, now: datetime
) -> Person:
    """Add a person to the register."""
    person = Person(name=name, organisation=organisation, publishes_name=publishes_name)
    require(by, Act.INTRODUCE, person)
    person.save()
    record("person.introduce", person, by=by, now=now, after={"organisation": organisation})
    return person


@transaction.atomic
def open_account(
    *,
    email: str,
    password: str | None,
    name: str,
    by: Any,
    now: datetime,
    administrator: bool = False,
) -> User:
    """Open a login."""
    require(by, Act.OPEN_ACCOUNT, None)
    make = User.objects.create_superuser if administrator else User.objects.create_user
    user = make(email, password, name=name)
    record("user.open_account", user, by=by, now=now)
    return user


@transaction.atomic
def connect(*, person_id: Any, user_id: Any, by: Any, now: datetime) -> Person:
    """Let a login act as a person."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    require(by, Act.CONNECT, person)
    person.user = User.objects.get(pk=user_id)
    revise(person, ["user"], now=now)
    record("person.connect", person, by=by, now=now)
    return person


@transaction.atomic
def issue_token(
    *,
    user_id: Any,
    name: str,
    scope: str = Scope.READ,
    expires_at: datetime | None = None,
    by: Any,
    now: datetime,
) -> tuple[ApiToken, str]:
    """Hand out an API token; returns it with its secret, which is shown once and not stored."""
    user = User.objects.get(pk=user_id)
    require(by, Act.ISSUE_TOKEN, user)
    secret, digest = mint()
    token = ApiToken.objects.create(
        user=user, name=name, scope=scope, digest=digest, expires_at=expires_at
    )
    record("api_token.issue", token, by=by, now=now, after={"name": name, "scope": scope})
    return token, secret


@transaction.atomic
def revoke_token(*, token_id: Any, by: Any, now: datetime) -> ApiToken:
    """Make an API token useless at once."""
    token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token_id)
    require(by, Act.REVOKE_TOKEN, token)
    if token.revoked_at is None:
        token.revoked_at = now
        revise(token, ["revoked_at"], now=now)
        record("api_token.revoke", token, by=by, now=now)
    return token


def note_use(token: ApiToken, *, now: datetime) -> None:
    """Remember when a token was last used, coarsely, so that reading does not mean writing."""
    if token.last_used_at is None or now - token.last_used_at > USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)

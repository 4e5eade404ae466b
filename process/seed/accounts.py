"""Open accounts to try everything out, with random passwords kept in one file of mode 0600."""

import json
import os
import secrets
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from process.base.access import SYSTEM
from process.base.tokens import digest
from process.groups.models import Occupancy
from process.journal.actions import record
from process.people.actions import connect, issue_token, open_account, revoke_token
from process.people.models import ApiToken, Person, User
from process.people.vocab import Scope
from process.plan.actions import appoint
from process.plan.models import Process
from process.seed.sources import inventions

FILE_NAME = "demo-accounts.json"
HOST = "demo.example"
_PASSWORD_BYTES = 15

Accounts = dict[str, dict[str, str] | None]
"""What the file holds: role -> email, password and token; nothing for anonymous."""


def address(role: str) -> str:
    """Return the e-mail address of a demo account."""
    return f"{role}@{HOST}"


def complete(file: Path) -> bool:
    """Tell whether the file is there and tells of the accounts in this very database."""
    try:
        kept: Accounts = json.loads(file.read_text(encoding="utf-8"))
        digests = {digest(kept[role]["token"]) for role in inventions()["accounts"]}  # type: ignore[index]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return ApiToken.objects.filter(digest__in=digests).count() == len(digests)


def issue(process: Process, *, now: datetime) -> Accounts:
    """Open the accounts, or give those that exist new passwords and tokens; return them all."""
    issued: Accounts = {"anonymous": None}
    for role, said in inventions()["accounts"].items():
        password = secrets.token_urlsafe(_PASSWORD_BYTES)
        user = _account(role, said, password, now=now)
        if "seat" in said and not Person.objects.filter(user=user).exists():
            person = _sitting(process, *said["seat"])
            connect(person_id=person.pk, user_id=user.pk, by=SYSTEM, now=now)
        if said.get("coordinates"):
            appoint(process_id=process.pk, user_id=user.pk, by=SYSTEM, now=now)
        issued[role] = {
            "email": user.email,
            "password": password,
            "token": _token(user, now=now),
        }
    return issued


def write(file: Path, accounts: Accounts) -> None:
    """Write the file at one stroke; nobody but its owner may ever read it."""
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        # mkstemp makes it with mode 0600.
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(accounts, stream, ensure_ascii=False, indent=2)
            stream.flush()
            os.fsync(stream.fileno())
        Path(draft).replace(file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _account(role: str, said: dict[str, Any], password: str, *, now: datetime) -> User:
    user = User.objects.filter(email=address(role)).first()
    if user is None:
        return open_account(
            email=address(role),
            password=password,
            name=said["name"],
            administrator=said.get("administrator", False),
            by=SYSTEM,
            now=now,
        )
    user.set_password(password)
    user.save(update_fields=["password"])
    record("user.reset_password", user, by=SYSTEM, now=now)
    return user


def _token(user: User, *, now: datetime) -> str:
    for old in ApiToken.objects.filter(user=user, revoked_at=None):
        revoke_token(token_id=old.pk, by=SYSTEM, now=now)
    _made, secret = issue_token(user_id=user.pk, name="Demo", scope=Scope.WRITE, by=SYSTEM, now=now)
    return secret


def _sitting(process: Process, group: str, role: str, side: str) -> Person:
    """Return the first person without a login on such a seat."""
    seats = {"seat__group__process": process, "seat__group__slug": group}
    sitting = Occupancy.objects.filter(
        seat__role=role, seat__side=side, until_on=None, person__user=None, **seats
    )
    return sitting.select_related("person").order_by("seat__position")[0].person

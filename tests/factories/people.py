"""People with and without logins."""

from process.base.access import SYSTEM
from process.people.actions import connect, introduce, open_account
from process.people.models import Person, User
from process.plan.actions import appoint
from process.plan.models import Process
from tests.factories import NOW, number


def user(*, administrator: bool = False) -> User:
    """Open a login."""
    n = number()
    return open_account(
        email=f"user{n}@people.example",
        password=None,
        name=f"User {n}",
        administrator=administrator,
        by=SYSTEM,
        now=NOW,
    )


def person(*, login: User | None = None, publishes_name: bool = True) -> Person:
    """Introduce a person, perhaps with a login."""
    made = introduce(name=f"Person {number()}", publishes_name=publishes_name, by=SYSTEM, now=NOW)
    return connect(person_id=made.pk, user_id=login.pk, by=SYSTEM, now=NOW) if login else made


def coordinator(process: Process) -> User:
    """Open a login that runs a process."""
    made = user()
    appoint(process_id=process.pk, user_id=made.pk, by=SYSTEM, now=NOW)
    return made

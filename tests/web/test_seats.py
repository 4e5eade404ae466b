"""Whose name is shown to whom, and how a vacant seat reads."""

import pytest
from django.core.management import call_command
from django.test import Client

from process.groups.models import Group
from process.people.models import User
from process.plan.models import Process
from tests.factories import groups, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
VACANT = '<abbr title="nomen nominandum">N.n.</abbr>'
UNNAMED = "besetzt, Name nicht veröffentlicht"


def _path(group: Group) -> str:
    return f"/{group.process.slug}/groups/{group.slug}/"


def test_vacant_seat_is_shown_as_such(client: Client, group: Group) -> None:
    groups.seat(group, role="external_speaker")
    for path in (_path(group), f"/{group.process.slug}/"):
        page = client.get(path).text
        assert page.count(VACANT) == 1
        assert UNNAMED not in page


def test_unpublished_name_is_kept_from_strangers(
    client: Client, group: Group, stranger: User
) -> None:
    person = people.person(publishes_name=False)
    groups.seat(group, role="adviser", person=person)
    for login in (None, stranger):
        if login:
            client.force_login(login)
        page = client.get(_path(group)).text
        assert UNNAMED in page
        assert person.name not in page
        assert VACANT not in page


def test_unpublished_name_is_shown_to_who_may_see_it(
    client: Client, group: Group, member: User, coordinator: User, administrator: User
) -> None:
    person = people.person(publishes_name=False)
    groups.seat(group, role="adviser", person=person)
    for login in (member, coordinator, administrator):
        client.force_login(login)
        assert person.name in client.get(_path(group)).text


def test_who_has_left_is_not_shown(client: Client, group: Group) -> None:
    from process.base.access import SYSTEM
    from process.groups.actions import vacate

    person = people.person()
    seat = groups.seat(group, role="adviser", person=person)
    vacate(seat_id=seat.pk, until_on=groups.SINCE, by=SYSTEM, now=seat.created_at)
    page = client.get(_path(group)).text
    assert person.name not in page
    assert VACANT in page
    groups.fill(seat, person)
    assert client.get(_path(group)).text.count(person.name) == 1


def test_seats_that_read_the_same_are_counted(client: Client, group: Group) -> None:
    for _ in range(3):
        groups.seat(group, person=people.person(publishes_name=False))
    assert "3 Sitze besetzt, Namen nicht veröffentlicht" in client.get(_path(group)).text


def test_city_page_shows_exactly_the_four_vacant_speakers(client: Client, db: None) -> None:
    call_command("load_lip", stdout=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    process = Process.objects.get()
    page = client.get(f"/{process.slug}/").text
    assert page.count(VACANT) == 4
    assert "4 Plätze sind noch unbesetzt (N.n.)." in page
    assert page.count('class="card card--field') == 7

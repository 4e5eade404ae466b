"""Every public page: who finds it, in which language, at which cost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.schedule.models import Meeting
from process.groups.models import Group
from process.people.models import User
from process.plan.models import Process
from tests.factories import groups, people, plan, schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
MOST_QUERIES = 8


@pytest.fixture
def meeting(group: Group) -> Meeting:
    """A public meeting six weeks ahead, in a process with one phase."""
    plan.phase(group.process)
    return schedule.meeting(group)


def _paths(meeting: Meeting) -> dict[str, str]:
    process, group = meeting.process, meeting.group
    assert group is not None
    field = group.fields_of_action.get()
    home = f"/{process.slug}/"
    return {
        "home": "/",
        "process": home,
        "field": f"{home}fields/{field.slug}/",
        "group": f"{home}groups/{group.slug}/",
        "meetings": f"{home}meetings/",
        "past": f"{home}meetings/?period=past",
        "month": f"{home}meetings/2026-04/",
        "meeting": f"{home}meetings/{meeting.pk}/",
    }


PAGES = ["home", "process", "field", "group", "meetings", "past", "month", "meeting"]
INSIDE = PAGES[1:]


@pytest.mark.parametrize("name", PAGES)
def test_page_answers_in_german_and_under_a_prefix_in_english(
    client: Client, meeting: Meeting, name: str
) -> None:
    path = _paths(meeting)[name]
    german, english = client.get(path), client.get(f"/en{path}")
    assert (german.status_code, english.status_code) == (200, 200)
    assert (german["Content-Language"], english["Content-Language"]) == ("de", "en")
    assert '<html lang="de"' in german.text
    assert '<html lang="en"' in english.text
    assert f'hreflang="en" href="http://testserver/en{path}"' in german.text
    assert f'hreflang="de" href="http://testserver{path}"' in english.text


@pytest.mark.parametrize("name", PAGES)
def test_page_can_be_kept_by_shared_caches(client: Client, meeting: Meeting, name: str) -> None:
    path = _paths(meeting)[name]
    answer = client.get(path)
    again = client.get(path, headers={"if-none-match": answer["ETag"]})
    assert answer["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in answer
    assert not answer.cookies
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == answer["ETag"]


@pytest.mark.parametrize("name", PAGES)
def test_page_costs_the_same_for_many_rows(client: Client, meeting: Meeting, name: str) -> None:
    path = _paths(meeting)[name]
    once = _queries(client, path)
    assert meeting.group is not None
    for _ in range(3):
        for group in (meeting.group, groups.expert_group(meeting.process)):
            schedule.meeting(group, location=schedule.location(meeting.process))
            groups.seat(group, person=people.person())
            groups.seat(group, role="adviser")
    plan.phase(meeting.process)
    assert _queries(client, path) == once
    assert once <= MOST_QUERIES


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", INSIDE)
def test_unpublished_process_is_a_stranger(
    client: Client, stranger: User, coordinator: User, meeting: Meeting, name: str
) -> None:
    Process.objects.update(published_at=None)
    path = _paths(meeting)[name]
    assert client.get(path).status_code == 404
    client.force_login(stranger)
    assert client.get(path).status_code == 404
    client.force_login(coordinator)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["nope/", "{}/fields/nope/", "{}/groups/nope/", "{}/meetings/?field=nope",
     "{}/meetings/?group=nope", "{}/meetings/?after=nope", "{}/meetings/?before=~",
     "{}/meetings/1999-12/", "{}/meetings/2026-13/", "{}/meetings/2101-01/",
     "{}/meetings/00000000-0000-4000-8000-000000000000/"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(client: Client, process: Process, path: str) -> None:
    answer = client.get("/" + path.format(process.slug))
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text


def test_what_does_not_exist_is_not_found_in_english(client: Client, process: Process) -> None:
    answer = client.get(f"/en/{process.slug}/fields/nope/")
    assert answer.status_code == 404
    assert '<html lang="en"' in answer.text
    assert 'href="/en/"' in answer.text
    assert client.get("/en/en/").status_code == 404


def test_parts_of_another_process_are_not_found(client: Client, meeting: Meeting) -> None:
    other = plan.process()
    for name in ("field", "group", "meeting"):
        path = _paths(meeting)[name].replace(f"/{meeting.process.slug}/", f"/{other.slug}/")
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("name", INSIDE)
def test_old_address_leads_to_the_new_one(
    client: Client, meeting: Meeting, name: str, prefix: str
) -> None:
    from process.base.access import SYSTEM
    from process.plan.actions import rename

    before = prefix + _paths(meeting)[name]
    rename(
        process_id=meeting.process_id, slug="wir-2-0", title="WIR", short_title="WIR2.0",
        by=SYSTEM, now=meeting.created_at,
    )  # fmt: skip
    answer = client.get(before)
    assert answer.status_code == 301
    assert answer["Location"] == before.replace(f"/{meeting.process.slug}/", "/wir-2-0/")
    assert client.get(answer["Location"]).status_code == 200


def test_signed_in_answers_are_for_one(client: Client, meeting: Meeting, member: User) -> None:
    client.force_login(member)
    answer = client.get(_paths(meeting)["process"])
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]


def test_only_reading_is_allowed(client: Client, meeting: Meeting) -> None:
    for path in _paths(meeting).values():
        assert client.post(path).status_code == 405
        assert client.head(path).status_code == 200


def test_programs_choose_their_language_by_header(client: Client) -> None:
    answer = client.get("/api/nope", headers={"accept-language": "fr, en-GB;q=0.8, de;q=0.5"})
    assert answer["Content-Language"] == "en"
    assert "Accept-Language" in answer["Vary"]


def test_reverse_follows_the_language() -> None:
    from django.utils.translation import override

    build: Callable[..., Any] = lambda: reverse("process", kwargs={"slug": "lip"})  # noqa: E731
    assert build() == "/lip/"
    with override("en"):
        assert build() == "/en/lip/"


def test_icon_is_found_at_its_old_address(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"] == "/static/web/favicon.svg"


def test_english_dates_are_european(client: Client, meeting: Meeting) -> None:
    page = client.get(f"/en{_paths(meeting)['meeting']}").text
    assert "Wednesday, 15 April 2026" in page
    assert ">17:00</time>" in page

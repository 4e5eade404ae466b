"""Meetings as lists, as a month and one by one."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from meetings.schedule import actions
from meetings.schedule.models import Meeting
from process.base.access import SYSTEM
from process.groups.models import Group
from process.people.models import User
from process.plan.models import Process
from tests.factories import NOW, groups, schedule
from web.public import months
from web.public.paging import SIZE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def _list(process: Process) -> str:
    return f"/{process.slug}/meetings/"


def _titles(client: Client, path: str) -> list[str]:
    return [meeting["title"] for meeting in client.get(path).context["meetings"]]


def test_members_meeting_is_seen_by_members_only(
    client: Client, group: Group, member: User, stranger: User
) -> None:
    meeting = schedule.meeting(group, visibility="members")
    path = f"{_list(group.process)}{meeting.pk}/"
    assert client.get(path).status_code == 404
    client.force_login(stranger)
    assert client.get(path).status_code == 404
    assert _titles(client, _list(group.process)) == []
    client.force_login(member)
    assert ".ics" in (page := client.get(path).text)
    assert f"/calendar/meetings/{meeting.pk}.ics" not in page
    assert _titles(client, _list(group.process)) == [meeting.title]


def test_draft_is_not_public(client: Client, group: Group, coordinator: User) -> None:
    meeting = schedule.draft(group)
    path = f"{_list(group.process)}{meeting.pk}/"
    assert client.get(path).status_code == 404
    client.force_login(coordinator)
    assert "Entwurf" in client.get(path).text


def test_coming_and_past_meetings_stand_apart(client: Client, group: Group) -> None:
    past = schedule.meeting(group, starts_at=datetime(2026, 2, 3, 17), ends_at=None)
    today = schedule.meeting(group, starts_at=datetime(2026, 3, 2, 8), ends_at=None)
    coming = schedule.meeting(group)
    path = _list(group.process)
    assert _titles(client, path) == [today.title, coming.title]
    assert _titles(client, f"{path}?period=past") == [past.title]


def test_event_over_several_days_is_coming_until_it_ends(client: Client, group: Group) -> None:
    event = schedule.meeting(
        group, starts_at=datetime(2026, 3, 1, 10), ends_at=datetime(2026, 3, 3, 18)
    )
    path = _list(group.process)
    assert _titles(client, path) == [event.title]
    assert _titles(client, f"{path}?period=past") == []
    assert "läuft gerade" in client.get(path).text


def test_filters_narrow_the_list_and_the_subscription(client: Client, group: Group) -> None:
    mine, other = schedule.meeting(group), groups.expert_group(group.process)
    schedule.meeting(other)
    field = group.fields_of_action.get()
    path = _list(group.process)
    for query, feed in (
        (f"field={field.slug}", f"fields/{field.slug}.ics"),
        (f"group={group.slug}", f"groups/{group.slug}.ics"),
    ):
        page = client.get(f"{path}?{query}")
        assert [m["title"] for m in page.context["meetings"]] == [mine.title]
        assert f"http://testserver/calendar/{group.process.slug}/{feed}" in page.text
        assert f"?{query}&amp;period=past" in page.text


@pytest.mark.parametrize("period", ["upcoming", "past"])
def test_pages_lead_through_the_whole_list_and_back(
    client: Client, group: Group, period: str
) -> None:
    step = timedelta(days=1 if period == "upcoming" else -1)
    first = schedule.START if period == "upcoming" else datetime(2026, 2, 1, 12)
    # Three on each day, so that pages end between meetings that start together.
    for number in range(2 * SIZE + 10):
        schedule.meeting(group, starts_at=first + number // 3 * step, ends_at=None)
    url, there = f"{_list(group.process)}?period={period}", []
    while url:
        page = client.get(url)
        there.append([m["title"] for m in page.context["meetings"]])
        last, url = url, page.context["next_url"]
    assert [len(titles) for titles in there] == [SIZE, SIZE, 10]
    assert len({title for titles in there for title in titles}) == 2 * SIZE + 10
    back, url = [], last
    while url:
        page = client.get(url)
        back.append([m["title"] for m in page.context["meetings"]])
        url = page.context["previous_url"]
    assert back[::-1] == there


def test_cancelled_meeting_says_why_and_what_instead(client: Client, group: Group) -> None:
    meeting, instead = schedule.meeting(group), schedule.meeting(group)
    actions.cancel(
        meeting_id=meeting.pk, reason="Wasserschaden", successor_id=instead.pk, by=SYSTEM, now=NOW
    )
    page = client.get(f"{_list(group.process)}{meeting.pk}/").text
    assert "Dieser Termin ist abgesagt" in page
    assert "Wasserschaden" in page
    assert f"/meetings/{instead.pk}/" in page


def test_replacement_that_is_not_public_stays_unsaid(client: Client, group: Group) -> None:
    meeting, instead = schedule.meeting(group), schedule.meeting(group, visibility="members")
    actions.cancel(
        meeting_id=meeting.pk, reason="Wasserschaden", successor_id=instead.pk, by=SYSTEM, now=NOW
    )
    assert str(instead.pk) not in client.get(f"{_list(group.process)}{meeting.pk}/").text


def test_moved_meeting_tells_the_old_time(client: Client, group: Group) -> None:
    meeting = schedule.meeting(group)
    actions.move(meeting_id=meeting.pk, starts_at=datetime(2026, 4, 16, 18), by=SYSTEM, now=NOW)
    page = client.get(f"{_list(group.process)}{meeting.pk}/").text
    assert "Ursprünglich war er am 15. April 2026 um 17:00 Uhr angesetzt." in page


def test_days_of_a_month_are_those_of_the_process(client: Client, group: Group) -> None:
    # 23:30 UTC on the last of March is the first of April in Berlin.
    meeting = schedule.meeting(group, starts_at=datetime(2026, 4, 1, 0, 30), ends_at=None)
    assert meeting.starts_at.date() != date(2026, 4, 1) or meeting.starts_at.utcoffset()
    month = client.get(f"{_list(group.process)}2026-04/").context["month"]
    days = {day["date"]: day["meetings"] for week in month["weeks"] for day in week}
    assert [m["title"] for m in days[date(2026, 4, 1)]] == [meeting.title]
    assert [m["title"] for m in month["meetings"]] == [meeting.title]
    before = client.get(f"{_list(group.process)}2026-03/").context["month"]
    assert before["meetings"] == []
    assert {len(week) for week in before["weeks"]} == {7}
    assert before["weeks"][0][0]["date"].weekday() == 0


def test_current_month_is_where_the_calendar_leads(client: Client, process: Process) -> None:
    answer = client.get(f"/en{_list(process)}calendar/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/en{_list(process)}2026-03/"
    page = client.get(answer["Location"]).text
    assert 'rel="prev"' in page
    assert 'rel="next"' in page
    assert 'aria-current="date"' in page


def test_calendar_of_months_has_a_first_and_a_last() -> None:
    assert months.before(date(2000, 1, 1)) is None
    assert months.after(date(2100, 12, 1)) is None
    assert months.after(date(2026, 12, 1)) == date(2027, 1, 1)


def test_meeting_page_offers_calendar_entry_and_subscription(client: Client, group: Group) -> None:
    meeting: Meeting = schedule.meeting(group)
    page = client.get(f"{_list(group.process)}{meeting.pk}/").text
    assert f'href="/calendar/meetings/{meeting.pk}.ics"' in page
    feed = f"testserver/calendar/{group.process.slug}/groups/{group.slug}.ics"
    assert f'value="http://{feed}"' in page
    assert f'href="webcal://{feed}"' in page
    assert "<svg viewBox" in page
    assert "style=" not in page


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_marks_at_the_ends_of_time_are_not_found(
    client: Client, process: Process, year: str
) -> None:
    mark = f"{year}0101T000000.000000%2B1400~{process.pk.hex}"
    for side in ("before", "after"):
        assert client.get(f"{_list(process)}?{side}={mark}").status_code == 404

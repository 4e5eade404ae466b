"""How long things stand in a feed: it ages by the clockwork, not by being read."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from meetings.schedule import actions, feeds
from meetings.schedule.models import FeedVersion
from process.base.access import SYSTEM
from process.plan import phase_actions
from tests.api.feeds.reading import Feed
from tests.factories import NOW, schedule

DATE = schedule.START.date()


def morning(day):
    return datetime.combine(day, time(3), UTC)


def age_to(clock, day):
    clock.move_to(morning(day))
    return feeds.age(now=morning(day))


@pytest.fixture
def opened(feed, meeting):
    """A feed that somebody has subscribed to, on the day of the factories."""
    feed.body()
    FeedVersion.objects.update(as_of=NOW.date())
    return feed


def test_what_was_called_off_stays_90_days_after_its_date(opened, meeting, clock):
    actions.cancel(meeting_id=meeting.pk, reason="x", by=SYSTEM, now=NOW)
    age_to(clock, DATE + timedelta(days=90))
    assert meeting.uid in opened.events()

    before = opened.get()["ETag"]
    assert age_to(clock, DATE + timedelta(days=91)) == 1
    assert opened.events() == {}
    assert opened.get()["ETag"] != before


def test_what_was_withdrawn_stays_90_days_after_its_date(opened, meeting, clock):
    actions.withdraw(meeting_id=meeting.pk, by=SYSTEM, now=NOW)
    age_to(clock, DATE + timedelta(days=90))
    assert meeting.uid in opened.events()
    age_to(clock, DATE + timedelta(days=91))
    assert opened.events() == {}


def test_what_took_place_stays_a_year(opened, meeting, clock):
    age_to(clock, DATE + timedelta(days=365))
    assert meeting.uid in opened.events()
    assert age_to(clock, DATE + timedelta(days=366)) == 1
    assert opened.events() == {}


def test_a_milestone_stays_a_year(opened, process, clock):
    said = {"title": "Frist", "falls_on": DATE, "kind": "deadline"}
    phase_actions.set_milestone(process_id=process.pk, **said, by=SYSTEM, now=NOW)
    age_to(clock, DATE + timedelta(days=365))
    assert len(opened.events()) == 2
    assert age_to(clock, DATE + timedelta(days=366)) == 1
    assert opened.events() == {}


def test_days_go_by_without_changing_a_byte(opened, meeting, clock):
    before = opened.body(), opened.get()["ETag"], opened.get()["Last-Modified"]
    for days in (1, 2, 30, 200):
        assert age_to(clock, NOW.date() + timedelta(days=days)) == 0
        clock.shift(timedelta(hours=20))
        assert (opened.body(), opened.get()["ETag"], opened.get()["Last-Modified"]) == before


def test_reading_alone_lets_nothing_age(opened, meeting, clock):
    before = opened.body(), opened.get()["ETag"]
    clock.move_to(morning(date(2030, 1, 1)))

    assert (opened.body(), opened.get()["ETag"]) == before


def test_a_feed_ages_by_its_own_meetings_only(client, opened, process, clock):
    from tests.factories import groups

    other = groups.expert_group(process)
    elsewhere = Feed(client, f"/calendar/{process.slug}/groups/{other.slug}.ics")
    before = elsewhere.get()["ETag"]
    FeedVersion.objects.update(as_of=NOW.date())

    assert age_to(clock, DATE + timedelta(days=366)) == 1
    assert elsewhere.get()["ETag"] == before


def test_ageing_twice_is_ageing_once(opened, meeting, clock):
    assert age_to(clock, DATE + timedelta(days=366)) == 1
    tag = opened.get()["ETag"]
    assert age_to(clock, DATE + timedelta(days=366)) == 0
    assert opened.get()["ETag"] == tag


def test_less_of_the_past_may_be_asked_for(opened, meeting, clock):
    age_to(clock, DATE + timedelta(days=10))

    assert meeting.uid in opened.events("?past=10")
    assert opened.events("?past=9") == {}
    assert opened.events("?past=0") == {}
    assert meeting.uid in opened.events("?past=3660")

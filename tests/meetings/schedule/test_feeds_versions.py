"""The version of a feed is raised with every change that it shows, and with no other."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from meetings.schedule import actions, feeds, series_actions
from meetings.schedule.models import FeedVersion, Meeting
from meetings.schedule.queries import feed_for, feed_meetings
from process.base.access import SYSTEM
from process.groups.models import Group
from process.plan.models import Process
from tests.factories import NOW, groups, plan, schedule

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
BY = {"by": SYSTEM, "now": LATER}
ANOTHER = schedule.START + timedelta(days=1)


class Feeds:
    """The feeds of a process, one of its groups and that group's field, and unconcerned ones."""

    def __init__(self, group: Group) -> None:
        process = group.process
        stranger = groups.expert_group(process)
        field, other_field = group.fields_of_action.get(), stranger.fields_of_action.get()
        slug = process.slug
        self.concerned = [
            feed_for(slug),
            feed_for(slug, group=group.slug),
            feed_for(slug, field=field.slug),
        ]
        self.others = [
            feed_for(slug, group=stranger.slug),
            feed_for(slug, field=other_field.slug),
            feed_for(plan.process().slug),
        ]
        self.before = self.versions()

    def versions(self) -> dict[int, int]:
        return dict(FeedVersion.objects.values_list("pk", "version"))

    def raised(self) -> bool:
        """Tell whether all concerned were raised since last asked; no other may ever be."""
        now = self.versions()
        raised = {pk for pk, version in now.items() if version > self.before[pk]}
        self.before = now
        assert raised in (set(), {feed.pk for feed in self.concerned})
        return bool(raised)


@pytest.fixture
def meeting(group: Group) -> Meeting:
    """A public meeting of the group."""
    return schedule.meeting(group)


@pytest.fixture
def watched(group: Group, meeting: Meeting) -> Feeds:
    """The feeds, with their versions of now."""
    return Feeds(group)


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("move", {"starts_at": ANOTHER}),
        ("edit", {"rev": None, "title": "Neu"}),
        ("edit", {"rev": None, "summary": "Neu"}),
        ("edit", {"rev": None, "join_url": "https://treffen.example/x"}),
        ("cancel", {"reason": "x"}),
        ("postpone", {"reason": "x"}),
        ("withdraw", {}),
    ],
)
def test_a_visible_change_raises_the_feeds_concerned(
    watched: Feeds, meeting: Meeting, verb: str, said: dict
) -> None:
    getattr(actions, verb)(meeting_id=meeting.pk, **said, **BY)

    assert watched.raised()
    assert {feed.changed_at for feed in FeedVersion.objects.filter(version=2)} == {LATER}


def test_planning_and_publishing_raise(watched: Feeds, group: Group) -> None:
    draft = schedule.draft(group, visibility="members")
    assert not watched.raised()

    actions.plan(meeting_id=draft.pk, **BY)
    assert watched.raised()
    actions.publish(meeting_id=draft.pk, **BY)
    assert watched.raised()


def test_what_changes_about_a_draft_raises_nothing(watched: Feeds, group: Group) -> None:
    draft = schedule.draft(group)

    actions.move(meeting_id=draft.pk, starts_at=ANOTHER, **BY)
    actions.edit(meeting_id=draft.pk, rev=None, title="Neu", **BY)
    actions.discard(meeting_id=draft.pk, rev=None, **BY)

    assert not watched.raised()


def test_what_changes_nothing_raises_nothing(watched: Feeds, meeting: Meeting) -> None:
    actions.move(meeting_id=meeting.pk, starts_at=schedule.START, **BY)
    actions.edit(meeting_id=meeting.pk, rev=None, title=meeting.title, **BY)

    assert not watched.raised()


def test_a_meeting_about_a_field_of_its_own_raises_that_field(group: Group) -> None:
    field = plan.field(group.process)
    meeting = schedule.meeting(group, field=field)
    watched = Feeds(group)
    watched.concerned.append(feed_for(group.process.slug, field=field.slug))
    watched.before = watched.versions()

    actions.cancel(meeting_id=meeting.pk, reason="x", **BY)

    assert watched.raised()


def test_series_raise(watched: Feeds, group: Group) -> None:
    series = schedule.series(group)
    assert watched.raised()
    series_actions.revise_series(series_id=series.pk, rev=None, title="Neu", **BY)
    assert watched.raised()
    assert series_actions.extend(series_id=series.pk, **BY) == 0
    assert not watched.raised()
    first = series.meetings.order_by("starts_at")[0]
    said = {"starts_time": series.starts_time.replace(hour=18)}
    successor = series_actions.split(series_id=series.pk, meeting_id=first.pk, **said, **BY)
    assert watched.raised()
    series_actions.end(series_id=successor.pk, reason="x", **BY)
    assert watched.raised()


def test_a_change_that_is_rolled_back_raises_nothing(watched: Feeds, meeting: Meeting) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.cancel(meeting_id=meeting.pk, reason="x", **BY)
        raise RuntimeError

    assert not watched.raised()


def test_a_feed_is_found_by_any_slug_in_one_query(
    process: Process, django_assert_num_queries
) -> None:
    first = feed_for(process.slug)

    with django_assert_num_queries(1):
        found = feed_for(process.slug)
    assert found == first
    assert found.process.slug == process.slug


@pytest.mark.parametrize("scope", [{}, {"field": "nix"}, {"group": "nix"}])
def test_there_is_no_feed_of_what_is_hidden_or_unknown(scope: dict, process: Process) -> None:
    assert feed_for(plan.prepared().slug, **scope) is None
    assert feed_for("nix", **scope) is None
    if scope:
        assert feed_for(process.slug, **scope) is None


def test_a_feed_holds_what_is_public_and_what_left_the_public(group: Group) -> None:
    feed = feed_for(group.process.slug)
    FeedVersion.objects.update(as_of=NOW.date())
    feed.refresh_from_db()
    public, gone = schedule.meeting(group), schedule.meeting(group)
    schedule.draft(group)
    schedule.meeting(group, visibility="members")
    actions.withdraw(meeting_id=gone.pk, **BY)
    secret = schedule.draft(group)
    actions.withdraw(meeting_id=secret.pk, **BY)
    actions.plan(meeting_id=secret.pk, **BY)
    said = {"feed": feed, "past": feeds.KEEP_PAST}

    assert set(feed_meetings(**said, with_off=True)) == {public, gone}
    assert set(feed_meetings(**said, with_off=False)) == {public}


def test_feeds_grow_older_by_the_clock_and_are_raised_when_they_lose_something(
    group: Group,
) -> None:
    feed = feed_for(group.process.slug)
    FeedVersion.objects.filter(pk=feed.pk).update(as_of=NOW.date())
    meeting = schedule.meeting(group)
    feed.refresh_from_db()
    before = feed.version

    assert feeds.age(now=NOW + timedelta(days=1)) == 0
    assert feeds.age(now=NOW + timedelta(days=1)) == 0
    feed.refresh_from_db()
    assert (feed.as_of, feed.version) == (NOW.date() + timedelta(days=1), before)
    a_year_on = meeting.starts_at + feeds.KEEP_PAST + timedelta(days=1)
    assert feeds.age(now=a_year_on) == 1
    feed.refresh_from_db()
    assert feed.version == before + 1
    assert not feed_meetings(feed, past=feeds.KEEP_PAST, with_off=True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_meetings_of_a_feed_cost_two_queries(
    rows: int, group: Group, django_assert_num_queries
) -> None:
    feed = feed_for(group.process.slug)
    FeedVersion.objects.update(as_of=date(2026, 3, 2))
    feed.refresh_from_db()
    for day in range(rows):
        schedule.meeting(group, starts_at=datetime(2026, 4, 1 + day, 17), ends_at=None)

    with django_assert_num_queries(2):
        found = [
            (m.process.slug, m.fields_of_action)
            for m in feed_meetings(feed, past=feeds.KEEP_PAST, with_off=True)
        ]
    assert len(found) == rows

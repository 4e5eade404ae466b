"""Places: entered, corrected, and shown at once by the calendars of their meetings."""

import pytest
from django.contrib.auth.models import AnonymousUser

from meetings.schedule import location_actions
from meetings.schedule.models import FeedVersion, Location
from meetings.schedule.queries import feed_for, locations_for
from process.base.errors import NotAllowed, Stale
from process.groups.models import Group
from process.people.models import User
from tests.evidence import last_entry, news_of, refused
from tests.factories import NOW, schedule

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def test_add_location(group: Group, coordinator: User) -> None:
    place = location_actions.add_location(
        process_id=group.process_id, name="Rathaus", by=coordinator, now=NOW
    )

    assert last_entry(place).act == "location.add"
    assert news_of(place) == ["location.added"]
    assert list(locations_for(NOBODY)) == [place]


def test_edit_location_is_shown_by_its_meetings_without_a_new_sequence(
    group: Group, coordinator: User
) -> None:
    place = schedule.location(group.process)
    meeting = schedule.meeting(group, location=place)
    feed = feed_for(group.process.slug)
    assert feed is not None

    edited = location_actions.edit_location(
        location_id=place.pk, rev=1, room="Saal 2", by=coordinator, now=schedule.AFTERWARDS
    )

    rev, sequence = meeting.rev, meeting.sequence
    meeting.refresh_from_db()
    assert edited.rev == 2
    assert (meeting.rev, meeting.sequence) == (rev + 1, sequence)
    assert meeting.shown_at == schedule.AFTERWARDS
    assert FeedVersion.objects.get(pk=feed.pk).version == feed.version + 1
    assert last_entry(place).act == "location.edit"
    assert news_of(place)[-1] == "location.edited"


def test_edit_location_without_a_change_leaves_no_trace(group: Group, coordinator: User) -> None:
    place = schedule.location(group.process)

    location_actions.edit_location(
        location_id=place.pk, rev=1, name=place.name, by=coordinator, now=NOW
    )

    assert last_entry(place).act == "location.add"


def test_edit_location_on_an_older_revision_is_refused(group: Group, coordinator: User) -> None:
    place = schedule.location(group.process)

    with pytest.raises(Stale):
        location_actions.edit_location(
            location_id=place.pk, rev=7, name="Anders", by=coordinator, now=NOW
        )


def test_strangers_and_members_enter_and_change_no_place(
    group: Group, stranger: User, member: User
) -> None:
    place = schedule.location(group.process)
    for user in (stranger, member):
        by = {"by": user, "now": NOW}
        process = group.process_id
        refused(NotAllowed, location_actions.add_location, process_id=process, name="x", **by)
        edit = location_actions.edit_location
        refused(NotAllowed, edit, location_id=place.pk, rev=1, name="x", **by)

    assert list(Location.objects.values_list("name", flat=True)) == [place.name]

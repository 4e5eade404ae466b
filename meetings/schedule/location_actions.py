"""Enter places to meet, and correct them."""

from datetime import datetime
from typing import Any

from django.db import transaction

from meetings.schedule.access import Act
from meetings.schedule.changes import bump_for, touch
from meetings.schedule.models import Location, Meeting
from process.base.access import require
from process.base.revisions import differences, expect, revise
from process.journal.actions import announce, record


@transaction.atomic
def add_location(*, process_id: Any, by: Any, now: datetime, **values: Any) -> Location:
    """Enter a place to meet."""
    location = Location(process_id=process_id, **values)
    require(by, Act.ADD_LOCATION, location)
    location.save()
    record("location.add", location, by=by, now=now, after={"name": location.name})
    announce("location.added", location, by=by, now=now)
    return location


@transaction.atomic
def edit_location(
    *, location_id: Any, rev: int | None, by: Any, now: datetime, **changes: Any
) -> Location:
    """Correct what a place is called or where it is; the calendars show it at once.

    The meetings still take place there, so their SEQUENCE stays.
    """
    location = Location.objects.select_for_update().get(pk=location_id)
    require(by, Act.EDIT_LOCATION, location)
    expect(location, rev)
    before, after = differences(location, changes)
    if after:
        revise(location, list(after), now=now)
        meetings = Meeting.objects.filter(location=location)
        touch(meetings, now=now)
        bump_for(meetings, now=now)
        record("location.edit", location, by=by, now=now, before=before, after=after)
        announce("location.edited", location, by=by, now=now)
    return location

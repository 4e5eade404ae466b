"""What the tests of the feeds ask for."""

import pytest

from tests.api.feeds.reading import Feed
from tests.factories import groups, plan, schedule


@pytest.fixture
def process(db):
    """A process under its second name."""
    from process.base.access import SYSTEM
    from process.plan.actions import rename
    from tests.factories import NOW

    made = plan.process(slug="lip-2-0")
    said = {"slug": "wir2-0", "title": "WIR 2.0", "short_title": "WIR 2.0"}
    return rename(process_id=made.pk, **said, by=SYSTEM, now=NOW)


@pytest.fixture
def group(process):
    """A group with a field of action, both with feeds of their own."""
    return groups.group(process, fields_of_action=[plan.field(process)], name="Bildung")


@pytest.fixture
def meeting(group):
    """A public meeting in it."""
    place = schedule.location(group.process)
    return schedule.meeting(group, title="Sitzung", summary="**Thema**", location=place)


@pytest.fixture
def feed(client, process):
    """The feed of the process."""
    return Feed(client, f"/calendar/{process.slug}.ics")

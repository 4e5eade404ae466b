"""Who may show a meeting to everybody: coordinators, however the meeting comes into being."""

from datetime import date, time
from typing import Any

import pytest

from meetings.schedule import actions, series_actions
from meetings.schedule.vocab import Visibility
from process.base.errors import NotAllowed
from process.groups.models import Group
from process.people.models import User
from tests.evidence import refused
from tests.factories import NOW, schedule

pytestmark = pytest.mark.django_db
PUBLIC = {"title": "Offen", "visibility": "public", "now": NOW}
WEEKLY = {"rrule": "FREQ=WEEKLY", "starts_on": date(2026, 3, 4), "starts_time": time(17)}


def alone(group: Group) -> dict[str, Any]:
    return {
        "process": group.process,
        "group": group,
        "starts_at": schedule.START,
        "time_zone": "Europe/Berlin",
    }


def test_a_secretary_calls_no_public_meeting(group: Group, secretary: User) -> None:
    refused(NotAllowed, actions.call, **alone(group), **PUBLIC, by=secretary)


def test_a_secretary_starts_no_public_series(group: Group, secretary: User) -> None:
    values = {"group_id": group.pk, **WEEKLY}
    refused(NotAllowed, series_actions.start, **values, **PUBLIC, by=secretary)


def test_a_coordinator_calls_and_starts_public_ones(group: Group, coordinator: User) -> None:
    called = actions.call(**alone(group), **PUBLIC, by=coordinator)
    started = series_actions.start(group_id=group.pk, **WEEKLY, **PUBLIC, by=coordinator)

    assert called.visibility == started.visibility == Visibility.PUBLIC
    assert set(started.meetings.values_list("visibility", flat=True)) == {Visibility.PUBLIC}

"""The timetable names tasks that exist, and its ticks never pile up."""

from datetime import timedelta

import pytest
from celery.schedules import crontab
from django.utils import timezone

from config.celery import TIMETABLE, app


def period(schedule) -> float:
    """Return the seconds between two ticks."""
    if not isinstance(schedule, crontab):
        return schedule
    first = timezone.now()
    second = first + schedule.remaining_estimate(first)
    return (schedule.remaining_estimate(second + timedelta(seconds=1))).total_seconds()


@pytest.mark.parametrize("name", TIMETABLE)
def test_each_tick_runs_a_known_task(name):
    app.loader.import_default_modules()
    assert TIMETABLE[name]["task"] in app.tasks


@pytest.mark.parametrize("name", TIMETABLE)
def test_each_tick_expires_before_the_next(name):
    entry = TIMETABLE[name]
    assert entry["options"]["expires"] < period(entry["schedule"])


def test_beat_reads_this_timetable():
    assert app.conf.beat_schedule == TIMETABLE

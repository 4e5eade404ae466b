"""Wire Celery: the application, the rooms that hold tasks, and the timetable."""

import os

from celery import Celery
from celery.schedules import crontab

import config.broker  # noqa: F401  (makes the file broker's address known)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

ROOMS_WITH_TASKS = ["process.journal", "process.plan", "meetings.schedule", "api"]

MINUTE = 60
HOUR = 60 * MINUTE

# A tick expires before the next one is due, so that a busy worker never finds a heap of them.
TIMETABLE = {
    "sweep": {
        "task": "process.journal.tasks.sweep",
        "schedule": 2.0,
        "options": {"expires": 1.5},
    },
    "prune": {
        "task": "process.journal.tasks.prune",
        "schedule": crontab(minute=47),
        "options": {"expires": HOUR - MINUTE},
    },
    "turn-phases": {
        "task": "process.plan.tasks.turn_phases",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 9 * MINUTE},
    },
    "extend-horizons": {
        "task": "meetings.schedule.tasks.extend_horizons",
        "schedule": crontab(minute=17),
        "options": {"expires": HOUR - MINUTE},
    },
    "age-feeds": {
        "task": "meetings.schedule.tasks.age_feeds",
        "schedule": crontab(minute=37),
        "options": {"expires": HOUR - MINUTE},
    },
    "prune-replies": {
        "task": "api.tasks.prune_replies",
        "schedule": crontab(minute=57),
        "options": {"expires": HOUR - MINUTE},
    },
}

app = Celery("teilhabe")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = TIMETABLE
app.autodiscover_tasks(ROOMS_WITH_TASKS)

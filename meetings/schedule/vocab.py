"""Words about meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingKind(models.TextChoices):
    """What kind of meeting it is."""

    GROUP_MEETING = "group_meeting", _("Gruppensitzung")
    EVENT = "event", _("Veranstaltung")
    DIALOGUE_ROUND = "dialogue_round", _("Dialogrunde")


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    DRAFT = "draft", _("Entwurf")
    PLANNED = "planned", _("geplant")
    RUNNING = "running", _("läuft")
    HELD = "held", _("hat stattgefunden")
    CLOSED = "closed", _("abgeschlossen")
    CANCELLED = "cancelled", _("abgesagt")
    POSTPONED = "postponed", _("bis auf Weiteres verschoben")


class Visibility(models.TextChoices):
    """Who sees that it takes place."""

    PUBLIC = "public", _("öffentlich")
    MEMBERS = "members", _("nur Mitglieder")


class SeriesState(models.TextChoices):
    """Whether a series still brings forth meetings."""

    ACTIVE = "active", _("läuft")
    ENDED = "ended", _("beendet")


OFF = (MeetingState.CANCELLED, MeetingState.POSTPONED)
AHEAD = (MeetingState.PLANNED, MeetingState.POSTPONED)
"""States of meetings that a change of their series may still touch."""

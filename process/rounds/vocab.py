"""Words about dialogue rounds and contributions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a contribution came in."""

    WORKSHOP = "workshop", _("Dialogrunde")
    ONLINE = "online", _("Online")
    LETTER = "letter", _("Brief")
    ADVISER = "adviser", _("über die Berater*innen")
    CONSULTATION = "consultation", _("Öffentliche Beratung")


class ContributionState(models.TextChoices):
    """Where a contribution stands."""

    RECEIVED = "received", _("eingegangen")
    SCREENED = "screened", _("gesichtet")
    IN_DELIBERATION = "in_deliberation", _("in Beratung")
    DECIDED = "decided", _("entschieden")
    PUBLISHED = "published", _("veröffentlicht")
    HIDDEN = "hidden", _("verborgen")
    WITHDRAWN = "withdrawn", _("zurückgezogen")

"""Words of the journal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    """Where a delivery stands."""

    PENDING = "pending", _("offen")
    DONE = "done", _("erledigt")
    DEAD = "dead", _("gescheitert")

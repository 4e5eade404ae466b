"""Words about people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What an API token may be used for."""

    READ = "read", _("lesen")
    WRITE = "write", _("schreiben")

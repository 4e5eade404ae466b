"""The process: who takes part, what is said, what is decided."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessConfig(AppConfig):
    """Rooms below the meetings."""

    name = "process"
    verbose_name = _("Prozess")

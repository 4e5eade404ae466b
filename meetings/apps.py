"""When and where people meet."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """Rooms above the process."""

    name = "meetings"
    verbose_name = _("Sitzungen")

    def ready(self) -> None:
        """Let the rooms listen to news from below."""
        from meetings.schedule import handlers  # noqa: F401, PLC0415

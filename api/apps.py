"""The door for programs."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """JSON, calendars, later OParl."""

    name = "api"
    verbose_name = "API"

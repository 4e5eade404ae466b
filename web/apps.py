"""The door for people."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """HTML pages."""

    name = "web"
    verbose_name = "Web"

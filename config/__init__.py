"""Wire the house: settings, addresses, tasks, servers."""

from config.celery import app

__all__ = ["app"]

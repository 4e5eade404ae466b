"""One machine, no server: SQLite, a broker in a file, caches in memory."""

from urllib.parse import quote

from config.env import env, stored_secret
from config.settings.base import *  # noqa: F403
from config.settings.base import DATA_DIR

SECRET_KEY = stored_secret(DATA_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

SQLITE_OPTIONS = {
    # Deferred transactions answer "database is locked" to concurrent writers; immediate ones queue.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "teilhabe.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
        "CONN_MAX_AGE": None,
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

CELERY_BROKER_URL = f"sqlitefile://localhost/{quote(str(DATA_DIR / 'broker.sqlite3'))}"
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False

WHITENOISE_USE_FINDERS = True

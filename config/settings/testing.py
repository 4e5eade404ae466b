"""The tests: SQLite as embedded, or PostgreSQL where DATABASE_URL says so; nothing throttled."""

from config.env import env
from config.settings.base import *  # noqa: F403
from config.settings.base import REST_FRAMEWORK
from config.settings.embedded import CACHES, SQLITE_OPTIONS  # noqa: F401

SECRET_KEY = "only-for-tests-" + "0123456789" * 5
SITE_URL = "https://teilhabe.example"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1", "teilhabe.example"]
DATABASES = {"default": env.db_url("DATABASE_URL", default="sqlite:///:memory:")}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
REST_FRAMEWORK = REST_FRAMEWORK | {
    "DEFAULT_THROTTLE_RATES": {"anon": None, "user": None},
}
CELERY_BROKER_URL = "memory://"

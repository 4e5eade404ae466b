"""Several machines: PostgreSQL, Redis, TLS in front."""

from django.core.exceptions import ImproperlyConfigured

from config.env import env, required_secret
from config.settings.base import *  # noqa: F403
from config.settings.base import SITE_URL

SECRET_KEY = required_secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS: name the hosts that this installation answers to")
if not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL: production needs an address with https")

DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
STATEMENT_TIMEOUT = env.int("STATEMENT_TIMEOUT", default=15_000)
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    f"-c statement_timeout={STATEMENT_TIMEOUT}"
)
CACHES = {"default": env.cache_url("CACHE_URL")}
CELERY_BROKER_URL = env.str("BROKER_URL")
# A nudge that finds no broker must not hold up the answer; the sweep delivers anyway.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2}

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

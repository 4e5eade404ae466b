"""The settings of the benchmarks: as embedded, unthrottled, on a database of their own."""

from config.settings.testing import *  # noqa: F403
from config.settings.testing import DATABASES, INSTALLED_APPS, REST_FRAMEWORK  # noqa: F401

DATABASES["default"]["CONN_MAX_AGE"] = None
ROOT_URLCONF = "bench.stage.urls"
WHITENOISE_AUTOREFRESH = False

STATIC_ROOT = None

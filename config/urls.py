"""Every address of the house."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("api.urls")),
    path("calendar/", include("api.feeds.urls")),
    # Last, for a process may be called almost anything; German has no prefix.
    *i18n_patterns(path("", include("web.urls")), prefix_default_language=False),
]

"""Every address of the house, and beside them those of the references."""

from django.urls import include, path

from config.urls import urlpatterns as house

urlpatterns = [path("references/", include("bench.baselines.urls")), *house]

"""The addresses of the references."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

import web.urls  # noqa: F401 - registers the converter of months
from bench.baselines import apis, calendars, pages

router = SimpleRouter()
for name, viewset in {
    "tuned-meetings": apis.TunedMeetings,
    "naive-meetings": apis.NaiveMeetings,
    "tuned-contributions": apis.TunedContributions,
    "naive-contributions": apis.NaiveContributions,
    "written-meetings": apis.WrittenMeetings,
    "written-topics": apis.WrittenTopics,
}.items():
    router.register(name, viewset, basename=name)

urlpatterns = [
    path("", include(router.urls)),
    path("calendar/<slug:process>.ics", calendars.ProcessCalendar()),
    path("bytes/<int:size>/", calendars.bytes_view),
    path("home/", pages.home),
    path("process/<slug:slug>/", pages.process),
    path("field/<slug:slug>/<slug:field>/", pages.field),
    path("meetings/<slug:slug>/", pages.meetings),
    path("month/<slug:slug>/<month:first>/", pages.month),
]

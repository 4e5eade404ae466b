"""The addresses of the calendars."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from api.feeds import views

# They change nothing; without the exemption a POST would be told of a cookie and not of its method.
meeting, feed = csrf_exempt(views.meeting), csrf_exempt(views.feed)

app_name = "feeds"
urlpatterns = [
    path("meetings/<uuid:meeting_id>.ics", meeting, name="meeting"),
    path("<slug:process>.ics", feed, name="process"),
    path("<slug:process>/fields/<slug:field>.ics", feed, name="field"),
    path("<slug:process>/groups/<slug:group>.ics", feed, name="group"),
]

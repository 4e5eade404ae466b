"""The addresses of the calendars."""

from django.urls import path

from api.feeds import views

app_name = "feeds"
urlpatterns = [
    path("meetings/<uuid:meeting_id>.ics", views.meeting, name="meeting"),
    path("<slug:process>.ics", views.feed, name="process"),
    path("<slug:process>/fields/<slug:field>.ics", views.feed, name="field"),
    path("<slug:process>/groups/<slug:group>.ics", views.feed, name="group"),
]

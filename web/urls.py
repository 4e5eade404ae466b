"""The addresses of the pages; included last, for a process may be called almost anything."""

from django.urls import path, register_converter

from web.public.months import MonthConverter
from web.public.views import fields, groups, icons, meetings, processes

register_converter(MonthConverter, "month")

urlpatterns = [
    path("", processes.home, name="home"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("<slug:slug>/", processes.show, name="process"),
    path("<slug:slug>/fields/<slug:field>/", fields.show, name="field"),
    path("<slug:slug>/groups/<slug:group>/", groups.show, name="group"),
    path("<slug:slug>/meetings/", meetings.index, name="meetings"),
    path("<slug:slug>/meetings/calendar/", meetings.calendar, name="calendar"),
    path("<slug:slug>/meetings/<month:first>/", meetings.month, name="month"),
    path("<slug:slug>/meetings/<uuid:meeting>/", meetings.show, name="meeting"),
]

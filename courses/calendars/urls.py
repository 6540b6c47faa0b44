"""Addresses under `/lich/`: the calendars themselves, and the page where their addresses are made and withdrawn."""

from django.urls import path

from courses.calendars.views import calendar, home, own, unit

app_name = "calendars"

urlpatterns = [
    path("", home, name="home"),
    path("cua-toi/", own, name="own"),
    path("don-vi/<int:pk>/", unit, name="unit"),
    path("<slug:secret>.ics", calendar, name="calendar"),
]

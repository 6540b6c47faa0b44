"""Addresses under `/bao-cao/nhac/`."""

from django.urls import path

from courses.reminders.call_list import call_list, call_made
from courses.reminders.chosen_pages import print_calls, remind
from courses.reminders.days_off_page import days_off_page
from courses.reminders.overview import overview
from courses.reminders.plan_page import plan_page

app_name = "reminders"

urlpatterns = [
    path("", overview, name="overview"),
    path("ke-hoach/", plan_page, name="plan"),
    path("ngay-nghi/", days_off_page, name="days_off"),
    path("goi/", call_list, name="calls"),
    path("goi/<int:pk>/", call_made, name="call_made"),
    path("chon/<int:pk>/", remind, name="remind"),
    path("chon/<int:pk>/in/", print_calls, name="print_calls"),
]

"""The address of the figures for everybody."""

from django.urls import path

from courses.reports.shown.page import public_figures

urlpatterns = [path("", public_figures, name="public_figures")]

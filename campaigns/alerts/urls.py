"""Addresses under /canh-bao-nhanh/ (staff): writing, approving, the ledger, what a commune opens."""

from django.urls import path

from campaigns.alerts.screens import deciding_pages, home, writing_pages

app_name = "alerts"
urlpatterns = [
    path("", home.home, name="home"),
    path("viet/", writing_pages.new, name="new"),
    path("<int:pk>/", deciding_pages.alert, name="alert"),
    path("<int:pk>/viet/", writing_pages.again, name="again"),
    path("<int:pk>/mo/", home.opened, name="opened"),
    path("<int:pk>/thu-<slug:key>.pdf", deciding_pages.paper, name="paper"),
]

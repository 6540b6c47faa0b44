"""Addresses under /truong-hoc/ban-cua-truong/."""

from django.urls import path

from campaigns.adapting import screens

app_name = "adapting"

urlpatterns = [
    path("", screens.home, name="home"),
    path("sao/", screens.make, name="make"),
    path("cho-duyet/", screens.reviews, name="reviews"),
    path("<uuid:key>/", screens.copy_page, name="copy"),
    path("<uuid:key>/sua/", screens.edit, name="edit"),
]

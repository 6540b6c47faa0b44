"""Addresses of pages that are always there, whatever editors and the database do."""

from django.urls import path
from django.views.generic import TemplateView

from pages import sharing
from pages.browser_files import favicon, manifest, robots
from pages.search_page import search

urlpatterns = [
    path("xem-an-toan/", TemplateView.as_view(template_name="pages/safe_viewing.html"), name="safe_viewing"),
    path("tro-nang/", TemplateView.as_view(template_name="pages/accessibility.html"), name="accessibility"),
    path("du-lieu-ca-nhan/", TemplateView.as_view(template_name="pages/personal_data.html"), name="personal_data"),
    path("tim-kiem/", search, name="search"),
    path("chia-se/<int:pk>/", sharing.share, name="share"),
    path("chia-se/<int:pk>/ma.svg", sharing.code, name="share_code"),
    path("robots.txt", robots, name="robots"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("favicon.ico", favicon, name="favicon"),
]

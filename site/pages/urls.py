"""Addresses of pages that are always there, whatever editors and the database do, in one language."""

from django.urls import path

from pages import sharing
from pages.browser_files import favicon, manifest, robots
from pages.search_page import search
from pages.sitemap import sitemap

urlpatterns = [
    path("tim-kiem/", search, name="search"),
    path("chia-se/<int:pk>/", sharing.share, name="share"),
    path("chia-se/<int:pk>/ma.svg", sharing.code, name="share_code"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("favicon.ico", favicon, name="favicon"),
]

"""Addresses of the site. Each app owns its own list; this file only says where each hangs."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("cms/login/", RedirectView.as_view(url="/tai-khoan/login/", query_string=True)),
    path("cms/", include(wagtailadmin_urls)),
    path("tai-khoan/", include("allauth.account.urls")),
    path("", include(wagtail_urls)),
]

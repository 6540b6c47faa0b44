"""URLs of pages that always exist, under every language."""

from django.urls import path

from pages.serving.always_there import reading

urlpatterns = [
    path("xem-an-toan/", reading("pages/safe_viewing.html", ("vi", "en")), name="safe_viewing"),
    path("tro-nang/", reading("pages/accessibility.html"), name="accessibility"),
    path("du-lieu-ca-nhan/", reading("pages/personal_data.html"), name="personal_data"),
]

"""Addresses under /chung-nhan/, for everybody."""

from django.urls import path

from courses.certificates import public_check as checking

urlpatterns = [
    path("", checking.ask, name="ask_certificate"),
    path("<str:code>/", checking.check, name="check_certificate"),
]

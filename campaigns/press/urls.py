"""Addresses under /bao-chi/. Those of packages stand in what was handed out, so they may never change."""

from django.urls import path

from campaigns.press import screens

urlpatterns = [
    path("", screens.packages, name="press_packages"),
    path("<int:number>/", screens.package, name="press_package"),
    path("<int:number>/<int:version>/", screens.package, name="press_version"),
    path("<int:number>/<int:version>/tep/", screens.file, name="press_file"),
]

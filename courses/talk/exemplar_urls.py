"""Addresses under /mo-hinh-hay/. Writing, reviewing and copying stand under `phu-trach/`, behind the second step."""

from django.urls import path

from courses.talk.screens import exemplar_work, exemplars

app_name = "exemplars"

urlpatterns = [
    path("", exemplars.exemplars, name="list"),
    path("<int:pk>/", exemplars.exemplar, name="one"),
    path("phu-trach/", exemplar_work.work, name="work"),
    path("phu-trach/moi/", exemplar_work.write, name="write"),
    path("phu-trach/<int:pk>/", exemplar_work.opened, name="open"),
    path("phu-trach/<int:pk>/sua/", exemplar_work.write, name="rewrite"),
    path("phu-trach/<int:pk>/lam-theo/", exemplar_work.copy, name="copy"),
]

"""Addresses under `/bao-cao/cham-lai/`."""

from django.urls import path

from courses.remarking import views

app_name = "remarking"

urlpatterns = [
    path("", views.questions, name="questions"),
    path("cau/<uuid:question_key>/", views.question, name="question"),
    path("lan/<int:pk>/", views.remarking, name="remarking"),
]

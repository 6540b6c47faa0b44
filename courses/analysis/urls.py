"""Addresses under `/bao-cao/cau-hoi/`."""

from django.urls import path

from courses.analysis import views

app_name = "analysis"

urlpatterns = [
    path("", views.quizzes, name="quizzes"),
    path("<uuid:quiz_key>/", views.quiz, name="quiz"),
    path("<uuid:quiz_key>/xuat.csv", views.quiz_file, {"kind": "csv"}, name="quiz_csv"),
    path("<uuid:quiz_key>/xuat.xlsx", views.quiz_file, {"kind": "xlsx"}, name="quiz_xlsx"),
]

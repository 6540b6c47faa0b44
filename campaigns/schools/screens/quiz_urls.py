"""Addresses under /do/, short enough to be typed on a telephone: the class quiz, for anybody who has its code."""

from django.urls import path

from campaigns.schools.screens.quiz_answering import answer, enter

urlpatterns = [
    path("", enter, name="quiz_enter"),
    path("<str:token>/", answer, name="quiz_answer"),
]

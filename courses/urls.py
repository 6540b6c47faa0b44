"""Addresses under /hoc-tap/: my learning, what a lesson page sends, quizzes."""

from django.urls import path

from courses import learning

urlpatterns = [
    path("", learning.my_learning, name="my_learning"),
    path("muc/<int:pk>/xong/", learning.lesson_done, name="lesson_done"),
    path("muc/<int:pk>/danh-dau/", learning.lesson_ticks, name="lesson_ticks"),
    path("muc/<int:pk>/cho/", learning.lesson_place, name="lesson_place"),
]

"""Addresses under /hoc-tap/: my learning and certificates, what a lesson page sends, quizzes."""

from django.urls import path

from courses.certificates import mine
from courses.learning import views as learning
from courses.quizzes import views as quizzes

urlpatterns = [
    path("", learning.my_learning, name="my_learning"),
    path("chung-nhan/", mine.my_certificates, name="my_certificates"),
    path("chung-nhan/<int:pk>.pdf", mine.my_certificate_file, name="my_certificate_file"),
    path("muc/<int:pk>/xong/", learning.lesson_done, name="lesson_done"),
    path("muc/<int:pk>/danh-dau/", learning.lesson_ticks, name="lesson_ticks"),
    path("muc/<int:pk>/cho/", learning.lesson_place, name="lesson_place"),
    path("bai-kiem-tra/<uuid:quiz_key>/bat-dau/", quizzes.start_attempt, name="start_attempt"),
    path("bai-lam/", quizzes.attempts, name="attempts"),
    path("bai-lam/<int:pk>/", quizzes.attempt_page, name="attempt"),
    path("bai-lam/<int:pk>/cau/<int:position>/", quizzes.question, name="question"),
    path("bai-lam/<int:pk>/nop/", quizzes.submit_page, name="submit_attempt"),
    path("bai-lam/<int:pk>/ket-qua/", quizzes.result, name="attempt_result"),
]

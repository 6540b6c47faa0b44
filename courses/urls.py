"""Addresses under /hoc-tap/: my learning and certificates, what a lesson page sends, quizzes."""

from django.urls import path

from courses.assigned.views import set_aside
from courses.buddies.views import beside_me
from courses.certificates import completed, mine
from courses.keeping import noting
from courses.keeping import views as keeping
from courses.learning import conversations
from courses.learning import views as learning
from courses.learning.trying import lesson_try
from courses.quizzes import views as quizzes
from courses.retests import views as retests

urlpatterns = [
    path("", learning.my_learning, name="my_learning"),
    path("tin/<slug:key>/da-doc/", learning.news_read, name="news_read"),
    path("hoc-them/<int:pk>/bo/", set_aside, name="set_aside"),
    path("kem/<int:pk>/", beside_me, name="beside_me"),
    path("chung-nhan/", mine.my_certificates, name="my_certificates"),
    path("chung-nhan/<int:pk>.pdf", mine.my_certificate_file, name="my_certificate_file"),
    path("hoan-thanh/<slug:key>/", completed.completed, name="course_completed"),
    path("tim/", keeping.search_lessons, name="search_lessons"),
    path("tu-can-hieu/", keeping.glossary, name="glossary"),
    path("tu-can-hieu/<slug:key>/", keeping.glossary, name="course_glossary"),
    path("ghi-chu/", noting.my_notes, name="my_notes"),
    path("muc/<int:pk>/ghi-chu/", noting.lesson_note, name="lesson_note"),
    path("the/<slug:key>/", keeping.cards, name="course_cards"),
    path("the/<slug:key>/to-in.pdf", keeping.card_sheets, name="card_sheets"),
    path("the/<slug:key>/<uuid:card_id>/", keeping.card, name="card"),
    path("so-tay/<slug:key>.pdf", keeping.handbook, name="handbook"),
    path("muc/<int:pk>/xong/", learning.lesson_done, name="lesson_done"),
    path("muc/<int:pk>/danh-dau/", learning.lesson_ticks, name="lesson_ticks"),
    path("muc/<int:pk>/chon/", lesson_try, name="lesson_try"),
    path("muc/<int:pk>/cho/", learning.lesson_place, name="lesson_place"),
    path("hoi-chuyen/<int:pk>/bat-dau/", conversations.start_conversation, name="start_conversation"),
    path("hoi-chuyen/lan-tap/<int:pk>/", conversations.conversation_run, name="conversation_run"),
    path("hoi-chuyen/lan-tap/<int:pk>/lai/", conversations.again, name="conversation_again"),
    path("bai-kiem-tra/<uuid:quiz_key>/bat-dau/", quizzes.start_attempt, name="start_attempt"),
    path("hoi-lai/<int:pk>/", retests.retest, name="retest"),
    path("hoi-lai/<int:pk>/da-thu/", retests.follow_up, name="retest_follow_up"),
    path("bai-lam/", quizzes.attempts, name="attempts"),
    path("bai-lam/<int:pk>/", quizzes.attempt_page, name="attempt"),
    path("bai-lam/<int:pk>/cau/<int:position>/", quizzes.question, name="question"),
    path("bai-lam/<int:pk>/nop/", quizzes.submit_page, name="submit_attempt"),
    path("bai-lam/<int:pk>/ket-qua/", quizzes.result, name="attempt_result"),
]

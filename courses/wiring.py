"""Connects signals, page views, rights and menu entries of the courses when Django is ready."""

from courses import personal_data, rights
from courses.certificates import issuing, mine
from courses.content import bodies, quiz
from courses.content.catalogue import CataloguePage
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage
from courses.learning import previewing, views
from courses.questions import publishing
from courses.quizzes.views import quiz as quiz_view
from courses.standing import standing
from pages.page_views import adds_context, adds_sample, serves


def connect() -> None:
    quiz.connect()
    publishing.connect()
    bodies.connect()
    # a certificate says until when it is valid, so the standings come first
    standing.connect()
    issuing.connect()
    rights.announce()
    personal_data.connect()
    mine.offer_in_menu()
    show_pages()


def show_pages() -> None:
    serves(LessonPage, views.lesson)
    serves(QuizPage, quiz_view)
    adds_context(CataloguePage, views.catalogue_context)
    adds_context(CoursePage, views.course_context)
    adds_context(ModulePage, views.module_context)
    adds_sample(CataloguePage, previewing.catalogue_sample)
    adds_sample(CoursePage, previewing.course_sample)
    adds_sample(ModulePage, previewing.module_sample)
    adds_sample(LessonPage, previewing.lesson_sample)

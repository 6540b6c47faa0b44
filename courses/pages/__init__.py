"""Course pages: catalogue → course → module → lesson or quiz.

A page class says what editors write; what a learner sees is put together in `courses.learning`.
"""

from courses.pages.catalogue import CataloguePage
from courses.pages.course import CoursePage
from courses.pages.lesson import LessonPage, ModulePage
from courses.pages.quiz import QuizPage, QuizQuestion

__all__ = ["CataloguePage", "CoursePage", "LessonPage", "ModulePage", "QuizPage", "QuizQuestion"]

"""Brings the second edition to a site: adds its courses, withdraws the pages of the first edition, tells learners.

Every step stands by itself and is known again, so that what was stopped anywhere goes on where it was, and two that
bring it at once do nothing twice. Nothing is deleted, and what was learnt, answered and completed stays as it is.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import Page

from courses.approval.approval import approval_on
from courses.approval.part_of_course import going_live_whole
from courses.approving.deciding import withdraw
from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion, Void
from courses.content.catalogue import CataloguePage
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.practice.conversations.page import ConversationPage
from courses.progress.begun import CourseBegun
from courses.progress.lessons import LessonSeen
from courses.progress.news import tell
from courses.questions.bank import Question
from courses.quizzes.bank_check import warnings_of
from courses.starter.arrival import EditionArrival, arrival, ask_for_it
from courses.starter.edition import COURSES, course_texts
from courses.starter.first_edition import changed_by_hand, first_courses, first_pages, first_questions, words_changed
from courses.starter.loading import QUIZ_SLUG, course_fields, edition_keys, page_key, pieces_of, write_course
from people.times import today

Progress = Callable[[int, int], None]
# enough to see what is plain; `check_bank` plays a thousand
DRAWS_AT_SEEDING = 100


def seed_courses(catalogue: CataloguePage, now: datetime, say: Callable[[str], None]) -> None:
    """Brings it once, unless the first edition was changed by hand: then a manager decides."""
    row = arrival()
    if row is None and (count := len(changed_by_hand())):
        sentence = _("Khóa học có %(count)d chỗ đã sửa tay: bản thứ hai chờ quản lý tỉnh bắt đầu ở /cms/ban-thu-hai/.")
        say(sentence % {"count": count})
    elif row is None or (row.finished_at is None and row.asked_by is None):
        for key in COURSES:
            say(course_texts(key)["title"])
        bring(row or ask_for_it(now), catalogue)
        _warn(say)


def _warn(say: Callable[[str], None]) -> None:
    """Says where somebody could guess, and holds nothing back."""
    for quiz in QuizPage.objects.filter(draw_from__in=COURSES, live=True):
        if count := len(warnings_of(quiz, DRAWS_AT_SEEDING)):
            sentence = _("  “%(key)s” có %(count)d điều giúp đoán mò; xem bằng “manage.py check_bank %(key)s”.")
            say(sentence % {"key": quiz.draw_from, "count": count})


def bring(row: EditionArrival, catalogue: CataloguePage, progress: Progress = lambda done, total: None) -> None:
    """`progress` is told of (steps done, steps in all)."""
    steps, total = _steps(row, catalogue), _count()
    for done, _step in enumerate(steps, start=1):
        progress(min(done, total), total)
    EditionArrival.objects.filter(pk=row.pk).update(finished_at=timezone.now())


def _count() -> int:
    return sum(pieces_of(key) for key in COURSES) + len(first_pages()) + first_questions().count() + 1


def _steps(row: EditionArrival, catalogue: CataloguePage) -> Iterator[object]:
    by, old, courses = row.asked_by, first_pages(), list(first_courses())
    kept = {course.pk for course in courses if words_changed(course)}
    for quiz in (page for page in old if page.slug == QUIZ_SLUG):
        _step_aside(quiz)
    for key in COURSES:
        yield from write_course(key, catalogue)
    for course in courses:
        _put_practice_last(course)
    for page in old:
        _withdraw(Page, page, by)
        yield page
    for course in courses:
        _renew(course, by, keeps_words=course.pk in kept)
        _withdraw_empty_copies(course, by)
        tell(learners_amid(course.key), course.key, timezone.now())
        yield course
    for question in first_questions():
        _withdraw(Question, question, by)
        yield question


def _put_practice_last(course: CoursePage) -> None:
    """The conversations that were here before the new lessons come after them, before the new quiz."""
    quiz = QuizPage.objects.child_of(course).get(translation_key=page_key(course.key, QUIZ_SLUG))
    paths = ConversationPage.objects.descendant_of(course).values_list("path", flat=True)
    modules = ModulePage.objects.child_of(course).filter(path__in=[path[: -Page.steplen] for path in paths])
    # each move gives those that follow another path
    for pk in list(modules.order_by("path").values_list("pk", flat=True)):
        module = ModulePage.objects.get(pk=pk)
        if module.get_next_siblings().filter(translation_key__in=edition_keys()).not_type(QuizPage).exists():
            module.move(QuizPage.objects.get(pk=quiz.pk), pos="left")


def _step_aside(quiz: Page) -> None:
    """Leaves the address that everybody knows to the new quiz."""
    taken = set(quiz.get_siblings().values_list("slug", flat=True))
    names = [f"{QUIZ_SLUG}-cu", *(f"{QUIZ_SLUG}-cu-{number}" for number in range(2, len(taken) + 3))]
    quiz.slug = next(name for name in names if name not in taken)
    quiz.save(update_fields=["slug"])


def _withdraw(model: type[Page] | type[Question], thing: Page | Question, by) -> None:
    """In every language. A question stays where a quiz still asks it."""
    family = model._default_manager.filter(translation_key=thing.translation_key)
    if model is Question and QuizQuestion.objects.filter(question__in=family, quiz__live=True).exists():
        return
    for one in family.filter(live=True):
        # withdrawing one withdraws its aliases too
        one.refresh_from_db(fields=["live"])
        if one.live and isinstance(one, Question):
            # its own `unpublish` asks what the user may do to a page, which a question does not know
            UnpublishAction(one, user=by).execute(skip_permission_checks=True)
        elif one.live:
            one.specific.unpublish(user=by)


def _renew(course: CoursePage, by, *, keeps_words: bool) -> None:
    """The course says what its new lessons are for, in the editors' words where they wrote their own. What was approved
    was the first edition."""
    if approval_on(course.key, today()):
        withdraw(course, today(), _("Bản thứ hai thay các mục và câu hỏi đã duyệt."), by, timezone.now())
    wanted = {} if keeps_words else course_fields(course.key)
    course.refresh_from_db()
    if any(getattr(course, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(course, name, value)
        with going_live_whole():
            course.save_revision(user=by).publish(user=by, skip_permission_checks=True)


def _withdraw_empty_copies(course: CoursePage, by) -> None:
    """A translation of which nothing is left would hide the lessons in Vietnamese from who reads in its language."""
    for copy in CoursePage.objects.filter(key=course.key, live=True).exclude(pk=course.pk):
        if not LessonPage.objects.descendant_of(copy).live().exists():
            copy.unpublish(user=by)


def learners_amid(key: str) -> set[int]:
    """Who began the course and never completed it; a voided completion is none."""
    void = Void.objects.current().values("completion")
    done = Completion.objects.current().filter(course_key=key).exclude(pk__in=void).values("person")
    kinds = (LessonSeen, Attempt, CourseBegun)
    begun = [model.objects.filter(course_key=key).exclude(person__in=done) for model in kinds]
    return {person for rows in begun for person in rows.values_list("person", flat=True)}

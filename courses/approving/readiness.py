"""What keeps a course from working as it is published: nothing is approved that cannot work."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.content.quiz_bank import bank_state
from media.illustrations import without_words
from media.pictures import Picture
from pages.contacts.contact import Contact
from pages.contacts.typed_numbers import confirmed, home, texts_of_row, unconfirmed
from pages.contacts.typed_numbers import sentence as sentence_of_number


@dataclass(frozen=True)
class Fault:
    """`page` is the page to edit, `title` its title, `what` one sentence."""

    page: int
    title: str
    what: str


def faults_of(course: CoursePage) -> list[Fault]:
    """In the order of the course; at most six queries, and two for each quiz."""
    lessons = list(LessonPage.objects.descendant_of(course).live().order_by("path"))
    quizzes = list(QuizPage.objects.descendant_of(course).live().order_by("path"))
    if not lessons and not quizzes:
        return [Fault(course.pk, course.title, _("Khóa học chưa có mục học hay bài kiểm tra nào được đăng."))]
    found = [(lesson.path, Fault(lesson.pk, lesson.title, what)) for lesson, what in _of_lessons(lessons)]
    found += [(quiz.path, Fault(quiz.pk, quiz.title, what)) for quiz, what in _of_quizzes(quizzes)]
    modules = ModulePage.objects.descendant_of(course).live()
    found += [
        (page.path, Fault(page.pk, page.title, what)) for page, what in _typed_numbers([course, *modules, *lessons])
    ]
    return [fault for _path, fault in sorted(found, key=lambda one: one[0])]


def _of_lessons(lessons: list[LessonPage]) -> Iterator[tuple[LessonPage, str]]:
    blocks = [(lesson, block["type"], block["value"]) for lesson in lessons for block in lesson.body.raw_data]
    chosen = {value["image"] for _lesson, kind, value in blocks if kind == "picture" and value.get("image")}
    pictures = Picture.objects.in_bulk(chosen)
    called = {value["contact"] for _lesson, kind, value in blocks if kind == "contact" and value.get("contact")}
    contacts = Contact.objects.in_bulk(called)
    for lesson in lessons:
        if not lesson.body:
            yield lesson, _("Mục học chưa có nội dung.")
    for lesson, kind, value in blocks:
        if kind == "picture" and (picture := pictures.get(value.get("image"))):
            if sentence := without_words(picture, value.get("alt") or ""):
                yield lesson, sentence
        elif kind == "contact" and (contact := contacts.get(value.get("contact"))) and not contact.is_public:
            sentence = _("Số %(number)s chưa có ai gọi thử và xác nhận trong danh sách số liên hệ.")
            yield lesson, sentence % {"number": contact.number}
        elif kind == "contact" and contacts.get(value.get("contact")) is None:
            yield lesson, _("Chỗ “Gọi cho ai” chưa chọn số nào.")


def _typed_numbers(pages: list) -> Iterator[tuple[Page, str]]:
    typed = [(page, number) for page in pages for number in unconfirmed(texts_of_row(page, alone=True), set())]
    known = confirmed() if typed else set()
    yield from ((page, sentence_of_number(number)) for page, number in typed if home(number) not in known)


def _of_quizzes(quizzes: list[QuizPage]) -> Iterator[tuple[QuizPage, str]]:
    drafts = QuizQuestion.objects.filter(quiz__in=quizzes, question__live=False).order_by("sort_order")
    by_quiz: dict[int, list[str]] = {}
    for quiz_id, name in drafts.values_list("quiz_id", "question__name"):
        by_quiz.setdefault(quiz_id, []).append(name)
    for quiz in quizzes:
        bank = bank_state(quiz)
        for name in by_quiz.get(quiz.pk, ()):
            yield (
                quiz,
                _("Câu “%(name)s” còn là bản nháp nên không được hỏi; hãy đăng hoặc bỏ khỏi bài.") % {"name": name},
            )
        if not bank.asked:
            yield quiz, _("Bài kiểm tra chưa hỏi câu nào.")
        if quiz.draw_from and bank.size < quiz.draw_total:
            sentence = _("Bài rút %(drawn)d câu mà nhóm “%(bank)s” chỉ có %(size)d câu rút được.")
            yield quiz, sentence % {"drawn": quiz.draw_total, "bank": quiz.draw_from, "size": bank.size}

"""Writes the pages and questions of a course of the second edition, piece by piece; never changes existing ones.

Keys of pages and ids of blocks and choices are derived from the files (uuid5): two sites have the same, by which
translations are matched, and a piece that is there is known again.
"""

from collections.abc import Iterator
from functools import cache
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.approval.review_items import items_of_source, register_review_items
from courses.content.catalogue import CataloguePage
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage
from courses.questions.bank import Question
from courses.questions.bank_items import write_bank
from courses.questions.kinds.kind import stable_id
from courses.starter.edition import COURSES, card_rows, course_texts, lesson_fields, modules_of
from pages.publishing import add_published

# by course: questions an objective. An attempt takes about a minute a question.
DRAW_EACH = {"luat-moi-2024": 2, "xac-minh-lap-ho-so": 2}
QUIZ_SLUG = "bai-kiem-tra"
INTRO = "Rời trang lúc nào cũng được, câu trả lời vẫn còn. Làm lại được nếu chưa đạt."


def page_key(*identity: str) -> UUID:
    """The translation key of a page of the second edition: (course, module, lesson), (course, module), (course,)."""
    return UUID(stable_id("page", *identity))


@cache
def edition_keys() -> frozenset[UUID]:
    """Of every module, lesson and final quiz of the second edition."""
    keys = {page_key(course, QUIZ_SLUG) for course in COURSES}
    for course in COURSES:
        for module in modules_of(course):
            code = module["module"]["code"]
            keys |= {page_key(course, code), *(page_key(course, code, one["slug"]) for one in module["lessons"])}
    return frozenset(keys)


def pieces_of(key: str) -> int:
    """How many pieces `write_course` yields."""
    return 3 + sum(2 + len(module["lessons"]) for module in modules_of(key))


def write_course(key: str, catalogue: CataloguePage) -> Iterator[Page]:
    """Adds what is missing, yields the page after each piece; stopped anywhere, the next call goes on.

    The quiz comes first, and is shut until the lessons are done: nobody completes a course that is half here.
    """
    known = CoursePage.objects.filter(key=key, locale=catalogue.locale_id).first()
    course = known or add_course(key, catalogue)
    yield course
    quiz = _added(course, final_quiz(key), (key, QUIZ_SLUG))
    yield quiz
    for module in modules_of(key):
        yield from _write_module(key, module, course)
    last = QuizPage.objects.get(pk=quiz.pk)
    if last.get_next_siblings().exists():
        last.move(course, pos="last-child")
    register_review_items(key, review_items(key))
    yield last


def review_items(key: str) -> list[tuple[str, str, str, str]]:
    """What reviewers must check in the sources of lessons and questions, as `register_review_items` takes it."""
    items = []
    for module in modules_of(key):
        code = module["module"]["code"]
        for lesson in module["lessons"]:
            where = _("Mô-đun %(code)s, mục “%(title)s”") % {"code": code, "title": lesson["title"]}
            items += [item for source in lesson["sources"] for item in items_of_source(where, source)]
        for question in module["bank"]:
            where = _("Mô-đun %(code)s, câu %(id)s") % {"code": code, "id": question["id"]}
            items += items_of_source(where, {**question, "cite": question["source"]})
    return items


def add_course(key: str, catalogue: CataloguePage) -> CoursePage:
    return add_published(catalogue, CoursePage(slug=key, key=key, **course_fields(key)))


def course_fields(key: str) -> dict[str, str]:
    """What the course's page says of the course."""
    objectives = [line for module in modules_of(key) for line in module["module"]["objectives"]]
    return {**course_texts(key), "objectives": "\n".join(objectives)}


def final_quiz(key: str) -> QuizPage:
    each = DRAW_EACH.get(key, 1)
    asked = each * sum(len(module["module"]["objectives"]) for module in modules_of(key))
    return QuizPage(
        title="Bài kiểm tra cuối khóa",
        slug=QUIZ_SLUG,
        intro=INTRO,
        minutes=asked + asked // 2,
        pass_percent=80,
        wait_minutes=10,
        draw_from=key,
        draw_each=each,
        open_after_lessons=True,
    )


def _write_module(key: str, module: dict, course: CoursePage) -> Iterator[Page]:
    own, lessons = module["module"], {}
    code = own["code"]
    texts = {"title": f"{code}. {own['title']}", "objectives": "\n".join(own["objectives"])}
    cards = card_rows(module["cards"], (key, code))
    page = _added(course, ModulePage(slug=own["slug"], cards=cards, **texts), (key, code))
    _bring_cards(page, cards)
    yield page
    for lesson in module["lessons"]:
        identity = (key, code, lesson["slug"])
        lessons[lesson["slug"]] = _added(page, LessonPage(**lesson_fields(lesson, identity)), identity)
        yield lessons[lesson["slug"]]
    known = set(Question.objects.filter(category=f"{key}/{code}").values_list("name", flat=True))
    write_bank([one for one in module["bank"] if one["id"] not in known], course=key, module=code, lessons=lessons)
    yield page


def _bring_cards(page: ModulePage, cards: str) -> None:
    """To a module that came before there were cards, once: with this its revisions are two."""
    if not page.cards and page.revisions.count() < 2:
        page.cards = cards
        page.save_revision().publish()


def _added(parent: Page, page: Page, identity: tuple[str, ...]) -> Page:
    """The page of this identity wherever it is now, else `page`, live below `parent`."""
    page.translation_key = page_key(*identity)
    known = type(page)._default_manager.filter(translation_key=page.translation_key, locale=parent.locale_id).first()
    if known is not None:
        return known
    taken = set(parent.get_children().values_list("slug", flat=True))
    wanted = [page.slug, *(f"{page.slug}-{number}" for number in range(2, len(taken) + 3))]
    page.slug = next(slug for slug in wanted if slug not in taken)
    page.locale_id = parent.locale_id
    return add_published(parent, page)

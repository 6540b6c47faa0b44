"""A translation with fewer steps asks what its source asks, so it never looks finished before the figures say so."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.utils import timezone
from factories import make_course
from sharing import shared
from wagtail.models import Locale

from courses.attempts.attempt import Attempt
from courses.content.catalogue import CataloguePage
from courses.content.lesson import LessonPage
from courses.content.structure import Course, Module, Step, StepKind, all_structures, structure, with_source
from courses.progress.lessons import mark_seen
from pages.home.page import HomePage
from pages.serving import version


def step(number: int, language: str, **other) -> Step:
    kind = other.pop("kind", StepKind.LESSON)
    return Step(number, UUID(int=number), kind, f"{number} {language}", f"/{language}/{number}/", 5, True, **other)


def course(language: str, *modules: tuple[int, list[Step]]) -> Course:
    parts = tuple(
        Module(number, f"M{number} {language}", f"/{language}/m{number}/", (), tuple(steps), UUID(int=900 + number))
        for number, steps in modules
    )
    steps = tuple(one for part in parts for one in part.steps)
    return Course(1, "k", language, "K", "", "/", False, "", ("", ""), (), parts, steps)


def shown(of: Course) -> list[list[tuple]]:
    return [[(one.title, one.lang, one.place, one.places) for one in module.steps] for module in of.modules]


def test_what_the_translation_lacks_is_the_source_s_in_its_place():
    source = course("vi", (1, [step(1, "vi"), step(2, "vi"), step(3, "vi")]), (2, [step(4, "vi")]))
    found = with_source(course("lo", (1, [step(3, "lo"), step(1, "lo")])), source)
    assert shown(found) == [
        [("1 lo", "", 1, 3), ("2 vi", "vi", 2, 3), ("3 lo", "", 3, 3)],
        [("4 vi", "vi", 1, 1)],
    ]
    assert [(module.title, module.lang, module.url) for module in found.modules] == [
        ("M1 lo", "", "/lo/m1/"),
        ("M2 vi", "vi", "/vi/m2/"),
    ]
    assert found.steps[1].url == "/vi/2/"
    assert [one.key for one in found.steps] == [one.key for one in source.steps]


def test_what_is_required_is_the_source_s():
    source = course("vi", (1, [replace(step(1, "vi"), required=False), step(2, "vi", after_lessons=True)]))
    own = course("lo", (1, [step(1, "lo"), step(2, "lo")]), (3, [step(7, "lo")]))
    found = with_source(own, source)
    # the third stands in no course that completes anybody
    assert [(one.required, one.after_lessons) for one in found.steps] == [(False, False), (True, True), (False, False)]
    assert [module.title for module in found.modules] == ["M1 lo", "M3 lo"]


def test_a_step_that_stands_elsewhere_in_the_translation_stands_where_the_source_has_it():
    source = course("vi", (1, [step(1, "vi")]), (2, [step(2, "vi")]))
    found = with_source(course("lo", (1, [step(1, "lo"), step(2, "lo")])), source)
    assert shown(found) == [[("1 lo", "", 1, 1)], [("2 lo", "", 1, 1)]]


def test_a_whole_translation_is_as_it_was():
    own = course("lo", (1, [step(1, "lo", place=1, places=2), step(2, "lo", place=2, places=2)]))
    assert with_source(own, course("vi", (1, [step(1, "vi"), step(2, "vi")]))) == own


# --- on the pages


@shared
def translated():
    """Two lessons and a quiz, of which one lesson is in Lao."""
    small_course = make_course(lessons=2, questions=1)
    lao = Locale.objects.get_or_create(language_code="lo")[0]
    above = (HomePage.objects.first(), CataloguePage.objects.get())
    pages = []
    for page in (*above, small_course.course, small_course.module, small_course.lessons[0]):
        pages.append(page.copy_for_translation(lao))
        pages[-1].title = f"{page.title} (Lào)"
        pages[-1].save_revision().publish()
        pages[-1].refresh_from_db()
    small_course.lao, small_course.lao_module, small_course.lao_lesson = pages[2:]
    return small_course


@pytest.fixture
def here(translated, cast, client_of):
    cast.learner.reads_in = "lo"
    cast.learner.save()
    return client_of(cast.learner)


def html(here, address: str) -> str:
    return " ".join(here.get(address).content.decode().split())


def test_the_course_does_not_look_finished_before_the_figures_say_so(translated, cast, here):
    mark_seen(cast.learner, "nhan-dien-nan-nhan", translated.lao_lesson.translation_key, timezone.now())
    page = html(here, translated.lao.url)
    assert "1/3" in page
    assert "đang được ghi" not in page
    second, quiz = translated.lessons[1], translated.quiz
    assert f'href="{second.url}"' in page
    assert f'<span lang="vi">{second.title}</span>' in page
    assert f'<a href="{quiz.url}"><span lang="vi">{quiz.title}</span></a>' in page
    listed = html(here, translated.lao_module.url)
    assert f'<a href="{second.url}"><span lang="vi">{second.title}</span></a>' in listed
    assert f'<a href="{translated.lao_lesson.url}">{translated.lao_lesson.title}</a>' in listed
    # the Vietnamese lesson opens, and her list of work leads to it
    assert here.get(second.url).status_code == 200
    mark_seen(cast.learner, "nhan-dien-nan-nhan", second.translation_key, timezone.now())
    assert not Attempt.objects.exists()
    assert f'href="{quiz.url}"' in html(here, "/hoc-tap/")


def test_a_lesson_that_was_withdrawn_in_vietnamese_is_asked_of_nobody(translated):
    LessonPage.objects.get(pk=translated.lessons[0].pk).unpublish()
    steps = structure(translated.lao).steps
    assert [(one.title, one.required) for one in steps] == [
        (translated.lessons[1].title, True),
        (translated.lao_lesson.title, False),
        (translated.quiz.title, True),
    ]


def test_it_is_read_once(translated, django_assert_num_queries):
    all_structures(version.current(), "lo")
    with django_assert_num_queries(0):
        all_structures(version.current(), "lo")
        structure(translated.lao)

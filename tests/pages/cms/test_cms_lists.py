"""Lists under /cms/ draw wagtail-localize's buttons without asking for each row."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import make_course, make_page, make_person
from sharing import shared
from wagtail.models import Locale, Page, PageLogEntry, Workflow, WorkflowState
from wagtail_localize import wagtail_hooks as localize
from wagtail_localize.models import Translation, TranslationSource

from courses.content.lesson import LessonPage
from courses.content.quiz import QuizQuestion
from courses.questions.bank import Question
from pages.cms.groups import sync_all
from pages.cms.page_lists import ROWS, page_buttons, snippet_buttons, with_translations

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_BYTES = 45, 180_000


@shared
def course_of_three(cast):
    made = make_course(lessons=3, questions=3)
    sync_all()
    return made


@pytest.fixture
def small_course(settings, course_of_three):
    settings.SECOND_STEP_REQUIRED = False
    return course_of_three


def follow(page, language) -> None:
    """A translation into this language that follows the page from now on."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    target, _created = Locale.objects.get_or_create(language_code=language)
    Translation.objects.create(source=source, target_locale=target)


def drawn(buttons) -> list[tuple]:
    return [(str(one.label), one.url, one.priority, one.icon_name, one.attrs) for one in buttons]


def queries_of(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_explorer_over_many_pages_shows_twenty_and_stays_small(small_course, cast, client_of, monkeypatch):
    parent = small_course.course.get_parent()
    for number in range(30):
        make_page(parent, type(small_course.course), f"Khóa {number:02}", key=f"khoa-{number}")
    client, whole = client_of(cast.manager), reverse("wagtailadmin_explore", args=[parent.pk])
    address = f"{whole}?ordering=title"
    asked = queries_of(client, address)
    answer = client.get(address)
    assert len(answer.context["page_obj"].object_list) == ROWS
    assert "p=2" in answer.content.decode()
    # 41 queries and 169 KB with 94 communes; with Wagtail's fifty rows it was 310 KB
    assert asked <= MOST_QUERIES
    assert len(answer.content) <= MOST_BYTES
    rest = client.get(f"{address}&p=2")
    assert len(rest.context["page_obj"].object_list) == 31 - ROWS
    # in the order of the course, which is put right by hand, all stand as before
    assert client.get(whole).context["page_obj"] is None
    # but of very many a page at a time, in the same order
    monkeypatch.setattr("pages.cms.page_lists.MOST_ORDERED", 30)
    answer = client.get(f"{whole}?ordering=ord")
    assert [page.pk for page in answer.context["page_obj"]] == [page.pk for page in parent.get_children()[:ROWS]]
    assert len(answer.content) <= MOST_BYTES
    assert "w-orderable" not in answer.content.decode()


@pytest.mark.parametrize("languages", [1, 2, 3])
def test_a_row_has_the_buttons_that_wagtail_localize_would_have_drawn(small_course, cast, languages):
    others = [Locale.objects.get_or_create(language_code=code)[0] for code in ["en", "lo"][: languages - 1]]
    Locale.objects.exclude(pk__in=[small_course.course.locale_id, *(one.pk for one in others)]).delete()
    for parent in (*small_course.course.get_ancestors()[1:], small_course.course):
        for other in others:
            parent.specific.copy_for_translation(other)
    if others:
        follow(small_course.course, "en")
        small_course.questions[0].copy_for_translation(others[0]).save()
        follow(small_course.questions[0], "en")
        small_course.module.copy_for_translation(others[-1], alias=True)
    people = (cast.manager, cast.translator, cast.editor)
    for page in with_translations(Page.objects.filter(depth__gt=1)).specific():
        for person in people:
            theirs = localize.page_listing_more_buttons(Page.objects.get(pk=page.pk).specific, person, next_url="/x/")
            assert drawn(page_buttons(page, person, next_url="/x/")) == drawn(theirs)
    for question in with_translations(Question.objects.all()):
        for person in people:
            theirs = localize.register_snippet_listing_buttons(Question.objects.get(pk=question.pk), person, "/x/")
            assert drawn(snippet_buttons(question, person, "/x/")) == drawn(theirs)


def test_a_row_of_another_list_is_asked_for_as_ever(small_course, cast):
    assert drawn(page_buttons(small_course.course, cast.manager)) == drawn(
        localize.page_listing_more_buttons(small_course.course, cast.manager)
    )


@pytest.mark.parametrize("name", ["manager", "trainer"])
def test_lists_cost_the_same_however_many_rows_they_have(small_course, cast, client_of, name):
    client = client_of(getattr(cast, name))
    explorer = reverse("wagtailadmin_explore", args=[small_course.module.pk])
    menu = f"/cms/api/main/pages/?child_of={small_course.module.pk}&for_explorer=1"
    search = reverse("wagtailadmin_pages:search") + "?q=Mục"
    before = [queries_of(client, address) for address in (explorer, menu, search)]
    for n in range(4, 9):
        make_page(small_course.module, LessonPage, f"Mục {n}", live=bool(n % 2))
    assert [queries_of(client, address) for address in (explorer, menu, search)] == before


def test_the_menu_of_pages_says_what_it_said(small_course, cast, client_of):
    rows = (
        client_of(cast.manager)
        .get(f"/cms/api/main/pages/?child_of={small_course.course.pk}&for_explorer=1")
        .json()["items"]
    )
    module = next(row for row in rows if row["id"] == small_course.module.pk)
    assert module["meta"]["children"]["count"] == len(small_course.lessons)
    assert module["meta"]["children"]["listing_url"].endswith(f"?child_of={small_course.module.pk}")
    assert module["meta"]["parent"]["id"] == small_course.course.pk
    assert module["meta"]["status"]["live"] is True


def test_the_question_bank_costs_the_same_however_many_questions(small_course, cast, client_of):
    client, address = client_of(cast.manager), reverse(Question.snippet_viewset.get_url_name("list"))
    before = queries_of(client, address)
    make_course(key="khac", title="Khác", questions=8)
    assert queries_of(client, address) == before


def test_the_editor_of_a_quiz_costs_the_same_however_many_questions(small_course, cast, client_of):
    client, address = client_of(cast.manager), reverse("wagtailadmin_pages:edit", args=[small_course.quiz.pk])
    before = queries_of(client, address)
    more = make_course(key="khac", title="Khác", questions=8)
    for n, question in enumerate(more.questions):
        QuizQuestion.objects.create(
            quiz=small_course.quiz, question=question, lesson=small_course.lessons[n % 3], sort_order=10 + n
        )
    page = client.get(address).content.decode()
    assert all(question.name in page for question in more.questions)
    assert small_course.lessons[0].title in page
    assert queries_of(client, address) == before


def state_of(page, workflow, person) -> WorkflowState:
    kinds = {
        "content_type": ContentType.objects.get_for_model(page),
        "base_content_type": ContentType.objects.get_for_model(Page),
    }
    return WorkflowState(object_id=str(page.pk), workflow=workflow, requested_by=person, **kinds)


def test_people_stand_in_filters_by_their_given_names(cast, client_of, settings):
    settings.SECOND_STEP_REQUIRED = False
    make_course(lessons=3, questions=0)
    workflow = Workflow.objects.create(name="Duyệt")
    names = ["Trần Đạt", "Hồ Thị Ánh", "Lê Văn An"]
    for page, name in zip(LessonPage.objects.all()[:3], names, strict=True):
        person = make_person(name)
        Page.objects.filter(pk=page.pk).update(owner=person, locked=True, locked_by=person)
        PageLogEntry.objects.log_action(page, "wagtail.edit", user=person)
        WorkflowState.objects.bulk_create([state_of(page, workflow, person)])
    for path in ("/cms/reports/site-history/", "/cms/reports/locked/", "/cms/reports/workflow/", "/cms/pages/"):
        html = client_of(cast.administrator).get(path, follow=True).content.decode()
        choices = re.findall(r"(Trần Đạt|Hồ Thị Ánh|Lê Văn An)\s*</(?:option|label)>", html)
        assert list(dict.fromkeys(choices)) == ["Lê Văn An", "Hồ Thị Ánh", "Trần Đạt"], path

"""Editors do all course content in Wagtail: preview, draft, history, schedule, lock and workflow of every page type."""

from datetime import timedelta
from io import StringIO

import pytest
from bodies import full_body
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from factories import make_course, make_page, make_person
from sharing import shared
from time_machine import travel
from wagtail.models import GroupApprovalTask, Locale, Page, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses.content.catalogue import CataloguePage
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage
from pages.identity.slugs import neutral_slug

TYPES = [CataloguePage, CoursePage, ModulePage, LessonPage, QuizPage]
each_type = pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)


@shared
def small_course():
    small_course = make_course(lessons=3)
    small_course.lessons[0].body = full_body()
    small_course.lessons[0].save()
    return small_course


@pytest.fixture
def editor(db):
    return make_person("Trần Thị Lan", "BT-001", is_superuser=True)


@pytest.fixture
def cms(editor, client_of):
    return client_of(editor)


def page_of(small_course, model):
    pages = {
        CoursePage: small_course.course,
        ModulePage: small_course.module,
        LessonPage: small_course.lessons[0],
        QuizPage: small_course.quiz,
    }
    return pages.get(model) or CataloguePage.objects.get()


def form_of(model, small_course=None, **fields) -> dict:
    own = {
        CataloguePage: {"intro": "Lời mở đầu mới"},
        CoursePage: {
            "key": "nhan-dien-nan-nhan",
            "objectives": "Nêu được\nHỏi được",
            "summary": "",
            "audience": "",
            "note": "",
        },
        ModulePage: {"objectives": "Kể được các nhóm dấu hiệu", "cards-count": "0"},
        LessonPage: {
            "body": streamfield([("text", {"text": rich_text("<p>Đoạn văn mới.</p>")})]),
            "minutes": "5",
            "required": "on",
            "sources": "Luật 53/2024/QH15",
        },
        QuizPage: {
            "intro": "Mời anh chị làm bài.",
            "minutes": "20",
            "required": "on",
            "pass_percent": "80",
            "attempt_limit": "0",
            "wait_minutes": "10",
            "time_limit": "0",
            "draw_each": "1",
            "draw_total": "0",
        },
    }[model]
    if model is QuizPage:
        rows = (
            [{"question": small_course.questions[0].pk, "points": "100", "ORDER": "1", "lesson": ""}]
            if small_course
            else []
        )
        own["questions"] = inline_formset(rows)
    common = {"title": "Tên vừa sửa", "slug": "ten-vua-sua", "comments": inline_formset([])}
    return nested_form_data({**common, **own, **fields})


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def errors_of(response) -> str:
    return "" if response.context is None else str(response.context["form"].errors)


# --- previews


@each_type
def test_an_editor_previews_what_is_in_the_form_without_being_a_learner(model, small_course, cms):
    page = page_of(small_course, model)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form = form_of(model, small_course, slug=page.slug)
    assert cms.post(address, form).json() == {"is_valid": True, "is_available": True}
    response = cms.get(address)
    assert response.status_code == 200
    html = response.content.decode()
    assert "Tên vừa sửa" in html
    assert '<body class="staff">' in html
    page.refresh_from_db()
    assert page.title != "Tên vừa sửa"


@each_type
def test_an_editor_previews_a_page_that_is_not_saved_yet(model, small_course, cms):
    page = page_of(small_course, model)
    arguments = ["courses", model._meta.model_name, page.get_parent().pk]
    address = reverse("wagtailadmin_pages:preview_on_add", args=arguments)
    form = form_of(model, small_course, **({"key": "khoa-moi"} if model is CoursePage else {}))
    assert cms.post(address, form).json() == {"is_valid": True, "is_available": True}
    response = cms.get(address)
    assert response.status_code == 200
    assert "Tên vừa sửa" in response.content.decode()


def test_the_preview_of_a_lesson_shows_a_learner_halfway_whose_buttons_send_nothing(small_course, cms):
    lesson = small_course.lessons[1]
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    cms.post(address, form_of(LessonPage, slug=lesson.slug))
    html = cms.get(address).content.decode()
    assert 'value="1" aria-labelledby="muc-luc"' in html
    assert "Đoạn văn mới." in html
    assert "/hoc-tap/muc/" not in html
    assert "lesson.js" not in html


@each_type
def test_a_draft_is_viewed_before_it_is_published(model, small_course, cms):
    page = page_of(small_course, model)
    page.title = "Bản nháp"
    page.save_revision()
    html = cms.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert "Bản nháp" in html


# --- drafts, history, schedule, lock, workflow


@each_type
def test_a_draft_changes_nothing_until_it_is_published_and_history_keeps_both(model, small_course, cms):
    page = page_of(small_course, model)
    title = page.title
    cms.post(edit_url(page), form_of(model, small_course, slug=page.slug))
    page.refresh_from_db()
    assert (page.title, page.has_unpublished_changes) == (title, True)
    response = cms.post(edit_url(page), form_of(model, small_course, slug=page.slug, **{"action-publish": "1"}))
    assert response.status_code == 302, errors_of(response)
    page.refresh_from_db()
    assert (page.title, page.has_unpublished_changes) == ("Tên vừa sửa", False)
    assert page.revisions.count() == 2
    history = cms.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert history.status_code == 200
    first, last = page.revisions.order_by("pk")
    comparison = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", last.pk])
    assert cms.get(comparison).status_code == 200
    assert first.pk != last.pk


@each_type
def test_a_page_goes_live_and_expires_on_schedule(model, small_course):
    page = page_of(small_course, model)
    page.unpublish()
    page.refresh_from_db()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.expire_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()

    def live_after(hours):
        with travel(timezone.now() + timedelta(hours=hours)):
            call_command("publish_scheduled", stdout=StringIO())
        return model.objects.get(pk=page.pk).live

    assert not live_after(0)
    assert live_after(2)
    assert not live_after(25)


def test_a_lesson_that_goes_live_on_schedule_is_found_by_learners(small_course, cast, client_of):
    lesson = small_course.lessons[1]
    lesson.unpublish()
    client = client_of(cast.learner)
    assert client.get(lesson.url).status_code == 404
    lesson.refresh_from_db()
    lesson.go_live_at = timezone.now() + timedelta(hours=1)
    lesson.save_revision().publish()
    with travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled", stdout=StringIO())
    assert client.get(lesson.url).status_code == 200
    assert lesson.title in client.get(small_course.course.url + "mo-dun-1/").content.decode()


@each_type
def test_a_locked_page_cannot_be_changed(model, small_course, cms, editor, settings):
    settings.WAGTAILADMIN_GLOBAL_EDIT_LOCK = True
    page = page_of(small_course, model)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=editor, locked_at=timezone.now())
    cms.post(edit_url(page), form_of(model, small_course, slug=page.slug, **{"action-publish": "1"}))
    page.refresh_from_db()
    assert page.title != "Tên vừa sửa"


@pytest.mark.parametrize("model", [CoursePage, ModulePage, LessonPage, QuizPage])
def test_a_page_of_a_course_has_no_review_of_its_own_and_its_translation_keeps_one(model, small_course, editor):
    task = GroupApprovalTask.objects.create(name="Duyệt chuyên môn")
    task.groups.add(Group.objects.create(name="Người duyệt"))
    workflow = Workflow.objects.create(name="Duyệt khóa học")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=CataloguePage.objects.get())
    page = page_of(small_course, model)
    assert (page.get_workflow(), page.has_workflow) == (None, False)
    page.locale = Locale.objects.get_or_create(language_code="en")[0]
    page.title = "Chờ duyệt"
    page.save_revision(clean=False)
    assert page.has_workflow
    state = page.get_workflow().start(page, editor)
    assert model.objects.get(pk=page.pk).title != "Chờ duyệt"
    state.current_task_state.approve(user=editor)
    assert model.objects.get(pk=page.pk).title == "Chờ duyệt"


# --- what editors write is checked


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Đường dây nóng", "duong-day-nong"),
        ("nhận-diện-nạn-nhân", "nhan-dien-nan-nhan"),
        ("ƀhling & Cơ Tu", "bhling-co-tu"),
        ("ເຂົ້າ", ""),
    ],
)
def test_an_address_is_ascii(typed, kept):
    assert neutral_slug(typed) == kept


@each_type
def test_an_address_typed_in_vietnamese_becomes_ascii(model, small_course, cms):
    page = page_of(small_course, model)
    response = cms.post(edit_url(page), form_of(model, small_course, slug="đường-dây-nóng", **{"action-publish": "1"}))
    assert response.status_code == 302, errors_of(response)
    page.refresh_from_db()
    assert page.slug == "duong-day-nong"


def test_a_page_made_by_a_program_takes_its_address_from_its_title(small_course):
    assert make_page(small_course.module, LessonPage, "Đưa người về").slug == "dua-nguoi-ve"
    assert make_page(small_course.module, LessonPage, "Đưa người về").slug == "dua-nguoi-ve-2"
    assert make_page(small_course.module, LessonPage, "ເຂົ້າ").slug == "trang"


def test_a_key_belongs_to_one_course_in_a_language(small_course):
    with pytest.raises(ValidationError) as refused:
        make_page(CataloguePage.objects.get(), CoursePage, "Khóa khác", slug="khoa-khac", key=small_course.course.key)
    said = "“nhan-dien-nan-nhan” đã dùng cho “Nhận diện nạn nhân bị mua bán”. Ghi tên khác, hoặc để trống để máy đặt."
    assert refused.value.message_dict["key"] == [said]


def test_courses_that_wait_for_each_other_are_refused(small_course, cms):
    later = make_course(key="ho-tro-tam-ly-ban-dau", title="Hỗ trợ tâm lý ban đầu")
    last = make_course(key="khoa-ba", title="Khóa ba")
    for course, before in ((later.course, small_course.course), (last.course, later.course)):
        course.prerequisites.set([before])
        course.save()
    form = form_of(CoursePage, slug=small_course.course.slug)
    response = cms.post(edit_url(small_course.course), {**form, "prerequisites": [last.course.pk]})
    sentence = "Khóa học trước đi vòng tròn: Khóa ba → Hỗ trợ tâm lý ban đầu → Nhận diện nạn nhân bị mua bán."
    assert sentence in str(response.context["form"].errors["prerequisites"])
    response = cms.post(edit_url(small_course.course), {**form, "prerequisites": [small_course.course.pk]})
    assert "prerequisites" in response.context["form"].errors


def test_a_quiz_is_published_only_with_questions_but_may_be_drafted_without(small_course, cms):
    small_course.quiz.questions.all().delete()
    form = form_of(QuizPage, slug=small_course.quiz.slug)
    response = cms.post(edit_url(small_course.quiz), {**form, "action-publish": "1"})
    assert response.status_code == 200
    assert not response.context["form"].is_valid()
    assert cms.post(edit_url(small_course.quiz), form).status_code == 302
    small_course.quiz.refresh_from_db()
    assert small_course.quiz.has_unpublished_changes


def test_pages_stand_only_where_they_belong():
    assert CoursePage.clean_parent_page_models() == [CataloguePage]
    assert ModulePage.clean_parent_page_models() == [CoursePage]
    assert LessonPage.clean_parent_page_models() == [ModulePage]
    assert set(QuizPage.clean_parent_page_models()) == {CoursePage, ModulePage}


def test_editors_find_a_lesson_by_a_word_of_its_text(small_course):
    call_command("update_index", stdout=StringIO(), verbosity=0)
    assert small_course.lessons[0].pk in {page.pk for page in LessonPage.objects.search("tiếp dân")}


def test_the_explorer_lists_a_course_as_it_is_taught(small_course, cms):
    first, second, third = small_course.lessons
    first.save_revision()  # the last one that was edited
    address = reverse("wagtailadmin_explore", args=[small_course.module.pk])
    html = cms.get(address).content.decode()
    listed = html[html.index("<tbody") :]
    places = [listed.index(page.title) for page in (first, second, third)]
    assert places == sorted(places)

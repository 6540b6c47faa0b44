"""A slug is folded before it is checked, in every form that takes one; what is taken is said beside the field."""

import pytest
from django.forms import modelform_factory
from django.urls import reverse
from editor_forms import sent
from factories import make_course, make_page
from sharing import shared
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Page

from campaigns.communes.notices import NoticePage
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from pages.identity.slugs import LONGEST, NeutralSlugField, free_slug, neutral_slug
from people.postings.posting import Duty

pytestmark = pytest.mark.django_db


@shared
def small_course(cast):
    course = make_course(lessons=2)
    course.cast = cast
    return course


@pytest.fixture
def cms(cast, client_of):
    return client_of(cast.manager)


def lesson_form(course, user, page=None, **typed):
    form_class = LessonPage.get_edit_handler().get_form_class()
    form = form_class(instance=page or LessonPage(), parent_page=course.module, for_user=user)
    return sent(form, **typed)


def said(answer) -> str:
    assert answer.status_code == 200
    return answer.context["form"].errors["slug"][0]


@pytest.mark.parametrize("action", ["", "action-publish"])
@pytest.mark.parametrize("typed", ["mục-1", "MUC 1", "muc-1", "Mục  1"])
def test_a_new_page_whose_slug_is_taken_is_told_so_and_keeps_what_was_typed(small_course, cms, action, typed):
    data = lesson_form(small_course, small_course.cast.manager, title="Họp thôn", slug=typed, sources="Luật 53")
    data |= {action: "1"} if action else {}
    answer = cms.post(reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", small_course.module.pk]), data)
    assert "“muc-1” đã có" in said(answer)
    form = answer.context["form"]
    assert [form[name].value() for name in ("title", "slug", "sources")] == ["Họp thôn", typed, "Luật 53"]


def test_an_autosave_is_told_so_too(small_course, cms):
    data = lesson_form(small_course, small_course.cast.manager, title="Họp thôn", slug="mục-1")
    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", small_course.module.pk])
    answer = cms.post(address, data, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["success"] is False


def test_an_edited_page_keeps_its_own_slug_and_takes_no_other_one(small_course, cms):
    page = small_course.lessons[1]
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    user = small_course.cast.manager
    assert "“muc-1” đã có" in said(cms.post(address, lesson_form(small_course, user, page, slug="mục-1")))
    taken = lesson_form(small_course, user, page, slug="MỤC 2", **{"action-publish": "1"})
    assert cms.post(address, taken).status_code == 302
    page.refresh_from_db()
    assert page.slug == "muc-2"


@pytest.mark.parametrize("alias", [{}, {"alias": "on"}, {"publish_copies": "on"}])
def test_a_copy_and_an_alias_are_told_so(small_course, cms, alias):
    page = small_course.lessons[1]
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "Mục 3", "new_slug": "mục-1", "new_parent_page": small_course.module.pk, **alias}
    answer = cms.post(address, data)
    assert answer.status_code == 200
    assert "new_slug" in answer.context["form"].errors
    assert answer.context["form"]["new_slug"].value() == "mục-1"
    assert cms.post(address, {**data, "new_slug": "Mục số ba"}).status_code == 302
    assert small_course.module.get_children().get(slug="muc-so-ba").title in {"Mục 3", "Mục 2"}


def test_a_second_notice_of_one_title_is_told_so(cast, client_of):
    from factories import REFORM

    from campaigns.spaces.spaces import bring_in_step, create_communes
    from pages.cms.groups import sync_all
    from pages.home.page import create_home

    create_communes(create_home())
    bring_in_step(REFORM)
    sync_all()
    space = Page.objects.get(title="Xã Tây Giang").specific
    make_page(space, NoticePage, "Họp thôn", text="<p>Mời bà con.</p>")
    form_class = NoticePage.get_edit_handler().get_form_class()
    form = form_class(instance=NoticePage(), parent_page=space, for_user=cast.editor)
    data = sent(form, title="Hợp thôn", slug="hợp-thôn", place="Nhà văn hóa")
    answer = client_of(cast.editor).post(
        reverse("wagtailadmin_pages:add", args=["campaigns", "noticepage", space.pk]), data
    )
    assert "“hop-thon” đã có" in said(answer)
    assert answer.context["form"]["place"].value() == "Nhà văn hóa"


def test_a_slug_that_folds_to_more_signs_than_fit_is_refused_beside_the_field():
    field = NeutralSlugField(allow_unicode=True, max_length=LONGEST)
    assert len(neutral_slug("㎏" * LONGEST)) == LONGEST
    assert field.clean("㎏" * 10) == "kg" * 10


def test_a_free_slug_fits():
    taken = {"a" * LONGEST, "a" * (LONGEST - 2) + "-2"}
    free = free_slug("a" * LONGEST, lambda slug: slug not in taken)
    assert free.endswith("-3")
    assert len(free) <= LONGEST


def test_keys_are_folded_like_slugs(small_course):
    for model, name in ((CoursePage, "key"), (LessonPage, "slug")):
        form_class = model.get_edit_handler().get_form_class()
        assert isinstance(form_class.base_fields[name], NeutralSlugField)
    assert isinstance(
        modelform_factory(Duty, form=WagtailAdminModelForm, fields=["key"]).base_fields["key"], NeutralSlugField
    )

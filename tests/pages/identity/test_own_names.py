"""Every identity meets what Wagtail does of its own: copy, alias, bulk actions, translation, import."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from editor_forms import sent
from factories import make_course, make_page
from rows import create_rows
from sharing import shared
from wagtail.models import Locale, Page

from campaigns.messages.campaign import CampaignPage, days_of
from courses.approval.review_items import ReviewItem, register_review_items, settle
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.content.structure import all_structures
from courses.questions.bank import Question
from pages.home.page import create_home
from pages.serving import version

pytestmark = pytest.mark.django_db
KEY = "nhan-dien-nan-nhan"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@shared
def learnt(cast):
    """A course of three lessons of which the learner has seen one."""
    course = make_course(lessons=3)
    course.cast = cast
    return course


@pytest.fixture
def manager(cast, client_of):
    return client_of(cast.manager)


def copy(client, page, to, slug, **fields):
    data = {"new_title": page.title, "new_slug": slug, "new_parent_page": to.pk, **fields}
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)


def keys() -> list[tuple[str, str | None]]:
    return list(CoursePage.objects.order_by("pk").values_list("key", "own_key"))


def progress(client) -> str:
    html = client.get("/hoc-tap/").content.decode()
    return html[html.index("<main") :]


# --- a course


@pytest.mark.parametrize(
    "fields", [{}, {"publish_copies": "on"}, {"alias": "on"}, {"alias": "on", "copy_subpages": "on"}]
)
def test_a_copied_course_is_another_course(learnt, manager, fields):
    assert copy(manager, learnt.course, learnt.course.get_parent(), KEY + "-2", **fields).status_code == 302
    assert keys() == [(KEY, KEY), (KEY + "-2", KEY + "-2")]
    made = CoursePage.objects.get(own_key=KEY + "-2")
    assert made.get_latest_revision().content["key"] == KEY + "-2"


@pytest.mark.parametrize("fields", [{}, {"publish_copies": "on"}])
def test_a_copied_quiz_sends_to_the_lesson_that_was_copied_along(learnt, manager, fields):
    """The draft that its editor opens too."""
    QuizQuestion.objects.update(lesson=learnt.lessons[1])
    QuizPage.objects.get().save_revision().publish()
    copy(manager, learnt.course, learnt.course.get_parent(), "ban-moi", copy_subpages="on", **fields)
    made = CoursePage.objects.get(slug="ban-moi")
    quiz = QuizPage.objects.descendant_of(made).get()
    wanted = LessonPage.objects.descendant_of(made).get(slug=learnt.lessons[1].slug)
    assert {question.lesson for question in quiz.questions.all()} == {wanted}
    quiz.get_latest_revision().publish()
    assert set(QuizQuestion.objects.filter(quiz=quiz).values_list("lesson", flat=True)) == {wanted.pk}
    assert set(learnt.quiz.questions.values_list("lesson", flat=True)) == {learnt.lessons[1].pk}


@pytest.mark.parametrize("copied", ["course", "catalogue"])
def test_a_copy_of_a_course_is_a_draft_whatever_is_asked(learnt, manager, copied):
    """Nobody approved it: live, it would stand under a key of its own beside what was approved."""
    page = learnt.course if copied == "course" else learnt.course.get_parent()
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    form = manager.get(address).context["form"]
    assert "publish_copies" not in form.fields
    assert "bản nháp" in form.fields["new_title"].help_text
    fields = {"copy_subpages": "on", "publish_copies": "on"}
    assert copy(manager, page, page.get_parent(), "ban-moi", **fields).status_code == 302
    made = Page.objects.get(slug="ban-moi")
    assert not made.get_descendants(inclusive=True).live().exists()
    assert made.get_descendants().count() == page.get_descendants().count()


@pytest.mark.parametrize("copied", ["course", "catalogue"])
def test_what_is_open_in_a_course_has_to_be_checked_in_its_copy_too(learnt, manager, copied):
    open_one, settled = ("Mục 1", "unverified", "Điều 5", ""), ("Mục 2", "unverified", "Điều 6", "")
    register_review_items(KEY, [open_one, settled])
    settle(ReviewItem.objects.filter(where="Mục 2"), "Bà B", date(2026, 3, 1), "Đúng", learnt.cast.manager, NOW)
    page = learnt.course if copied == "course" else learnt.course.get_parent()
    copy(manager, page, page.get_parent(), "khong-bai")
    assert ReviewItem.objects.count() == 2
    copy(manager, page, page.get_parent(), "ban-moi", copy_subpages="on")
    made = CoursePage.objects.exclude(pk=learnt.course.pk).latest("pk")
    assert list(ReviewItem.objects.filter(subject=made.key).values_list("where", flat=True)) == ["Mục 1"]
    assert ReviewItem.objects.open().count() == 2


def test_a_page_that_holds_no_course_may_be_copied_live(learnt, manager):
    module = learnt.lessons[0].get_parent()
    course = make_page(learnt.course.get_parent(), CoursePage, "Khóa khác", key="khoa-khac")
    copy(manager, module, course, "mo-dun-moi", publish_copies="on")
    assert Page.objects.get(slug="mo-dun-moi").live


def test_a_quiz_that_is_copied_alone_sends_nowhere_to_read_again(learnt, manager):
    QuizQuestion.objects.update(lesson=learnt.lessons[1])
    other = make_page(learnt.course.get_parent(), CoursePage, "Khóa khác", key="khoa-khac")
    copy(manager, QuizPage.objects.get(), other, "bai-2")
    quiz = QuizPage.objects.descendant_of(other).get()
    assert {question.lesson for question in quiz.questions.all()} == {None}


def test_a_copied_draft_is_published_in_bulk(learnt, manager):
    copy(manager, learnt.course, learnt.course.get_parent(), "ban-moi", copy_subpages="on")
    made = CoursePage.objects.get(slug="ban-moi")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert manager.post(f"{address}?id={made.pk}", {"include_descendants": "on"}).status_code == 302
    made.refresh_from_db()
    assert made.live
    assert made.key == "ban-moi"


def test_a_copied_catalogue_takes_nothing_from_a_learner(learnt, manager, client_of):
    learner = client_of(learnt.cast.learner)
    learner.post(f"/hoc-tap/muc/{learnt.lessons[0].pk}/xong/")
    before = progress(learner)
    catalogue = learnt.course.get_parent()
    fields = {"copy_subpages": "on", "publish_copies": "on"}
    assert copy(manager, catalogue, catalogue.get_parent(), "khoa-hoc-2", **fields).status_code == 302
    assert keys() == [(KEY, KEY), (KEY + "-2", KEY + "-2")]
    courses = {course.key: course.page_id for course in all_structures(version.current(), "vi")}
    assert courses[KEY] == learnt.course.pk
    assert before.count("1/") >= 1
    assert [part for part in progress(learner).split() if "/" in part and part[0].isdigit()][:1] == [
        part for part in before.split() if "/" in part and part[0].isdigit()
    ][:1]


def test_an_alias_in_the_same_language_is_another_course_however_often_it_follows(learnt):
    alias = learnt.course.create_alias(update_slug="bi-danh")
    assert (alias.key, alias.own_key) == (KEY + "-2", KEY + "-2")
    learnt.course.title = "Tên mới"
    for _time in range(2):
        learnt.course.save_revision().publish()
    alias.refresh_from_db()
    assert (alias.title, alias.key) == ("Tên mới", KEY + "-2")


def test_translations_and_aliases_in_other_languages_share_the_key_of_their_source(learnt):
    english = Locale.objects.get_or_create(language_code="en")[0]
    lao = Locale.objects.get_or_create(language_code="lo")[0]
    made = [
        learnt.course.copy_for_translation(english, copy_parents=True),
        learnt.course.copy_for_translation(lao, copy_parents=True, alias=True),
    ]
    assert [(page.key, page.own_key) for page in made] == [(KEY, None)] * 2
    course = CoursePage.objects.get(pk=learnt.course.pk)
    course.key = "khoa-khac"
    course.save()
    assert keys() == [("khoa-khac", "khoa-khac"), ("khoa-khac", None), ("khoa-khac", None)]


def test_the_database_itself_holds_one_course_of_a_key(learnt):
    other = make_page(learnt.course.get_parent(), CoursePage, "Khóa khác", key="khoa-khac")
    with pytest.raises(IntegrityError), transaction.atomic():
        CoursePage.objects.filter(pk=other.pk).update(own_key=KEY)


def course_form(parent, user, page=None, **typed):
    form_class = CoursePage.get_edit_handler().get_form_class()
    return sent(form_class(instance=page or CoursePage(), parent_page=parent, for_user=user), **typed)


def test_a_key_that_is_taken_is_told_beside_the_field(learnt, manager):
    parent = learnt.course.get_parent()
    address = reverse("wagtailadmin_pages:add", args=["courses", "coursepage", parent.pk])
    data = course_form(parent, learnt.cast.manager, title="Khóa mới", slug="moi", key="Nhận diện nạn nhân", note="Ghi")
    answer = manager.post(address, data)
    assert "đã dùng cho" in answer.context["form"].errors["key"][0]
    assert answer.context["form"]["note"].value() == "Ghi"
    assert manager.post(address, data | {"key": ""}).status_code == 302
    assert CoursePage.objects.get(slug="moi").own_key == "moi"


def test_a_key_that_is_taken_out_of_the_form_stays(learnt, manager):
    data = course_form(
        learnt.course.get_parent(), learnt.cast.manager, learnt.course, key="", **{"action-publish": "1"}
    )
    assert manager.post(reverse("wagtailadmin_pages:edit", args=[learnt.course.pk]), data).status_code == 302
    assert keys() == [(KEY, KEY)]


# --- a campaign


@pytest.fixture
def campaign(db):
    return make_page(create_home(), CampaignPage, "2026", heading="A", lead="B", year=2026, **days_of(2026))


def test_a_copied_campaign_is_that_of_the_next_free_year(campaign, manager):
    assert copy(manager, campaign, campaign.get_parent(), "nam-sau", publish_copies="on").status_code == 302
    made = CampaignPage.objects.get(slug="nam-sau")
    assert {name: getattr(made, name) for name in days_of(2027)} == days_of(2027)
    assert (made.year, made.own_year) == (2027, 2027)
    assert copy(manager, campaign, campaign.get_parent(), "nam-sau-nua").status_code == 302
    assert CampaignPage.objects.get(slug="nam-sau-nua").year == 2028


def test_a_year_that_is_taken_is_told_beside_the_field(campaign, manager, cast):
    home = campaign.get_parent()
    form_class = CampaignPage.get_edit_handler().get_form_class()
    form = form_class(instance=CampaignPage(), parent_page=home, for_user=cast.manager)
    days = {name: day.isoformat() for name, day in days_of(2026).items()}
    data = sent(form, title="Lần nữa", slug="lan-nua", year="2026", heading="A", lead="B", **days)
    answer = manager.post(reverse("wagtailadmin_pages:add", args=["campaigns", "campaignpage", home.pk]), data)
    assert "2026" in answer.context["form"].errors["year"][0]


# --- a question


def test_a_copied_question_is_told_that_its_name_is_taken(learnt, manager):
    question = learnt.questions[0]
    address = reverse(Question.snippet_viewset.get_url_name("copy"), args=[question.pk])
    form = manager.get(address).context["form"]
    data = sent(form)
    answer = manager.post(reverse(Question.snippet_viewset.get_url_name("add")), data)
    assert "đã có câu tên" in answer.context["form"].errors["name"][0]
    answer = manager.post(reverse(Question.snippet_viewset.get_url_name("add")), data | {"name": "Câu khác"})
    made = Question.objects.get(name="Câu khác")
    assert made.translation_key != question.translation_key
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=made.pk).update(name=question.name)


# --- what there is one of for each unit, and whatever else can be copied


@shared
def everything(cast):
    it = create_rows(cast)
    it.cast = cast
    return it


def test_the_space_of_a_commune_and_what_it_took_are_not_copied(everything, client_of):
    client = client_of(everything.cast.administrator)
    space = everything.spaces[everything.cast.units.tay_giang.pk]
    taken = everything.taken[everything.cast.units.tay_giang.pk]
    for page, fields in ((space, {}), (taken, {}), (space.get_parent().get_parent(), {"copy_subpages": "on"})):
        before = Page.objects.count()
        answer = copy(client, page, page.get_parent(), "ban-chep", **fields)
        assert "không sao chép được" in str(answer.context["form"].errors)
        assert Page.objects.count() == before


COPIES = ["can-bo", "vai-tro", "don-vi", "nhiem-vu", "yeu-cau", "so-lien-he", "cap-chung-nhan", "thuc-hanh"]


@pytest.mark.parametrize("name", COPIES)
def test_what_is_copied_unchanged_is_refused_or_another_one(everything, client_of, name):
    client = client_of(everything.cast.administrator, raise_request_exception=False)
    listed = client.get(f"/cms/{name}/")
    pk = listed.context["object_list"][0].pk
    shown = client.get(f"/cms/{name}/copy/{pk}/")
    if shown.status_code != 200:
        assert shown.status_code in (302, 404)
        return
    answer = client.post(f"/cms/{name}/new/", sent(shown.context["form"]))
    assert answer.status_code in (200, 302)


# --- the upgrade


def test_the_upgrade_leaves_the_first_its_name_and_keeps_every_page(learnt, campaign):
    note_keys = import_module("courses.migrations.0014_course_keys_once").note_sources
    note_years = import_module("campaigns.migrations.0007_one_campaign_a_year").note_sources
    english = Locale.objects.get_or_create(language_code="en")[0]
    translation = learnt.course.copy_for_translation(english, copy_parents=True)
    copied = make_page(learnt.course.get_parent(), CoursePage, "Bản chép", key="khac")
    copied.save_revision()
    again = make_page(campaign.get_parent(), CampaignPage, "L", heading="A", lead="B", year=2030, **days_of(2026))
    CoursePage.objects.update(own_key=None, key=KEY)
    CampaignPage.objects.update(own_year=None, year=2026)
    note_keys(apps, None)
    note_years(apps, None)
    names = dict(CoursePage.objects.values_list("pk", "own_key"))
    assert names == {learnt.course.pk: KEY, translation.pk: None, copied.pk: KEY + "-2"}
    assert CoursePage.objects.get(pk=copied.pk).get_latest_revision().content["key"] == KEY + "-2"
    assert dict(CampaignPage.objects.values_list("pk", "own_year")) == {campaign.pk: 2026, again.pk: 2027}

"""A page shows one of the scenes or a picture of the library, and of the library only what has rights and words."""

import gzip
import json
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from types import SimpleNamespace

import pytest
import time_machine
from bodies import block
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_course
from PIL import Image
from sharing import shared
from wagtail.models import Page, PageLogEntry
from wagtail.signals import page_unpublished
from wagtail.test.utils.form_data import nested_form_data, streamfield

from campaigns.messages.message import MessagePage
from campaigns.schools.lesson import SchoolLessonPage
from campaigns.starter.lessons import create_schools
from campaigns.starter.seeding import create_campaign
from courses.content.blocks import lesson_body
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from media.illustrations import LibraryPictureChoice, refuse_unstated, without_rights, without_words
from media.pictures import Picture
from media.scenes import SCENES
from outbox.chores import publish_scheduled
from outbox.draining import drain
from pages.contacts.starter import create_contacts
from pages.home.page import HomePage, create_home
from pages.shell.surfaces import stylesheet

# HTML and CSS, compressed
LIMIT, LESSON_LIMIT = 14 * 1024, 30 * 1024
STATED = {"description": "Nhà rông", "credit": "Sở Văn hóa", "consent": "không có người"}


def stored(**fields) -> Picture:
    out = BytesIO()
    Image.new("RGB", (900, 600), "navy").save(out, "PNG")
    picture = Picture.objects.create(title="Nhà rông", file=ImageFile(BytesIO(out.getvalue()), "nha.png"), **fields)
    drain()
    return picture


def unsaved(**fields) -> SimpleNamespace:
    """What the rule reads of a picture."""
    empty = {"description": "", "credit": "", "consent": "", "is_decoration": False, "why_refused": ""}
    empty |= {"consent_ended": False}
    return SimpleNamespace(title="Nhà rông", **{**empty, **fields})


@shared
def home():
    return create_home()


@shared
def campaign(home):
    create_contacts()
    return create_campaign(home, date(2027, 5, 1), lambda line: None)


@shared
def schools(home):
    return create_schools(home, lambda line: None)


@shared
def small_course():
    return make_course(lessons=1)


def html_of(client, page) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def published(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


# the rule


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, "chưa ghi nguồn, tác giả và sự đồng ý của người trong hình."),
        ({"credit": "Sở Văn hóa", "consent": " "}, "chưa ghi sự đồng ý của người trong hình."),
        ({"credit": " ", "consent": "Bà A, 3/5, giấy"}, "chưa ghi nguồn, tác giả."),
    ],
)
def test_one_sentence_says_which_rights_are_missing(fields, missing):
    sentence = without_rights(unsaved(**fields))
    assert sentence.startswith(f"Hình “Nhà rông” {missing}")
    assert sentence.endswith("hình không có người thì ghi “không có người”.")


def test_a_picture_needs_words_unless_the_page_has_its_own_or_it_only_decorates():
    assert "chưa có lời tả" in without_words(unsaved(description=" "))
    assert not without_words(unsaved(description=""), alt="Nhà")
    assert not without_words(unsaved(is_decoration=True))
    assert not without_words(unsaved(description="Nhà rông"))


def test_what_has_rights_and_words_is_not_refused():
    refuse_unstated(unsaved(**STATED))
    for lacking in STATED:
        with pytest.raises(ValidationError):
            refuse_unstated(unsaved(**{**STATED, lacking: ""}))


def test_a_draft_may_wait_for_rights(db):
    picture = stored(description="Nhà rông")
    choice = LibraryPictureChoice(Picture.objects.all())
    with pytest.raises(ValidationError, match="chưa ghi nguồn"):
        choice.clean(picture.pk)
    choice.is_deferred_validation = True
    assert choice.clean(picture.pk) == picture


# publishing


@pytest.mark.parametrize("model", [HomePage, CoursePage, MessagePage, SchoolLessonPage])
def test_no_page_goes_live_with_a_picture_whose_rights_are_not_stated(model, campaign, schools, small_course):
    page, picture = model.objects.first(), stored(description="Nhà rông")
    page.scene, page.picture = "", picture
    with pytest.raises(ValidationError, match="chưa ghi nguồn"):
        page.save()
    picture.credit, picture.consent = "Sở Văn hóa", "không có người"
    page.save()
    page.scene = "clinic"
    with pytest.raises(ValidationError, match="Chọn một hình thôi"):
        page.full_clean()


def test_a_lesson_follows_the_same_rule_with_words_of_its_own(small_course):
    lesson, picture = small_course.lessons[0], stored(credit="Sở Văn hóa", consent="không có người")

    def body(alt):
        return json.dumps([block("picture", {"scene": "", "image": picture.pk, "alt": alt, "caption": ""})])

    lesson.body = body("")
    with pytest.raises(ValidationError, match="chưa có lời tả"):
        lesson.save()
    lesson.body = body("Nhà")
    lesson.save()
    Picture.objects.filter(pk=picture.pk).update(consent="")
    lesson.body = body("Nhà")
    with pytest.raises(ValidationError, match="chưa ghi sự đồng ý"):
        lesson.save()


def form_of_home(home, **fields) -> dict:
    return nested_form_data({
        "title": home.title, "slug": home.slug, "eyebrow": "", "heading": home.heading, "lead": home.lead,
        "verbs": streamfield([]), "other_help": "", "officials_lead": "", "scene": "", "picture": "", "summary": "",
        "share_picture": "", "review_note": "", "seo_title": "", "search_description": "", "go_live_at": "",
        "expire_at": "", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", **fields,
    })  # fmt: skip


def test_an_editor_is_told_why_the_first_page_is_not_published(home, admin_client):
    picture, edit = stored(description="Nhà rông"), f"/cms/pages/{home.pk}/edit/"
    answer = admin_client.post(edit, {**form_of_home(home, picture=str(picture.pk)), "action-publish": "1"})
    assert answer.status_code == 200
    assert "chưa ghi nguồn, tác giả và sự đồng ý" in str(answer.context["form"].errors["picture"])
    # as a draft of the live page it is kept
    assert admin_client.post(edit, form_of_home(home, picture=str(picture.pk))).status_code == 302
    assert HomePage.objects.get().get_latest_revision_as_object().picture == picture
    Picture.objects.filter(pk=picture.pk).update(credit="Sở Văn hóa", consent="không có người")
    answer = admin_client.post(edit, {**form_of_home(home, picture=str(picture.pk)), "action-publish": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    home.refresh_from_db()
    assert (home.live, home.picture) == (True, picture)


def test_an_editor_chooses_by_thumbnail_or_in_the_library(home, admin_client):
    html = admin_client.get(f"/cms/pages/{home.pk}/edit/").content.decode()
    assert html.count("/static/scenes/") >= len(SCENES)
    assert 'id="id_picture-chooser"' in html


def test_a_lesson_goes_live_only_with_pictures_whose_rights_are_stated(small_course):
    lesson, picture, kinds = small_course.lessons[0], stored(description="Nhà rông"), dict(lesson_body())
    value = {"scene": "", "image": picture.pk, "alt": "", "caption": ""}
    with pytest.raises(ValidationError) as refused:
        kinds["picture"].clean(kinds["picture"].to_python(value))
    assert "chưa ghi nguồn" in json.dumps(refused.value.as_json_data(), ensure_ascii=False)
    lesson.body = json.dumps([block("picture", value)])
    with pytest.raises(ValidationError, match="chưa ghi nguồn"):
        lesson.save()
    Picture.objects.filter(pk=picture.pk).update(credit="Sở Văn hóa", consent="không có người")
    lesson.body = json.dumps([block("picture", value)])
    lesson.save_revision().publish()


def test_a_draft_of_a_lesson_may_wait_too(db):
    kind = dict(lesson_body())["picture"]
    value = {"scene": "", "image": stored(description="Nhà rông").pk, "alt": "", "caption": ""}
    kind.defer_required_validation()
    try:
        assert kind.clean(kind.to_python(value))
    finally:
        kind.restore_deferred_validation()


def without_rights_yet(lesson) -> Picture:
    """The lesson's next revision is to go live an hour from now; then its picture loses its rights."""
    picture = stored(**STATED)
    lesson.body = json.dumps([block("picture", {"scene": "", "image": picture.pk, "alt": "", "caption": ""})])
    lesson.go_live_at = timezone.now() + timedelta(hours=1)
    lesson.save_revision().publish()
    Picture.objects.filter(pk=picture.pk).update(credit="")
    return picture


def test_a_page_that_may_not_go_live_at_its_hour_stops_no_other(db, caplog):
    refused, other = make_course(lessons=2, questions=0).lessons
    for lesson in (refused, other):
        lesson.unpublish()
        lesson.refresh_from_db()
    without_rights_yet(refused)
    other.go_live_at = timezone.now() + timedelta(hours=1, minutes=1)
    other.save_revision().publish()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        publish_scheduled(timezone.now())
    refused.refresh_from_db()
    other.refresh_from_db()
    assert (refused.live, other.live) == (False, True)
    assert "chưa ghi nguồn" in caplog.text
    # it is tried no more, and its history says that it did not go live
    assert not refused.revisions.exclude(approved_go_live_at=None).exists()
    assert PageLogEntry.objects.filter(page=refused.pk, action="wagtail.schedule.cancel").count() == 1


def test_a_page_that_is_replaced_at_the_hour_at_which_it_ends_is_never_withdrawn(db):
    lesson, ended = make_course(lessons=2, questions=0).lessons
    hour = timezone.now() + timedelta(hours=1)
    ended.expire_at = lesson.expire_at = hour
    for page in (lesson, ended):
        page.save_revision().publish()
    lesson.title, lesson.go_live_at, lesson.expire_at = "Mới", hour, None
    lesson.save_revision().publish()
    withdrawn = []

    def note(instance, **_more):
        withdrawn.append(instance.pk)

    page_unpublished.connect(note)
    with time_machine.travel(hour + timedelta(seconds=30)):
        publish_scheduled(timezone.now())
    page_unpublished.disconnect(note)
    lesson.refresh_from_db()
    assert (lesson.live, lesson.title, withdrawn) == (True, "Mới", [ended.pk])


def test_what_cannot_be_published_at_all_keeps_nothing_from_being_taken_down(db, monkeypatch):
    broken, ended = make_course(lessons=2, questions=0).lessons
    hour = timezone.now() + timedelta(hours=1)
    ended.expire_at = broken.go_live_at = hour
    ended.save_revision().publish()
    broken.save_revision().publish()
    monkeypatch.setattr(LessonPage, "shown_pictures", lambda page: [][page.pk])
    with time_machine.travel(hour + timedelta(seconds=30)), pytest.raises(IndexError):
        publish_scheduled(timezone.now())
    assert not Page.objects.get(pk=ended.pk).live


def test_many_pages_published_at_once_are_refused_in_one_sentence(admin_client):
    lessons = make_course(lessons=2, questions=0).lessons
    for lesson in lessons:
        lesson.unpublish()
        lesson.refresh_from_db()
    picture = stored(description="Nhà rông")
    lessons[0].body = json.dumps([block("picture", {"scene": "", "image": picture.pk, "alt": "", "caption": ""})])
    lessons[0].save_revision()
    address = "/cms/bulk/wagtailcore/page/publish/?" + "&".join(f"id={lesson.pk}" for lesson in lessons)
    response = admin_client.post(address, follow=True)
    assert response.status_code == 200
    assert "chưa ghi nguồn" in unescape(response.content.decode())
    assert not LessonPage.objects.filter(pk__in=[lesson.pk for lesson in lessons], live=True).exists()


# shown


def test_the_first_page_shows_the_village_until_an_editor_chooses(home, client):
    assert "hero-village.svg" in html_of(client, home)
    html = html_of(client, published(home, scene="village-house"))
    assert "hero-village.svg" not in html
    assert html.count('<div class="scene" role="img" aria-label="Ngôi nhà sàn') == 1
    html = html_of(client, published(home, scene="", picture=stored(**STATED)))
    assert "hero-village.svg" not in html
    assert 'alt="Nhà rông"' in html
    assert "image/avif" in html
    assert "Nguồn: Sở Văn hóa" in html


@pytest.mark.parametrize("chosen", ["nothing", "library", *SCENES])
def test_the_first_page_stays_within_fourteen_kilobytes(home, campaign, client, chosen):
    fields = {"scene": chosen} if chosen in SCENES else {"picture": stored(**STATED)} if chosen == "library" else {}
    published(home, **fields)
    html, style = client.get("/").content, stylesheet("campaign").encode()
    assert len(gzip.compress(html)) + len(gzip.compress(style)) <= LIMIT


def test_a_picture_of_the_library_costs_the_first_page_two_queries_and_a_scene_none(home, client):
    counts = []
    for fields in ({}, {"scene": "clinic"}, {"scene": "", "picture": stored(**STATED)}):
        published(home, **fields)
        client.get("/")
        published(home)
        with CaptureQueriesContext(connection) as seen:
            client.get("/")
        counts.append(len(seen))
    assert counts == [counts[0], counts[0], counts[0] + 2]


def test_courses_messages_and_school_lessons_show_a_picture_of_the_library(campaign, schools, small_course, client):
    picture = stored(**STATED)
    message, lesson = MessagePage.objects.first(), SchoolLessonPage.objects.first()
    for page, surface, limit in (
        (small_course.course, "learn", LESSON_LIMIT),
        (message, "campaign", LIMIT),
        (lesson, "school", LIMIT),
    ):
        published(page, scene="", picture=picture)
        html = html_of(client, page)
        assert html.count('alt="Nhà rông"') == 1, page
        assert "Nguồn: Sở Văn hóa" in html
        assert len(gzip.compress(html.encode())) + len(gzip.compress(stylesheet(surface).encode())) <= limit, page


def test_a_picture_that_left_the_library_leaves_the_page_as_it_was_without(home, client):
    picture = stored(**STATED)
    published(home, picture=picture)
    picture.delete()
    assert "hero-village.svg" in html_of(client, home)

"""The outline of a course under /cms/: its parts in teaching order, their states, and their places."""

import html
import re

import pytest
from django.utils import timezone
from editor_forms import sent
from factories import make_course, make_page, with_words
from sharing import shared
from wagtail.models import Page

from courses.approval.submission import Submission
from courses.approving.deciding import NotDecided
from courses.approving.moving import DOWN, UP, move
from courses.approving.parts import parts_of
from courses.approving.submitting import submit
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.structure import read
from pages.cms.groups import sync_all
from people.persons.user import User

OUTLINE = "/cms/dan-bai/nhan-dien-nan-nhan/"


@pytest.fixture(autouse=True)
def no_second_step(settings):
    settings.SECOND_STEP_REQUIRED = False


@shared
def outlined(cast):
    """Two modules: two live lessons and a draft in the first, a draft in the second."""
    made = with_words(make_course(lessons=2, questions=2))
    made.second = make_page(made.course, ModulePage, "Mô-đun 2", live=False)
    made.draft = make_page(made.module, LessonPage, "Nháp", live=False)
    made.other_draft = make_page(made.second, LessonPage, "Nháp hai", live=False)
    sync_all()
    made.cast = cast
    return made


def again(user):
    return User.objects.get(pk=user.pk)


def order(page) -> list[str]:
    return [child.title for child in Page.objects.child_of(Page.objects.get(pk=page.pk)).order_by("path")]


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_the_parts_stand_in_teaching_order_with_state_and_minutes(outlined, client_of):
    LessonPage.objects.get(pk=outlined.lessons[1].pk).unpublish()
    said = text_of(client_of(outlined.cast.trainer).get(OUTLINE))
    shown = said[said.index("Các phần theo thứ tự học") :]
    titles = ("Mô-đun 1 mô-đun", "Mục 1 mục học", "Mục 2 mục học", "Nháp mục học", "Bài kiểm tra cuối khóa", "Nháp hai")
    places = [shown.index(title) for title in titles]
    assert places == sorted(places)
    assert "Mục 1 mục học · 4 phút đang đăng" in shown
    assert "Mục 2 mục học · 4 phút đã gỡ xuống" in shown
    assert "Nháp mục học · 4 phút bản nháp" in shown


def test_drafts_are_moved_by_who_edits_and_live_parts_by_who_publishes(outlined, client_of):
    trainer, manager = client_of(outlined.cast.trainer), client_of(outlined.cast.manager)
    door = f"{OUTLINE}doi-cho/"
    moved = trainer.post(door, {"phan": outlined.draft.pk, "huong": UP})
    assert moved.url == f"{OUTLINE}#phan-{outlined.draft.pk}"
    assert order(outlined.module) == ["Mục 1", "Nháp", "Mục 2"]
    # what learners see
    told = trainer.post(door, {"phan": outlined.lessons[0].pk, "huong": DOWN}, follow=True)
    assert "người có quyền đăng mới đổi chỗ" in text_of(told)
    manager.post(door, {"phan": outlined.lessons[0].pk, "huong": DOWN})
    manager.post(door, {"phan": outlined.lessons[0].pk, "huong": DOWN})
    assert order(outlined.module) == ["Nháp", "Mục 2", "Mục 1"]
    # at once, as in Wagtail
    assert [step.title for step in read(CoursePage.objects.get(pk=outlined.course.pk)).steps][:2] == ["Mục 2", "Mục 1"]


def test_a_part_goes_to_another_module(outlined, client_of):
    trainer, door = client_of(outlined.cast.trainer), f"{OUTLINE}doi-cho/"
    trainer.post(door, {"phan": outlined.draft.pk, "mo-dun": outlined.second.pk})
    assert order(outlined.second) == ["Nháp hai", "Nháp"]
    told = trainer.post(door, {"phan": outlined.lessons[0].pk, "mo-dun": outlined.second.pk}, follow=True)
    assert "không chuyển được phần này" in text_of(told)
    client_of(outlined.cast.manager).post(door, {"phan": outlined.lessons[0].pk, "mo-dun": outlined.second.pk})
    assert order(outlined.second) == ["Nháp hai", "Nháp", "Mục 1"]


def test_two_of_one_address_do_not_come_together(outlined):
    twin = make_page(outlined.second, LessonPage, "Nháp", live=False)
    with pytest.raises(NotDecided, match="đã có một trang cùng địa chỉ"):
        move(outlined.course, twin.pk, str(outlined.module.pk), again(outlined.cast.manager))
    assert order(outlined.second) == ["Nháp hai", "Nháp"]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"phan": "x", "huong": UP}, "Phần này không còn trong khóa học"),
        ({"phan": "9" * 30, "huong": UP}, "Phần này không còn trong khóa học"),
        ({"huong": UP}, "Phần này không còn trong khóa học"),
        ({"phan": "lesson", "huong": "ngang"}, "Chọn một mô-đun"),
        ({"phan": "lesson", "mo-dun": "9" * 30}, "Chọn một mô-đun"),
        ({"phan": "lesson", "mo-dun": "module"}, "đã ở trong mô-đun ấy"),
        ({"phan": "module", "huong": UP}, "đã ở đầu hoặc cuối"),
        ({"phan": "course", "huong": UP}, "Phần này không còn trong khóa học"),
    ],
)
def test_bad_input_is_one_sentence(outlined, client_of, form, sentence):
    named = {"lesson": outlined.lessons[0].pk, "module": outlined.module.pk, "course": outlined.course.pk}
    form = {name: named.get(value, value) for name, value in form.items()}
    told = client_of(outlined.cast.manager).post(f"{OUTLINE}doi-cho/", form, follow=True)
    assert sentence in text_of(told)
    assert order(outlined.module) == ["Mục 1", "Mục 2", "Nháp"]


def test_while_a_course_waits_what_learners_see_keeps_its_place(outlined):
    submit(outlined.course, [], "", again(outlined.cast.trainer), timezone.now())
    with pytest.raises(NotDecided, match="khi khóa không chờ duyệt"):
        move(outlined.course, outlined.lessons[0].pk, DOWN, again(outlined.cast.manager))
    move(outlined.course, outlined.draft.pk, UP, again(outlined.cast.trainer))
    assert order(outlined.module) == ["Mục 1", "Nháp", "Mục 2"]


def test_who_may_not_edit_the_course_moves_nothing(outlined, client_of):
    for person in (outlined.cast.editor, outlined.cast.unit_head, outlined.cast.translator, outlined.cast.learner):
        answer = client_of(person).post(f"{OUTLINE}doi-cho/", {"phan": outlined.draft.pk, "huong": UP})
        assert answer.status_code == 302
        assert client_of(person).get("/cms/dan-bai/").status_code == 302
    assert order(outlined.module) == ["Mục 1", "Mục 2", "Nháp"]


def test_every_page_of_a_course_leads_to_its_outline_instead_of_a_review_of_its_own(outlined, client_of):
    trainer = client_of(outlined.cast.trainer)
    page = trainer.get(f"/cms/pages/{outlined.lessons[0].pk}/edit/").content.decode()
    assert f"/cms/dan-bai/trang/{outlined.lessons[0].pk}/" in page
    assert "action-submit" not in page
    assert trainer.get(f"/cms/dan-bai/trang/{outlined.lessons[0].pk}/").url == OUTLINE
    assert trainer.get(f"/cms/dan-bai/trang/{outlined.course.get_parent().pk}/").status_code == 404
    assert not outlined.course.has_workflow
    assert "Nhận diện nạn nhân bị mua bán" in text_of(trainer.get("/cms/dan-bai/"))


def test_a_new_course_is_saved_as_a_draft_whatever_its_form_asks_for(outlined, client_of):
    parent = outlined.course.get_parent().specific
    form = CoursePage.get_edit_handler().get_form_class()(
        instance=CoursePage(), parent_page=parent, for_user=outlined.cast.trainer
    )
    address = f"/cms/pages/add/courses/coursepage/{parent.pk}/"
    trainer = client_of(outlined.cast.trainer)
    assert "action-submit" not in trainer.get(address).content.decode()
    data = sent(form, title="Khóa mới", slug="khoa-moi")
    assert trainer.post(address, data | {"action-submit": "1"}).status_code == 302
    course = CoursePage.objects.get(slug="khoa-moi")
    assert (course.live, course.workflow_in_progress) == (False, False)
    assert not Submission.objects.exists()
    assert [part.title for part in parts_of(course).pages] == ["Khóa mới"]

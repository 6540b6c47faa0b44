"""Approving a course under /cms/: what reviewers must check, who settles it, and what was edited since."""

import html
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import make_course, with_words
from sharing import shared

from courses.approval.approval import Approval
from courses.approval.review_items import ReviewItem, Settlement, items_of_source, register_review_items
from courses.content.texts import read_texts
from courses.questions.writing import create_or_update_question
from people.log.audit import Act, Entry

COURSE = "nhan-dien-nan-nhan"
LIST = "/cms/duyet-khoa-hoc/"
SCREEN = f"{LIST}{COURSE}/"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
ITEMS = [
    ("Mô-đun 1, mục 1", "for_reviewer", "Điền số điều.", "bao.example/1"),
    ("Mô-đun 1, mục 2", "unverified", "WHO 2003", ""),
    ("Mô-đun 2, mục 1", "read_at", "UNODC", "unodc.example"),
]


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def course(cast):
    made = with_words(make_course(lessons=2, questions=2))
    register_review_items(COURSE, ITEMS)
    return made


@pytest.fixture
def manager(cast, client_of):
    return client_of(cast.manager)


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def approve(client, on="2026-11-24", reason="Đã đọc cả khóa"):
    return client.post(f"{SCREEN}duyet/", {"on": on, "reason": reason})


def test_items_are_registered_once(course):
    assert register_review_items(COURSE, ITEMS) == 0
    assert register_review_items(COURSE, [("Mô-đun 3, mục 1", "unverified", "", "")]) == 1
    assert ReviewItem.objects.count() == 4


@pytest.mark.parametrize(
    ("source", "items"),
    [
        ({"cite": "UNODC", "read_at": "a.org", "unverified": False}, [("Mục 1", "read_at", "UNODC", "a.org")]),
        ({"cite": "WHO", "unverified": True}, [("Mục 1", "unverified", "WHO", "")]),
        (
            {"cite": "Điều 63", "read_at": "kho", "unverified": True, "for_reviewer": "Đối chiếu."},
            [("Mục 1", "for_reviewer", "Điều 63: Đối chiếu.", "kho")],
        ),
        ({"cite": "Luật 53/2024/QH15"}, []),
    ],
)
def test_a_source_of_a_content_file_becomes_one_item(source, items):
    assert items_of_source("Mục 1", source) == items


def test_the_list_says_what_is_open(course, manager):
    said = text_of(manager.get(LIST))
    assert "chưa duyệt" in said
    assert "còn 3 trên 3" in said


def test_items_are_given_to_a_body_and_settled_by_somebody_on_a_day_with_a_word(course, manager, cast):
    first, second, _third = ReviewItem.objects.all()
    manager.post(f"{SCREEN}giao/", {"items": [first.pk, second.pk], "body": "Sở Tư pháp"})
    assert ReviewItem.objects.filter(body="Sở Tư pháp").count() == 2
    said = {"by_name": "Nguyễn Thị Tư, Sở Tư pháp", "on": "2026-11-20", "word": "Khoản 3 Điều 4"}
    manager.post(f"{SCREEN}ket-luan/", {"items": [first.pk], **said})
    settlement = Settlement.objects.get()
    assert (settlement.item, settlement.on, settlement.entered_by) == (first, date(2026, 11, 20), cast.manager)
    assert "Điền số điều" not in text_of(manager.get(SCREEN))
    everything = text_of(manager.get(f"{SCREEN}?xem=tat-ca"))
    assert "Nguyễn Thị Tư, Sở Tư pháp, 20/11/2026: Khoản 3 Điều 4" in everything
    assert "còn 2 trên 3" in everything
    assert "Mô-đun 2, mục 1" not in text_of(manager.get(f"{SCREEN}?giao=Sở Tư pháp"))


def test_a_settled_item_is_opened_again_and_its_word_stays_on_record(course, manager):
    item = ReviewItem.objects.first()
    manager.post(f"{SCREEN}ket-luan/", {"items": [item.pk], "by_name": "A", "on": "2026-11-20", "word": "Đúng"})
    manager.post(f"{SCREEN}mo-lai/", {"items": [item.pk]})
    assert Settlement.objects.get().superseded_at is not None
    assert "còn 3 trên 3" in text_of(manager.get(SCREEN))


@pytest.mark.parametrize(
    ("address", "form", "sentence"),
    [
        ("giao/", {"body": "Sở Y tế"}, "Hãy đánh dấu ít nhất một điều trong danh sách."),
        ("ket-luan/", {"by_name": "A", "on": "2026-11-20", "word": "Đúng"}, "Hãy đánh dấu ít nhất một điều"),
        ("ket-luan/", {"by_name": "A", "on": "2026-11-25", "word": "Đúng"}, "Ngày này ở tương lai"),
        ("ket-luan/", {"by_name": "A", "on": "2026-11-20"}, "Hãy ghi kết luận trong một câu."),
        ("duyet/", {"on": "hôm qua", "reason": "x"}, "Ghi ngày/tháng/năm, như 24/11/2026."),
        ("duyet/", {"on": "2026-11-24"}, "Còn 3 điều chưa kết luận: hãy ghi lý do vẫn duyệt."),
        ("cong-nhan/", {"on": "2026-11-24", "reason": "x"}, "Khóa học chưa được duyệt"),
    ],
)
def test_bad_input_gets_one_clear_sentence(course, manager, address, form, sentence):
    response = manager.post(f"{SCREEN}{address}", form)
    assert response.status_code == 422
    assert sentence in text_of(response)


def test_approving_with_open_items_shows_its_reason(course, manager, cast):
    approve(manager, reason="Sở Tư pháp trả lời sau ngày 1/12")
    approval = Approval.objects.get()
    assert (approval.by, approval.on, approval.open_items) == (cast.manager, date(2026, 11, 24), 3)
    assert "khi còn 3 điều chưa kết luận: Sở Tư pháp trả lời sau ngày 1/12" in text_of(manager.get(SCREEN))
    assert Entry.objects.get(act=Act.APPROVED_COURSE).detail == COURSE


def test_only_a_province_manager_approves(course, cast, client_of):
    for person in (cast.administrator, cast.trainer, cast.learner):
        approve(client_of(person))
    assert not Approval.objects.exists()
    assert client_of(cast.administrator).get(SCREEN).status_code == 200
    assert "Quyết định" not in text_of(client_of(cast.administrator).get(SCREEN))


def test_the_course_says_who_approved_it_and_that_it_was_edited_since(course, manager, cast, client):
    approve(manager)
    assert "Trần Thị Lan duyệt nội dung ngày 24/11/2026" in text_of(client.get(course.course.url))
    course.lessons[0].save_revision().publish()
    assert "có sửa sau" not in text_of(client.get(course.course.url))
    course.lessons[0].sources = "Luật 53/2024/QH15"
    course.lessons[0].save_revision().publish()
    assert "có sửa sau ngày duyệt" in text_of(client.get(course.course.url))
    listed = text_of(manager.get(SCREEN))
    assert "Mục 1 đã sửa" in listed
    assert "Mục 2 đã sửa" not in listed
    approve(manager)
    assert "có sửa sau" not in text_of(client.get(course.course.url))
    assert [row.superseded_at is None for row in Approval.objects.order_by("pk")] == [False, True]


def test_a_question_that_was_changed_is_listed_too(course, manager, client):
    approve(manager)
    choices = [{"text": "Đúng", "right": True}, {"text": "Sai 1"}, {"text": "Sai 2"}]
    create_or_update_question(
        category=COURSE, name="Câu 1", kind="single_choice", text="Câu hỏi khác?", choices=choices
    )
    assert "có sửa sau ngày duyệt" in text_of(client.get(course.course.url))
    assert "Câu 1 đã sửa" in text_of(manager.get(SCREEN))


def test_a_page_that_is_new_or_gone_is_listed(course, manager):
    approve(manager)
    course.lessons[0].unpublish()
    assert "Mục 1 đã bỏ" in text_of(manager.get(SCREEN))


def test_keys_that_the_editor_writes_into_rich_text_are_no_change(course):
    lesson = course.lessons[0]
    lesson.body = [("text", '<p data-block-key="a1b2">Hỏi riêng.</p>')]
    lesson.save()
    before = read_texts(course.course).digest
    lesson.body = [("text", '<p data-block-key="zzzz">Hỏi  riêng.</p>')]
    lesson.save()
    assert read_texts(course.course).digest == before
    lesson.body = [("text", "<p>Hỏi chung.</p>")]
    lesson.save()
    assert read_texts(course.course).digest != before


def test_the_screens_cost_the_same_however_many_items_there_are(course, manager, django_assert_max_num_queries):
    register_review_items(COURSE, [(f"Mục {n}", "unverified", "", "") for n in range(60)])
    manager.get(SCREEN)
    with django_assert_max_num_queries(30):
        manager.get(SCREEN)
    with django_assert_max_num_queries(25):
        manager.get(LIST)

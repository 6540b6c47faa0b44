"""Job-aid cards: rows of a module's page, no step of the course, on the phone and on paper."""

import io
import json

import pytest
from bodies import block, items
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_course
from printed import words_of
from pypdf import PdfReader
from sharing import shared

from courses.content.lesson import ModulePage
from courses.content.structure import structure
from courses.content.texts import digest_of
from courses.keeping.cards import Card, sheets_pdf
from courses.starter.edition import COURSES, card_rows, modules_of
from courses.starter.loading import write_course
from courses.starter.seeding import _catalogue
from pages.home.page import create_home


def row(title, *lines, audience="", number=1):
    return block("card", {"title": title, "audience": audience, "lines": items(*lines)}, number)


@shared
def small_course():
    made = make_course(lessons=1)
    rows = [row(f"Thẻ {n}", "Hỏi ba câu.", "Báo ngay.", audience="Người tiếp dân", number=n) for n in range(1, 6)]
    made.module.cards = json.dumps(rows)
    made.module.save()
    return made


@pytest.fixture
def here(cast, client_of):
    return client_of(cast.learner)


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def address(number) -> str:
    return f"/hoc-tap/the/nhan-dien-nan-nhan/11111111-0000-4000-8000-{number:012}/"


def test_the_cards_of_a_course_stand_on_one_page_each_leading_to_its_own(small_course, here):
    html = here.get("/hoc-tap/the/nhan-dien-nan-nhan/").content.decode()
    assert html.count('<article class="card"') == 5
    assert address(3) in html
    assert "Người tiếp dân" in html
    assert "chưa duyệt" in html


def test_a_card_alone_leads_to_those_beside_it(small_course, here):
    html = here.get(address(2)).content.decode()
    assert "<h1>Thẻ 2</h1>" in html
    assert "<li>Báo ngay.</li>" in html
    assert address(1) in html
    assert address(3) in html
    assert here.get(address(9)).status_code == 404


def test_cards_are_no_step_of_the_course(small_course):
    assert [step.title for step in structure(small_course.course).steps] == ["Mục 1", "Bài kiểm tra cuối khóa"]


def test_a_course_without_cards_says_so_and_prints_nothing(here):
    make_course(lessons=1)
    assert "chưa có thẻ nào" in here.get("/hoc-tap/the/nhan-dien-nan-nhan/").content.decode()
    assert here.get("/hoc-tap/the/nhan-dien-nan-nhan/to-in.pdf").status_code == 404


def test_cards_of_a_withdrawn_module_are_gone(small_course, here):
    small_course.module.unpublish()
    assert here.get(address(1)).status_code == 404


def test_five_cards_take_two_sheets_of_a4_and_each_stands_in_its_quarter(small_course, here):
    response = here.get("/hoc-tap/the/nhan-dien-nan-nhan/to-in.pdf")
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    assert len(pages) == 2
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (595, 842)
    said = words_of(response.content)
    assert all(f"Thẻ {n}" in said for n in (1, 2, 3, 4))
    assert "Thẻ 5" in words_of(response.content, 1)


def test_the_fullest_card_that_an_editor_can_write_stays_in_its_quarter(small_course):
    line = "Mười lăm chữ viết dài " * 4 + "đủ trăm chữ"
    cards = [Card(str(n), "Tên thẻ rất dài " * 3, "Người tiếp dân " * 6, (line[:100],) * 8) for n in range(4)]
    pdf = sheets_pdf(structure(small_course.course), cards)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert words_of(pdf).count(line[:100]) == 32


def test_a_line_with_its_own_number_has_no_other_mark(small_course, here):
    lines = ("1. Làm gì?", "2. Bằng cách nào?", "Báo ngay.", "113 khi nguy.")
    small_course.module.cards = json.dumps([row("Ba câu hỏi", *lines)])
    small_course.module.save_revision().publish()
    for path in ("/hoc-tap/the/nhan-dien-nan-nhan/", address(1)):
        html = here.get(path).content.decode()
        assert (
            '<li class="numbered">1. Làm gì?</li><li class="numbered">2. Bằng cách nào?</li><li>Báo ngay.</li>' in html
        )
    for path in ("/hoc-tap/the/nhan-dien-nan-nhan/to-in.pdf", "/hoc-tap/so-tay/nhan-dien-nan-nhan.pdf"):
        said = " ".join(words_of(here.get(path).content, page) for page in range(pages_of(here.get(path).content)))
        assert "1. Làm gì?" in said, path
        assert "• 1." not in said
        assert "• Báo ngay." in said
        assert "• 113 khi nguy." in said


def test_a_ninth_line_and_an_empty_card_are_refused():
    field = ModulePage._meta.get_field("cards")
    for lines in ([f"Dòng {n}" for n in range(9)], []):
        with pytest.raises(ValidationError):
            field.stream_block.clean(field.to_python(json.dumps([row("Thẻ", *lines)])))


def test_a_changed_card_is_a_change_to_approve_and_no_cards_are_none(small_course):
    module = small_course.module
    with_cards = digest_of(module)
    module.cards = json.dumps([row("Thẻ khác", "Hỏi.")])
    changed = digest_of(module)
    module.cards = json.dumps([])
    assert len({with_cards, changed, digest_of(module)}) == 3


def test_the_number_of_queries_does_not_grow_with_cards(small_course, here):
    here.get("/hoc-tap/the/nhan-dien-nan-nhan/")
    with CaptureQueriesContext(connection) as few:
        here.get("/hoc-tap/the/nhan-dien-nan-nhan/")
    small_course.module.cards = json.dumps([row(f"Thẻ {n}", "Hỏi.", number=n) for n in range(1, 30)])
    small_course.module.save()
    here.get("/hoc-tap/the/nhan-dien-nan-nhan/")
    with CaptureQueriesContext(connection) as many:
        here.get("/hoc-tap/the/nhan-dien-nan-nhan/")
    assert len(many) == len(few)


# --- those of the edition


def test_all_34_cards_of_the_files_can_be_saved_by_an_editor():
    field = ModulePage._meta.get_field("cards")
    count, ids = 0, set()
    for course in COURSES:
        for module in modules_of(course):
            rows = card_rows(module["cards"], (course, module["module"]["code"]))
            assert rows == card_rows(module["cards"], (course, module["module"]["code"]))
            field.stream_block.clean(field.to_python(rows))
            ids |= {one["id"] for one in json.loads(rows)}
            count += len(module["cards"])
    assert count == len(ids) == 34


def test_a_module_without_cards_gets_them_once_and_an_editors_choice_stays(db):
    catalogue = _catalogue(create_home())
    list(write_course("luat-moi-2024", catalogue))
    module = ModulePage.objects.get()
    assert [one.value["title"] for one in module.cards] == ["Cũ và mới, một tờ"]
    # as the edition came before there were cards
    module.cards = json.dumps([])
    module.save()
    list(write_course("luat-moi-2024", catalogue))
    module = ModulePage.objects.get()
    assert len(module.cards) == 1
    module.cards = json.dumps([])
    module.save_revision().publish()
    list(write_course("luat-moi-2024", catalogue))
    assert not ModulePage.objects.get().cards

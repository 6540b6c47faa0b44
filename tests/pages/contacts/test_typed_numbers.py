"""A number to call is chosen from the confirmed contacts; one that is typed into a text is found and refused.
Beside the examples here are those of `typed_numbers.examples`.
"""

from pathlib import Path
from random import Random

import pytest
from django.urls import reverse
from editor_forms import sent
from factories import make_page
from numbers_called import public_contact
from sharing import shared

from pages.contacts.typed_numbers import home, numbers_in, texts_of_row
from pages.home.page import create_home
from pages.texts import TextPage

LINES = (Path(__file__).parent / "typed_numbers.examples").read_text(encoding="utf-8").splitlines()
EXAMPLES = [tuple(line.split(" | ", 1)) for line in LINES if line and line[0] != "#"]
NUMBERS = [
    ("Gọi 0905 123 456 khi cần", ["0905 123 456"]),
    ("gọi 0905.123.456.", ["0905.123.456"]),
    ("ĐT: 0905-123-456", ["0905-123-456"]),
    ("(0236) 3 847 111", ["0236) 3 847 111"]),
    ("+84 (0)236 3847111", ["+84 (0)236 3847111"]),
    ("+84 981 84 84 84", ["+84 981 84 84 84"]),
    ("84905123456", ["84905123456"]),
    ("Tổng đài 1800 1581 hoặc 19001234", ["1800 1581", "19001234"]),
    ("đường dây nóng 1022", ["1022"]),
    ("Hãy gọi số 112 ngay", ["112"]),
    ('<p>Hãy <a href="tel:0905123456">gọi</a></p>', ["0905123456"]),
    ("<p>0905&nbsp;123&nbsp;456</p>", ["0905\u00a0123\u00a0456"]),
    ("Nhắn Zalo 0905123456", ["0905123456"]),
    ("0905–123–456; 0236 – 3847 – 111", ["0905–123–456", "0236 – 3847 – 111"]),
    ("0905 - 123 - 456", ["0905 - 123 - 456"]),
    ("0905\u202f123\u202f456", ["0905\u202f123\u202f456"]),
    ("0905\u200b123\u200b456", ["0905123456"]),
    ("ĐT０９０５ １２３ ４５６", ["０９０５ １２３ ４５６"]),
    ("0905·123·456", ["0905·123·456"]),
    ("zalo0905123456", ["0905123456"]),
    ("từ nước ngoài 0084 905 123 456", ["0084 905 123 456"]),
    ("0905123456 hoặc 0914123456", ["0905123456", "0914123456"]),
    ("ĐT 0905/123/456, máy bàn 0235/3.852.123", ["0905/123/456", "0235/3.852.123"]),
    ("0905.123.456/0914.123.456", ["0905.123.456", "0914.123.456"]),
    ("O9O5/123/456", ["0905123456"]),
    ("gọi 112/1022 hoặc 1800/1581", ["112", "1022", "1800/1581"]),
]
NONE = [
    "Ngày 30/7/2026, 30-07-2026, 30.07.2026 8.30, 03.07.2025 08:30",
    "01–07–2026, 01 – 07 – 2026, 03–07–2025 08:30, 1900 – 1945, 1900–1945–54, 2026 – 2030",
    "12 – 14 giờ, 18 – 22 tuổi, từ 1.000.000 – 2.000.000 đồng, mã CV0905123456",
    "từ 2026–2030, 1900-1945, năm 2025 2026 2027",
    "Điều 27 khoản 1 Luật 53/2024/QH15; Nghị định 162/2025/NĐ-CP; Quyết định 793/QĐ-TTg",
    "72 giờ, 24/7, 18 tuổi, 12–14 giờ một ngày, 45 phút",
    "1.900.000 đồng, 18 001 581 đồng, 500.000.000 đồng, 1900000 người",
    "số căn cước 048190001234, mã 00123, 20455",
    "gọi 111 người, gọi 150 hộ, gọi 2 lần, gọi cho 3 người",
    "1. Ai mời? 2. Công ty? 3. Giấy tờ?",
    "https://chinhphu.vn/van-ban/0905123456",
    "90,5 %; 1234567; ISBN 978-604-1234",
]


@pytest.mark.parametrize(("text", "found"), NUMBERS)
def test_a_number_to_call_is_found_however_it_is_written(text, found):
    assert list(numbers_in(text)) == found


@pytest.mark.parametrize("text", NONE)
def test_days_years_laws_sums_and_counts_are_no_telephones(text):
    assert list(numbers_in(text)) == []


@pytest.mark.parametrize(("kind", "text"), EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))])
def test_a_written_example(kind, text):
    assert ("number" if list(numbers_in(text)) else "none") == kind


def test_there_are_sixty_examples_of_both_kinds():
    assert min(sum(kind == one for kind, _text in EXAMPLES) for one in ("number", "none")) >= 60


def test_days_years_laws_and_houses_beside_each_other_never_make_a_number():
    draw = Random(23)
    number = draw.randint
    kinds = [
        lambda: f"{number(1, 31):02d}/{number(1, 12):02d}/{number(2020, 2027)}",
        lambda: f"{number(1, 31)}.{number(1, 12)}.{number(20, 27)}",
        lambda: f"{number(0, 23):02d}.{number(0, 59):02d}",
        lambda: f"0{number(1, 99)}/{number(1990, 2026)}/NĐ-CP",
        lambda: f"{number(1, 400)}/{number(1, 90)}/{number(1, 90)} đường 3/2",
        lambda: f"{number(1, 999)}.{number(100, 999)}.{number(100, 999)}/{number(1, 9)}.000.000 đồng",
        lambda: "/".join(str(number(1945, 2030)) for _ in range(3)),
    ]
    for _ in range(400):
        text = draw.choice([" ", ", ", "-", " – ", "; ", " đến "]).join(draw.choice(kinds)() for _ in range(3))
        assert list(numbers_in(f"Từ {text}")) == [], text


def test_a_number_is_the_same_from_abroad_and_at_home():
    ways = ("0905 123 456", "+84 905 123 456", "+84 (0)905123456", "84905123456", "0084905123456")
    assert {home(one) for one in ways} == {"0905123456"}
    assert home("1800 1581") == "18001581"


# --- at publishing


@shared
def text_page(cast):
    page = make_page(create_home(), TextPage, "Hỏi ai", slug="hoi-ai", body=[("text", "<p>Hỏi xã.</p>")])
    page.cast = cast
    return page


def answer_to(client_of, page, *, publish=True, **typed):
    page = TextPage.objects.get(pk=page.pk)
    manager = page.get_parent() and typed.pop("by")
    form = TextPage.get_edit_handler().get_form_class()(instance=page, parent_page=page.get_parent(), for_user=manager)
    data = sent(form, **typed) | ({"action-publish": "1"} if publish else {})
    return client_of(manager).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def test_a_typed_number_is_refused_at_publishing_and_kept_in_a_draft(text_page, client_of):
    by = text_page.cast.manager
    answer = answer_to(client_of, text_page, by=by, intro="Gọi 0905 123 456")
    (said,) = answer.context["form"].non_field_errors()
    assert "“0905 123 456”" in said
    assert "Số liên hệ" in said
    assert answer_to(client_of, text_page, by=by, intro="Gọi 0905 123 456", publish=False).status_code == 302
    assert TextPage.objects.get(pk=text_page.pk).intro == ""


def test_a_confirmed_number_and_one_that_is_live_already_are_published(text_page, client_of):
    by = text_page.cast.manager
    public_contact(number="+84 905 123 456")
    assert answer_to(client_of, text_page, by=by, intro="Gọi 0905 123 456 hay 111").status_code == 302
    TextPage.objects.filter(pk=text_page.pk).update(intro="Gọi 0914 000 111")
    assert answer_to(client_of, text_page, by=by, title="Hỏi ai đây").status_code == 302
    assert answer_to(client_of, text_page, by=by, sources="Tổng đài 1900 9999").status_code == 200


def test_what_a_page_says_is_read_and_where_it_stands_is_not(text_page):
    texts = list(texts_of_row(text_page))
    assert "<p>Hỏi xã.</p>" in texts
    assert "Hỏi ai" in texts
    assert text_page.path not in texts
    assert text_page.slug not in texts


@pytest.mark.parametrize("piece", ["<" * 300_000, "gọi" + " " * 300_000, "gọi số " * 40_000, "0905/" * 60_000])
def test_a_text_of_signs_alone_is_read_in_no_time(piece):
    # with an unbounded pattern this takes minutes
    assert list(numbers_in(piece)) == []

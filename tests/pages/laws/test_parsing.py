"""What of the law a text cites: documents, articles, clauses and points, as Vietnamese texts write them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.laws.known import KNOWN, title_of
from pages.laws.parsing import Citation, citations

NEW, OLD, AMENDING = "53/2024/QH15", "66/2011/QH12", "86/2025/QH15"


def cited(text):
    """As "document|article|clause|point", without what is empty at the end."""
    found = citations(text)
    return ["|".join((one.document, one.article, one.clause, one.point)).rstrip("|") for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # one article
        ("Điều 37 Luật 53/2024/QH15", [f"{NEW}|37"]),
        ("Luật 53/2024/QH15, Điều 37", [f"{NEW}|37"]),
        ("điều 37 luật 53/2024/QH15", [f"{NEW}|37"]),
        ("ĐIỀU 37 LUẬT 53/2024/QH15", [f"{NEW}|37"]),
        ("Điều 37 của Luật số 53/2024/QH15", [f"{NEW}|37"]),
        ("Luật Phòng, chống mua bán người số 53/2024/QH15, Điều 3", [f"{NEW}|3"]),
        ("Điều 12 Nghị định 09/2019/NĐ-CP", ["09/2019/NĐ-CP|12"]),
        ("Nghị định số 09/2019/NĐ-CP (Điều 12)", ["09/2019/NĐ-CP|12"]),
        ("Điều 16 Thông tư 02/2026/TT-BNG", ["02/2026/TT-BNG|16"]),
        ("Quyết định 793/QĐ-TTg", ["793/QĐ-TTg"]),
        ("Luật 53/2024/QH15", [NEW]),
        # clauses and points, in both orders
        ("khoản 2 Điều 15 Luật 53/2024/QH15", [f"{NEW}|15|2"]),
        ("Điều 15 khoản 2 Luật 53/2024/QH15", [f"{NEW}|15|2"]),
        ("Luật 53/2024/QH15, Điều 2 khoản 1", [f"{NEW}|2|1"]),
        ("Khoản 2, Điều 15, Luật 53/2024/QH15", [f"{NEW}|15|2"]),
        ("khoản 2 của Điều 15 Luật 53/2024/QH15", [f"{NEW}|15|2"]),
        ("điểm c khoản 1 Điều 37 Luật 53/2024/QH15", [f"{NEW}|37|1|c"]),
        ("Điều 37 khoản 1 điểm c Luật 53/2024/QH15", [f"{NEW}|37|1|c"]),
        ("Luật 53/2024/QH15 Điều 7 khoản 3 điểm đ", [f"{NEW}|7|3|đ"]),
        ("Điều 7 điểm d khoản 3 Luật 53/2024/QH15", [f"{NEW}|7|3|d"]),
        ("Điều 7 khoản 6a Luật Trợ giúp pháp lý 2017 (bổ sung bởi Luật 53/2024/QH15)", ["11/2017/QH14|7|6a", NEW]),
        ("Điều 12a Luật 53/2024/QH15", [f"{NEW}|12a"]),
        # lists
        ("Điều 4, 5 và 6 Luật 53/2024/QH15", [f"{NEW}|{n}" for n in (4, 5, 6)]),
        ("các Điều 4, 5 và 6 của Luật 53/2024/QH15", [f"{NEW}|{n}" for n in (4, 5, 6)]),
        ("Điều 4 đến 7 Luật 53/2024/QH15", [f"{NEW}|{n}" for n in (4, 5, 6, 7)]),
        ("Điều 26–28 Nghị định 56/2017/NĐ-CP", [f"56/2017/NĐ-CP|{n}" for n in (26, 27, 28)]),
        ("Nghị định 56/2017/NĐ-CP, Điều 26, 31, 32", [f"56/2017/NĐ-CP|{n}" for n in (26, 31, 32)]),
        ("Luật 53/2024/QH15, Điều 27 khoản 1, 2", [f"{NEW}|27|1", f"{NEW}|27|2"]),
        ("khoản 1 và 2 Điều 27 Luật 53/2024/QH15", [f"{NEW}|27|1", f"{NEW}|27|2"]),
        ("điểm a, b khoản 1 Điều 27 Luật 53/2024/QH15", [f"{NEW}|27|1|a", f"{NEW}|27|1|b"]),
        # several documents
        (
            "Luật 53/2024/QH15, Điều 3 khoản 10; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 9",
            [f"{NEW}|3|10", "91/2025/QH15|9"],
        ),
        ("Luật Trẻ em 2016, Điều 51; Luật 53/2024/QH15, Điều 2 khoản 1", ["102/2016/QH13|51", f"{NEW}|2|1"]),
        ("Luật 53/2024/QH15, Điều 3, Luật Trẻ em, Điều 51", [f"{NEW}|3", "102/2016/QH13|51"]),
        ("Nghị định 56/2017/NĐ-CP, Điều 25, 31; Luật 53/2024/QH15, Điều 27",
         ["56/2017/NĐ-CP|25", "56/2017/NĐ-CP|31", f"{NEW}|27"]),
        ("Điều 3 Luật 53/2024/QH15 và Điều 51 Luật Trẻ em 102/2016/QH13", [f"{NEW}|3", "102/2016/QH13|51"]),
        ("Bộ luật Tố tụng hình sự 2015, Điều 144 khoản 4, Điều 145 khoản 1",
         ["101/2015/QH13|144|4", "101/2015/QH13|145|1"]),
        ("Luật 53/2024/QH15, nguyên tắc phòng, chống mua bán người; Điều 32 khoản 1", [f"{NEW}|32|1"]),
        ("Luật 53/2024/QH15, Điều 3\nLuật 53/2024/QH15, Điều 37", [f"{NEW}|3", f"{NEW}|37"]),
        ("Điều 3\nLuật 53/2024/QH15", ["|3", NEW]),
        # what amends
        ("Điều 27 khoản 1 Luật 53/2024/QH15, sửa bởi Luật 86/2025/QH15", [f"{NEW}|27|1", AMENDING]),
        ("Điều 27 Luật 53/2024/QH15, sửa bởi Luật 86/2025/QH15; Điều 61 (trợ giúp pháp lý)",
         [f"{NEW}|27", AMENDING, f"{NEW}|61"]),
        ("Luật 53/2024/QH15, Điều 27 khoản 2, sửa bởi Luật 86/2025/QH15", [f"{NEW}|27|2", AMENDING]),
        # by name
        ("Điều 51 khoản 1 Luật Trẻ em 102/2016/QH13", ["102/2016/QH13|51|1"]),
        ("Điều 150 Bộ luật Hình sự", ["100/2015/QH13|150"]),
        ("Luật Phòng, chống mua bán người 2011, Điều 4", [f"{OLD}|4"]),
        ("[L2024 Điều 3 khoản 9]; [KH2024 mục V.7]", [f"{NEW}|3|9"]),
        ("[L86 – Điều 27 khoản 1]", [f"{AMENDING}|27|1"]),
        # no document of ours
        ("Điều 5", ["|5"]),
        ("Nghị định thư của Liên hợp quốc, Điều 3 (b), (c), (d)", ["|3"]),
        ("Theo Luật 53/2024/QH15. Điều 5 ở đây là của nội quy.", [NEW, "|5"]),
        ("Luật 53/2024/QH15 và Công ước về quyền trẻ em, Điều 34", [NEW, "|34"]),
        ("Luật 53/2024/QH15, Điều 3; Luật Hộ tịch 2014, Điều 17", [f"{NEW}|3", "|17"]),
        ("Bộ luật Lao động 2019, Điều 17 khoản 1 và 3", ["45/2019/QH14|17|1", "45/2019/QH14|17|3"]),
        # nothing
        ("Gọi 111 trong 24/7, ngày 30/7, trước 15/12/2026", []),
        ("điều này, điều kiện 5 phút, khoản tiền 2 triệu", []),
        ("WHO 2003, nguyên tắc 5, 6, 7", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_a_text_cites(text, expected):
    assert cited(text) == expected


def test_each_article_stands_once_and_in_the_order_of_the_text():
    text = "Điều 9 Luật 53/2024/QH15, rồi Điều 3 Luật 53/2024/QH15, lại Điều 9 Luật 53/2024/QH15."
    assert cited(text) == [f"{NEW}|9", f"{NEW}|3"]


def test_the_words_of_a_citation_can_be_found_again():
    text = "Xem khoản 2 Điều 15 Luật 53/2024/QH15."
    [found] = citations(text)
    assert text[found.start : found.end] == "khoản 2 Điều 15"


def test_a_text_with_marks_apart_is_read_as_one_without():
    assert cited(unicodedata.normalize("NFD", "khoản 2 Điều 15 Luật 53/2024/QH15")) == [f"{NEW}|15|2"]


def test_documents_are_shown_by_name_or_by_their_kind_and_number():
    assert title_of(NEW) == "Luật Phòng, chống mua bán người"
    assert title_of("12/2030/NĐ-CP") == "Nghị định 12/2030/NĐ-CP"
    assert title_of("12/2030/QH16") == "Luật 12/2030/QH16"
    assert title_of("5/XY-Z") == "5/XY-Z"
    assert title_of("06/2018/TTLT-BCA") == "Thông tư liên tịch 06/2018/TTLT-BCA"
    assert len({one.number for one in KNOWN}) == len(KNOWN)


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    for one in citations(text):
        assert 0 <= one.start < one.end
        assert one.document or one.article


@given(
    st.sampled_from(KNOWN),
    st.integers(1, 400),
    st.integers(1, 30),
    st.sampled_from(
        ["khoản {c} Điều {a} {d}", "Điều {a} khoản {c} {d}", "{d}, Điều {a} khoản {c}", "{d} (Điều {a} khoản {c})"]
    ),
)
def test_whatever_the_order_the_same_article_is_meant(document, article, clause, order):
    text = order.format(a=article, c=clause, d=f"Luật số {document.number}")
    [found] = citations(text)
    assert found == Citation(document.number, str(article), str(clause), "", found.start, found.end)


def test_a_long_text_is_read_in_time_that_grows_with_its_length():
    """No pattern tries the same letters over and over."""
    assert len(citations("Điều 1, 2, " * 3000)) == 2
    assert citations("khoản 1, " * 5000) == []
    assert citations("điểm a, " * 5000) == []

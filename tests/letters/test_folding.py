"""Two foldings: same spelling says who is meant, search finds; the first never drops a mark."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.folding import marked, searched, spelled, visible
from letters.order import name_order

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyƀ"
TONES = "\u0300\u0309\u0303\u0301\u0323"
# what a keyboard, a web page or Word puts into a code or a name
LETTERS_ST = st.sampled_from(LETTERS + LETTERS.upper() + "ÐðƉ01OlI–-‑\u00a0 .'’СВсвＣＢ" + TONES)
TEXTS = st.text(LETTERS_ST, max_size=12)


# --- same spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ĐN-001", "đn-001"),
        ("Đặng Đào", "Ðặng Ðào"),
        ("Đặng Đào", "ðặng Ɖào"),
        ("Đặng", "D\u0335ặng"),
        ("Hoà Thuỷ Khoẻ Toàn Quý", "Hòa Thủy Khỏe Tòan Qúy"),
        ("Nguyễn", unicodedata.normalize("NFD", "NGUYỄN")),
        ("Nguyễn", "Nguye\u0303\u0302n"),
        ("CB77", "СВ77"),
        ("CB77", "ＣＢ７７"),
        ("CB77", "C\u039277"),
        ("CB77", "\u200eCB\u200b7\u20687\u2069\ufeff"),
        ("CB77", "C\u00adB\u034f7\ufe0f7"),
        ("ĐN-001", "ĐN–001"),
        ("ĐN-001", "ĐN‑001"),
        ("ĐN-001", "ĐN−001"),
        ("ĐN 001", " ĐN\u00a0\u2003001\u3000"),
        ("Tr'Hy", "Tr’hy"),
        ("Tr'Hy", "TRʼHY"),
        ("CB77", "CB๗໗"),
    ],
)
def test_what_is_spelled_alike_is_the_same(one, other):
    assert spelled(one) == spelled(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ĐN", "DN"),
        ("Ðặng", "Dặng"),
        ("Hà", "Hạ"),
        ("Hà", "Ha"),
        ("Hân", "Hăn"),
        ("O", "0"),
        ("l", "1"),
        ("I", "1"),
        ("l", "I"),
        ("00123", "123"),
        ("ĐN-001", "ĐN001"),
        ("ĐN-001", "ĐN 001"),
        ("Lý", "Lí"),
        ("Ápro", "Apró"),
        ("Ƀling", "Bling"),
    ],
)
def test_what_differs_in_a_letter_a_mark_or_a_digit_is_not(one, other):
    assert spelled(one) != spelled(other)


@given(TEXTS)
def test_case_composition_and_what_nobody_sees_change_no_spelling(text):
    same = spelled(text)
    assert spelled(same) == same
    for form in ("NFC", "NFD"):
        assert spelled(unicodedata.normalize(form, text)) == same
    assert spelled(text.upper()) == spelled(text.lower()) == same
    assert spelled("\u200e".join(text)) == same
    assert spelled(f" \u2066{text}\u2069\u00a0") == same


@given(
    st.sampled_from("bcđghklmnqt"), st.sampled_from(["oa", "oe", "uy", "uê", "ươ", "ia", "uyê"]), st.sampled_from(TONES)
)
def test_a_tone_may_stand_on_any_vowel_of_its_syllable(first, vowels, tone):
    placed = {spelled(first + vowels[:at] + tone + vowels[at:] + "n") for at in range(1, len(vowels) + 1)}
    assert len(placed) == 1
    assert spelled(first + vowels + "n") not in placed


@given(TEXTS, TEXTS)
def test_the_same_spelling_is_found_by_the_same_search_and_stands_at_one_place(one, other):
    if spelled(one) == spelled(other):
        assert searched(one) == searched(other)
        assert name_order(one) == name_order(other)


def test_what_is_stored_lacks_only_what_nobody_sees():
    assert visible(" \u200eÐN–001\u00a0 \u2066x\u2069\ufeff ") == "ÐN–001 x"
    assert visible(unicodedata.normalize("NFD", "Hoà")) == "Hoà"
    assert visible("a\x00b\tc\n") == "a b c"


# --- search


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("MUA BÁN NGƯỜI", "mua ban nguoi"),
        (unicodedata.normalize("NFD", "MUA BÁN NGƯỜI"), "mua ban nguoi"),
        ("đường dây nóng", "duong day nong"),
        ("Ðại Lộc", "dai loc"),
        ("hoà, HÒA; hoa", "hoa hoa hoa"),
        ("Tr'Hy Tr’Hy Trʼhy tr‘hy", "trhy trhy trhy trhy"),
        ("ƀă Kuô̆k Thươ̆ng", "ba kuok thuong"),
        ("30/7 – <b>111</b>", "30 7 b 111 b"),
        ("ເປັນທາດ ແລະ", "ເປັນທາດ ແລະ"),
        ('"chưa đóng', "chua dong"),
        ("  \u200b\u00ad ", ""),
    ],
)
def test_one_search_for_every_spelling(typed, found):
    assert searched(typed) == found
    assert searched(searched(typed)) == searched(typed)


def test_marks_count_but_their_place_does_not():
    assert marked("hoà") == marked("hòa") == marked(unicodedata.normalize("NFD", "HOÀ"))
    assert marked("thuý") == marked("thúy")
    assert len({marked(word) for word in ("ban", "bán", "bạn", "bàn")}) == 4

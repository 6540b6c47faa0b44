"""Cutting into sentences loses nothing, and each sentence stays itself when its neighbours change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.sentences import aligned, cut, joined, known_among


def texts(text):
    return [piece.text for piece in cut(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("  \n ", []),
        ("Việc nhẹ, lương cao? Hỏi cho rõ đã.", ["Việc nhẹ, lương cao?", "Hỏi cho rõ đã."]),
        ("Một dòng\nHai dòng", ["Một dòng", "Hai dòng"]),
        ("Một dòng.\r\n\r\nHai dòng", ["Một dòng.", "Hai dòng"]),
        ("“Không phải đóng tiền.” “Đi đường tắt.”", ["“Không phải đóng tiền.”", "“Đi đường tắt.”"]),
        ("Ai? \r\nTa.", ["Ai?", "Ta."]),
        ("Gọi 111. 113 khi nguy hiểm.", ["Gọi 111.", "113 khi nguy hiểm."]),
        ("Chờ đã… rồi hãy đi. Đi sau.", ["Chờ đã… rồi hãy đi.", "Đi sau."]),
        ("Ở TP. Đà Nẵng có ThS. Lan. Hỏi chị.", ["Ở TP. Đà Nẵng có ThS. Lan.", "Hỏi chị."]),
        ("1. Hỏi công ty. Hỏi đường.\nA. Người dẫn", ["1. Hỏi công ty.", "Hỏi đường.", "A. Người dẫn"]),
        ("Chuyện của anh B. Anh ở lại.", ["Chuyện của anh B.", "Anh ở lại."]),
        ("12.500.000 đồng", ["12.500.000 đồng"]),
        ("Ƀa qua. Ơ̆ zo.", ["Ƀa qua.", "Ơ̆ zo."]),
    ],
)
def test_where_a_sentence_ends(text, sentences):
    assert texts(text) == sentences


@given(st.text(alphabet=st.sampled_from(list("aAĐ1 .?!…“”\"'()\n\r\t-ô\u0306")), max_size=60))
def test_cutting_loses_nothing(text):
    assert joined(cut(text)) == text.lstrip()
    assert all(piece.text == piece.text.strip() for piece in cut(text))


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ("abc", "abc", [0, 1, 2]),
        (["một"], [], []),
        (["một hai ba", "bốn"], ["một hai sáu", "bốn"], [0, 1]),
        (["một"], ["khác hẳn"], [0]),
        (["a b c d", "e"], ["mới hẳn ra", "a b c x", "e"], [None, 0, 1]),
        ("abc", "cab", [2, 0, 1]),
        ("ab", "axb", [0, None, 1]),
        ("abc", "ac", [0, 2]),
        ("aa", "aab", [0, 1, None]),
    ],
)
def test_which_sentence_is_which(before, now, found):
    assert aligned(list(before), list(now)) == found


@given(st.lists(st.sampled_from("abcd"), max_size=7), st.lists(st.sampled_from("abcde"), max_size=7))
def test_no_sentence_is_taken_twice(before, now):
    places = [place for place in aligned(before, now) if place is not None]
    assert len(places) == len(set(places))
    assert all(0 <= place < len(before) for place in places)
    assert aligned(before, before) == list(range(len(before)))


def test_what_is_still_the_first_language_is_told_from_the_rest():
    told = known_among("Zô qua. Gọi 111.\nZa?", {"Gọi 111."})
    assert [(piece.text, is_known) for piece, is_known in told] == [
        ("Zô qua.", False),
        ("Gọi 111.", True),
        ("Za?", False),
    ]

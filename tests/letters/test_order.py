"""The order of a Vietnamese dictionary, and of people by given name."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.order import initial, name_order, order

NAMES = st.lists(st.text("aàạăâbdđeênoôơ", min_size=1, max_size=4), min_size=1, max_size=3)


@pytest.mark.parametrize(
    "listed",
    [
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["an", "ăn", "ân", "ba", "ca", "da", "đa", "em", "êm"],
        ["on", "ôn", "ơn", "un", "ưn"],
        ["đa", "đa nghi", "đà", "đe"],
        ["ca dao", "cà phê", "cá", "cam"],
        ["dụ dỗ", "đồng thuận", "ép buộc", "sang chấn"],
        ["ba", "ƀă", "ca"],
        ["7", "72 giờ", "ai"],
    ],
)
def test_words_stand_as_in_a_dictionary(listed):
    mixed = random.Random(1).sample(listed, len(listed))
    assert sorted(mixed, key=order) == listed


def test_a_word_stands_under_its_first_letter():
    words = ("ép", "ếch", "Đồng", "Ðồng", "ứng", "72 giờ", "")
    assert [initial(word) for word in words] == ["E", "Ê", "Đ", "Đ", "Ư", "#", "#"]


def test_people_stand_by_given_name_then_by_family_and_middle_names():
    listed = [
        "Zơrâm Thị An",
        "Đặng Văn Bảo",
        "Bling",
        "nguyễn thị chi",
        "Âu Văn Dung",
        "Alăng Đức",
        "Ông Thị Yến",
    ]
    assert sorted(random.Random(1).sample(listed, len(listed)), key=name_order) == listed


@pytest.mark.parametrize(
    "listed",
    [
        ["Lê Thị Hà", "Nguyễn Hà", "Bùi Hạ", "Bùi Hai"],
        ["An", "Bùi An", "Bùi Thị An", "Bùi Văn An", "Đỗ An", "Bùi Ăn", "Bùi Ân"],
        ["Dũng", "Đào", "Em"],
    ],
)
def test_tones_and_letters_of_the_given_name_come_before_the_family_name(listed):
    assert sorted(random.Random(1).sample(listed, len(listed)), key=name_order) == listed


@given(NAMES, NAMES)
def test_the_key_orders_as_the_dictionary_does(one, other):
    by_words = [(order(words[-1]), order(" ".join(words[:-1]))) for words in (one, other)]
    by_key = [name_order(" ".join(words)) for words in (one, other)]
    assert (by_words[0] < by_words[1]) == (by_key[0] < by_key[1])


def test_the_key_is_of_digits_alone_so_that_every_collation_agrees():
    assert name_order("Tr’Hy ƀling-2 (Ông)").isdigit()
    assert name_order("  ") == ""

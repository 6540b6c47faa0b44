"""How long a lesson takes: worked by hand from the formula of the content's README."""

import pytest
from bodies import block, items

from courses.content.reading import Reading, is_off, reading_of, syllables


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Nghe xong, tự hỏi ba câu.", 6),
        ("<p>Hỏi <b>từng</b></p><p>câu một</p>", 4),
        ("a&nbsp;b &amp; c", 3),
        ("mô-đun 1.3", 3),
        ("“Chị muốn nói gì?”", 4),
    ],
)
def test_a_syllable_is_a_written_word(text, count):
    assert syllables(text) == count


def test_all_options_are_read_and_the_longest_answer():
    decision = {
        "ask": "một hai ba",
        "options": items(
            {"text": "bốn năm", "verdict": "best", "consequence": "sáu", "remark": "bảy"},
            {"text": "tám", "verdict": "harmful", "consequence": "chín mười", "remark": "mười một"},
        ),
    }
    # 3 + 2 + 1 and the longer answer, 4
    assert reading_of((), [block("decision", decision)]) == Reading(10, 1)


def test_right_is_read_where_it_is_words_and_not_where_it_is_a_mark():
    say = {"right": items("một hai"), "wrong": items("ba"), "because": "bốn"}
    check = {"ask": "một", "options": items({"text": "hai", "right": True, "feedback": "ba bốn"})}
    assert reading_of((), [block("say", say), block("check", check)]) == Reading(4 + 4, 1)


def test_ids_addresses_and_words_for_who_cannot_see_are_not_read():
    law = {"quote": "một", "article": "Điều 2", "plain": "", "source": "", "url": "https://vanban.vn/a"}
    picture = {"scene": "clinic", "image": None, "alt": "Trạm y tế", "caption": "một"}
    assert reading_of(("Tên bài",), [block("law", law), block("picture", picture)]) == Reading(2 + 3 + 1, 0)


@pytest.mark.parametrize(
    ("read", "choices", "minutes"),
    # 360 / 180 = 2; 361 / 180 = 2.006; 540 / 180 + 3 × 0.7 = 5.1; an empty lesson takes one
    [(360, 0, 2), (361, 0, 3), (540, 3, 6), (0, 0, 1), (0, 10, 7)],
)
def test_minutes_are_rounded_up(read, choices, minutes):
    assert Reading(read, choices).minutes == minutes


@pytest.mark.parametrize(("minutes", "proposed", "off"), [(8, 6, False), (9, 6, True), (4, 6, False), (3, 6, True)])
def test_off_is_more_than_a_third(minutes, proposed, off):
    assert is_off(minutes, proposed) == off

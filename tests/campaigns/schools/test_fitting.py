"""How large the letters of a printed card are, and what becomes of dots and boxes."""

import pytest

from campaigns.schools.blocks.sheets import SheetBlock, size_of
from campaigns.schools.fitting import SIZES, size_filling
from campaigns.schools.lines import with_lines


def test_few_words_are_large_and_many_are_small_but_never_less_than_may_be_read():
    sizes = [size_filling("<p>" + "chữ trên thẻ " * n + "</p>", 79, 56) for n in (1, 4, 10, 30, 200)]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (SIZES[-1], SIZES[0])


def test_a_long_word_stays_within_the_card():
    assert size_filling("<p>nghiengnghiengnghieng</p>", 79, 56) < size_filling("<p>nghieng nghieng</p>", 79, 56)


def test_paragraphs_take_lines_of_their_own():
    assert size_filling("<p>a</p>" * 8, 79, 56) < size_filling("<p>a a a a a a a a</p>", 79, 56)


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("<p>Em hứa: ☐ một ☐ hai</p>", "<p>Em hứa:<br>☐ một<br>☐ hai</p>"),
        ("<p>☐ một</p>", "<p>☐ một</p>"),
        ("<p>Ai? ............</p>", '<p>Ai? <span class="fill"></span></p>'),
        ("<p>ngày ....../......</p>", "<p>ngày ....../......</p>"),
    ],
)
def test_boxes_begin_a_line_and_dots_become_one(words, printed):
    assert with_lines(words) == printed


def test_what_is_to_be_written_on_keeps_its_letters():
    face = SheetBlock().child_blocks["front"]
    said = face.to_python([{"type": "words", "value": "<p><b>111</b></p>"}])
    asked = face.to_python([{"type": "words", "value": "<p>Ai? ............</p>"}])
    assert size_of(said, "pupil", "4") == SIZES[-1]
    assert size_of(asked, "pupil", "4") is None
    assert size_of(said, "teacher", "1") is None

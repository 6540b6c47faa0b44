"""The wording that an office edits: placeholders are checked, each group of a section is told in turn."""

from datetime import date

import pytest

from courses.annual.wording import Block, problems, said, shown, starter
from people.annual_sections import Offered, sections

DAY = date(2026, 12, 14)
OFFERED = [
    Offered("tap_huan", "Tập huấn", 10, {"yeu_cau": "tên", "phai": "số"}, ("# Một", "{tap_huan.phai} người."), None),
    Offered("khac", "Khác", 20, {"so": "số"}, (), None),
]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Có {tap_huan.phia} người", "{tap_huan.phia}"),
        ("Năm {nam", "Dòng 1"),
        ("\nCó } người", "Dòng 2"),
        ("{tap_huan.phai} và {khac.so}", "hai phần"),
        ("UBND huyện Tây Giang", "huyện"),
        ("các Quận, phường", "Quận"),
    ],
)
def test_what_is_wrong_is_named(text, says):
    assert [says in line for line in problems(text, OFFERED, DAY)] == [True]


def test_a_text_of_a_day_before_the_reform_may_name_districts():
    assert problems("UBND huyện Tây Giang", OFFERED, date(2025, 6, 30)) == []


def test_the_starter_wording_has_nothing_wrong():
    assert problems(starter(sections()), sections(), DAY) == []


def test_lines_of_a_section_are_said_of_each_group_and_its_notes_cannot_be_left_out():
    text = "# Chung\nNăm {nam}.\n# Kết quả\n{tap_huan.yeu_cau}:\n- {tap_huan.phai} người\nHết."
    groups = [({"yeu_cau": "A", "phai": "3"}, ("Chú ý.",)), ({"yeu_cau": "B", "phai": "4"}, ())]
    assert list(said(text, {"nam": "2026"}, {"tap_huan": groups})) == [
        Block("heading", "I. Chung"),
        Block("p", "Năm 2026."),
        Block("heading", "II. Kết quả"),
        Block("p", "A:"),
        Block("dash", "- 3 người"),
        Block("p", "Chú ý."),
        Block("p", "B:"),
        Block("dash", "- 4 người"),
        Block("p", "Hết."),
    ]


def test_smaller_headings_count_anew_under_each_heading():
    blocks = [block.text for block in said("# A\n## a\n## b\n# B\n## c", {}, {})]
    assert blocks == ["I. A", "1. a", "2. b", "II. B", "1. c"]


def test_a_value_that_looks_like_a_placeholder_stays_text():
    groups = [({"yeu_cau": "{nam} # {"}, ())]
    assert [block.text for block in said("{tap_huan.yeu_cau}", {"nam": "2026"}, {"tap_huan": groups})] == ["{nam} # {"]


@pytest.mark.parametrize(
    ("value", "starred", "sign", "text"),
    [(None, False, "", "–"), (1234, False, "", "1.234"), (83.3, False, " %", "83,3 %"), (100.0, True, " %", "100 % *")],
)
def test_numbers_are_written_as_offices_here_write_them(value, starred, sign, text):
    assert shown(value, starred, sign) == text

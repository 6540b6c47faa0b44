"""Which texts tell who somebody is, by written examples (`identifying.examples`), and how the work grows."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest

from letters.identifying import CERTAIN, Sign, certain_in, findings_in, without
from letters.identifying.finding import Finding

LINES = (Path(__file__).parent / "identifying.examples").read_text(encoding="utf-8").splitlines()
EXAMPLES = [tuple(part.strip() for part in line.split("|", 1)) for line in LINES if line and line[0] != "#"]


def expected(signs: str) -> list[str]:
    return sorted([] if signs == "none" else re.split(r" \+ ", signs))


@pytest.mark.parametrize(("signs", "text"), EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))])
def test_a_written_example(signs, text):
    assert sorted({found.sign.value for found in findings_in(text)}) == expected(signs)


def test_there_are_sixty_of_both_kinds():
    told = [signs for signs, _text in EXAMPLES if signs != "none"]
    assert len(told) >= 60
    assert len(EXAMPLES) - len(told) >= 40
    assert {sign for signs in told for sign in expected(signs)} == {sign.value for sign in Sign}


@pytest.mark.parametrize(("signs", "text"), EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))])
def test_taken_apart_letters_say_the_same(signs, text):
    assert sorted({found.sign.value for found in findings_in(unicodedata.normalize("NFD", text))}) == expected(signs)


def test_two_numbers_are_two_findings_and_are_taken_out():
    text = "Gọi 0905 123 456 hoặc +84 914 123 456, CCCD 048199012345."
    found = certain_in(text)
    assert [one.said for one in found] == ["0905123456", "0914123456", ""]
    assert without(text, found, lambda sign: f"bỏ {sign.value}") == (
        "Gọi [bỏ telephone] hoặc [bỏ telephone], CCCD [bỏ identity]."
    )
    assert not certain_in(without(text, found, lambda sign: "bỏ số"))


def test_a_finding_does_not_print_what_was_said():
    assert "0905" not in repr(Finding(Sign.TELEPHONE, 0, 10, "0905123456"))
    assert not Finding(Sign.EVENT, 0, 1).is_certain
    assert set(CERTAIN) == {Sign.TELEPHONE, Sign.IDENTITY}


HOSTILE = ["0", "0 ", "84 ", "+", "a", "A ", "Nguyễn ", "không ", "0905 123 45", "em Hoa ", "bị ", "(", "sinh ",
           "thôn A ", "lớp 1 ", "hộ chiếu ", "1.1234,", "\u200b", "năm 2", "nạn nhân ", "Nguyễn. "]  # fmt: skip


def steps_of(text: str) -> int:
    """Lines of Python that judging it takes; what a pattern does inside is bounded by its own build."""
    count = 0

    def trace(frame, event, arg):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        findings_in(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_grows_with_the_length_alone(piece):
    short, long = (steps_of((piece * size)[:size]) for size in (200, 800))
    # four times for four times the length; sixteen times would be its square
    assert long <= 8 * short + 200

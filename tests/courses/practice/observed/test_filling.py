"""Reading an observer's posted form against the frozen rubric."""

import pytest

from courses.practice.observed.filling import Entry, read
from courses.practice.observed.outcome import PassRule
from courses.practice.observed.versions import Behaviour, FrozenRubric

LEVELS = {1: "a", 2: "b", 3: "c", 4: "d"}
RUBRIC = FrozenRubric(
    title="Bài",
    levels=(),
    behaviours=(Behaviour("b1", "Chào", "lời", True, LEVELS), Behaviour("b2", "Nghe", "mắt", False, LEVELS)),
    rule=PassRule(3, 80, 1),
    minutes={},
    needs=(),
    cards={},
    talk=(),
)
GOOD = {"1-level": "3", "1-evidence": "", "2-level": "0"}


def test_a_level_or_no_occasion_with_a_line_of_evidence():
    filled = read(RUBRIC, {**GOOD, "1-evidence": "  phút 2:\n “chị cần gì?” "})
    assert filled.errors == {}
    assert filled.entries == (Entry("b1", 3, "phút 2: “chị cần gì?”"), Entry("b2", None, ""))


@pytest.mark.parametrize("level", ["", "5", "-1", "3.5", "ba"])
def test_a_behaviour_without_a_level_is_named(level):
    filled = read(RUBRIC, {**GOOD, "2-level": level})
    assert filled.errors == {"b2": "Chọn một mức, hoặc “không có dịp”."}


def test_level_one_of_a_critical_act_demands_evidence():
    assert "bằng chứng" in read(RUBRIC, {**GOOD, "1-level": "1"}).errors["b1"]
    assert read(RUBRIC, {**GOOD, "1-level": "1", "1-evidence": "chạm vai"}).errors == {}
    # of another one it does not, and neither does level 2
    assert read(RUBRIC, {**GOOD, "2-level": "1"}).errors == {}
    assert read(RUBRIC, {**GOOD, "1-level": "2"}).errors == {}


def test_evidence_is_one_line_not_a_story():
    assert "dài quá" in read(RUBRIC, {**GOOD, "1-evidence": "x" * 301}).errors["b1"]
    assert read(RUBRIC, {**GOOD, "1-evidence": "x" * 300}).errors == {}

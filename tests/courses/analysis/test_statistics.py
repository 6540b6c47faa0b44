"""The statistics of questions against a set worked by hand, and against each attempt walked one by one."""

import random
import statistics as plain
from fractions import Fraction
from itertools import combinations
from math import sqrt

import pytest

from courses.analysis.advice import Option, advise
from courses.analysis.statistics import (
    Earned,
    Sheet,
    Tails,
    alpha,
    correlation,
    discrimination,
    facility,
    spread,
    standard_error,
    tails,
)

# four questions, six attempts; by hand: totals 4 3 2 2 1 0, their variance 5/3, that of the questions 5/36 1/4 1/4 5/36
WORKED = [
    {"1": 1, "2": 1, "3": 1, "4": 1},
    {"1": 1, "2": 1, "3": 1, "4": 0},
    {"1": 1, "2": 1, "3": 0, "4": 0},
    {"1": 1, "2": 0, "3": 1, "4": 0},
    {"1": 1, "2": 0, "3": 0, "4": 0},
    {"1": 0, "2": 0, "3": 0, "4": 0},
]


def sheet_of(attempts: list[dict], weights: dict | None = None) -> Sheet:
    """Each attempt is {question: share earned}; a question weighs a point unless `weights` says more."""
    sheet = Sheet()
    for place, shares in enumerate(attempts):
        worth = {name: Fraction(100 * (weights or {}).get(name, 1)) for name in shares}
        earned = {name: Fraction(share) * worth[name] for name, share in shares.items()}
        total = Earned(sum(earned.values()), sum(worth.values()))
        sheet.totals[total] = sheet.totals.get(total, 0) | 1 << place
        for name in shares:
            levels = sheet.questions.setdefault(name, {})
            level = Earned(earned[name], worth[name])
            levels[level] = levels.get(level, 0) | 1 << place
    return sheet


def near(number: float):
    return pytest.approx(number, abs=1e-9)


def test_the_set_worked_by_hand():
    sheet = sheet_of(WORKED)
    assert [facility(sheet.questions[name]) for name in "1234"] == [near(5 / 6), near(1 / 2), near(1 / 2), near(1 / 6)]
    found = [discrimination(sheet.questions[name], sheet.totals) for name in "1234"]
    # 1 and 4: covariance 7/36, variances 5/36 and 41/36; 2 and 3: 1/4, 1/4 and 11/12
    edge, middle = 7 / sqrt(205), 0.5 / sqrt(11 / 12)
    assert found == [near(edge), near(middle), near(middle), near(edge)]
    # 4/3 · (1 − (7/9)/(5/3))
    assert alpha(sheet) == near(32 / 45)
    assert spread(sheet.totals) == near(sqrt(2) / 4)
    assert standard_error(sheet.totals, alpha(sheet)) == near(sqrt(2) / 4 * sqrt(13 / 45))


def test_points_are_weighed_and_parts_of_them_count():
    """By hand: earned 2 of 2 and 1/3 of 1, 1 of 2 and 2/3 of 1, 0 of both."""
    sheet = sheet_of(
        [{"a": 1, "b": Fraction(1, 3)}, {"a": Fraction(1, 2), "b": Fraction(2, 3)}, {"a": 0, "b": 0}], {"a": 2}
    )
    assert facility(sheet.questions["b"]) == near(1 / 3)
    # (1, 1/3) (1/2, 2/3) (0, 0): covariance 2/9 − 1/2·1/3 = 1/18, variances 1/6 and 2/27
    assert discrimination(sheet.questions["a"], sheet.totals) == near((1 / 18) / sqrt(1 / 6 * 2 / 27))
    # of points: variances 2/3 and 2/27, covariance 1/9
    assert alpha(sheet) == near(2 * (1 - (2 / 3 + 2 / 27) / (2 / 3 + 2 / 27 + 2 / 9)))


def drawn_attempts(seed: int, people: int) -> list[dict]:
    """Five of nine questions each, of unequal ease, some earned in thirds; who knows more earns more."""
    chance = random.Random(seed)
    attempts = []
    for _person in range(people):
        knows = chance.random()
        shares = {}
        for name in chance.sample(range(9), 5):
            luck = chance.random() * 0.6 + knows * 0.5
            shares[name] = 1 if luck > 0.2 + name / 12 else chance.choice([0, 0, Fraction(1, 3), Fraction(2, 3)])
        attempts.append(shares)
    return attempts


@pytest.mark.parametrize("seed", range(4))
def test_drawn_quizzes_as_walked_attempt_by_attempt(seed):
    attempts, weights = drawn_attempts(seed, 150), {0: 2, 5: 3}
    sheet = sheet_of(attempts, weights)
    worth = {name: weights.get(name, 1) for name in range(9)}
    for name in range(9):
        had = [one for one in attempts if name in one]
        own = [float(one[name]) for one in had]
        rest = [
            float(
                sum(share * worth[q] for q, share in one.items() if q != name) / sum(worth[q] for q in one if q != name)
            )
            for one in had
        ]
        assert facility(sheet.questions[name]) == near(plain.fmean(own))
        assert discrimination(sheet.questions[name], sheet.totals) == near(plain.correlation(own, rest))
    covariances, told = [], set()
    for one, other in combinations(range(9), 2):
        both = [
            (float(row[one]) * worth[one], float(row[other]) * worth[other])
            for row in attempts
            if {one, other} <= {*row}
        ]
        if len(both) >= 30:
            xs, ys = zip(*both, strict=True)
            covariances.append(plain.covariance(xs, ys) * (len(both) - 1) / len(both))
            told |= {one, other}
    variances = [plain.pvariance([float(row[q]) * worth[q] for row in attempts if q in row]) for q in sorted(told)]
    c, v = plain.fmean(covariances), plain.fmean(variances)
    assert alpha(sheet) == near(5 * c / (v + 4 * c))


def test_too_few_together_tell_no_reliability():
    sheet = sheet_of(drawn_attempts(1, 20))
    assert alpha(sheet) is None
    assert standard_error(sheet.totals, None) is None


def test_what_does_not_vary_has_no_discrimination():
    sheet = sheet_of([{"a": 1, "b": 1}, {"a": 1, "b": 0}])
    assert discrimination(sheet.questions["a"], sheet.totals) is None
    assert discrimination(sheet.questions["b"], sheet.totals) is None
    # nothing else was asked
    assert discrimination(*[{Earned(Fraction(100), Fraction(100)): 3}] * 2) is None
    assert correlation([]) is None
    assert alpha(sheet_of([{"a": 1, "b": 1}, {"a": 1, "b": 1}])) is None
    assert facility({}) is None


@pytest.mark.parametrize(
    ("totals", "lower", "upper"),
    [
        # ten people: three at either end
        ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], {0, 1, 2}, {7, 8, 9}),
        # who earned the same is not parted
        ([0, 1, 2, 2, 4, 5, 6, 7, 7, 7], {0, 1, 2, 3}, {7, 8, 9}),
        # everybody the same: there are no ends
        ([5] * 10, set(), set()),
        ([4, 5], {0}, {1}),
        ([], set(), set()),
    ],
)
def test_the_ends(totals, lower, upper):
    levels: dict = {}
    for place, total in enumerate(totals):
        earned = Earned(Fraction(total), Fraction(10))
        levels[earned] = levels.get(earned, 0) | 1 << place
    found = tails(levels)
    assert {place for place in range(10) if found.lower >> place & 1} == lower
    assert {place for place in range(10) if found.upper >> place & 1} == upper


def test_the_same_share_of_other_points_is_the_same_place():
    """1 of 2 and 2 of 4 are equally good."""
    half, same = Earned(Fraction(1), Fraction(2)), Earned(Fraction(2), Fraction(4))
    none, all_ = Earned(Fraction(0), Fraction(2)), Earned(Fraction(2), Fraction(2))
    assert tails({half: 0b0001, same: 0b0010, none: 0b0100, all_: 0b1000}) == Tails(0, 0)
    # of seven, two at either end: the three in the middle stay together, and out
    more = {half: 0b0000001, same: 0b0000110, none: 0b0011000, all_: 0b1100000}
    assert tails(more) == Tails(upper=0b1100000, lower=0b0011000)


RIGHT = Option("A", True, 60, 30, 10)


@pytest.mark.parametrize(
    ("people", "facility", "discrimination", "options", "said"),
    [
        (29, 0.5, 0.4, [], ["chưa đủ 30"]),
        (100, 0.6, 0.4, [RIGHT], ["làm việc tốt"]),
        (100, 0.6, -0.1, [RIGHT], ["xem lại đáp án"]),
        (100, 0.6, 0.1, [RIGHT], ["ít phân biệt"]),
        (100, 0.6, 0.3, [RIGHT, Option("C", False, 20, 9, 4)], ["Phương án C kéo người giỏi"]),
        # nine against eight is chance, and so are two against nobody
        (100, 0.6, 0.3, [RIGHT, Option("C", False, 20, 9, 8), Option("D", False, 3, 2, 0)], ["làm việc tốt"]),
        (100, 0.97, 0.1, [RIGHT], ["Gần như ai cũng đúng"]),
        (100, 0.2, 0.3, [RIGHT], ["Ít người đúng"]),
        (100, 0.6, 0.4, [RIGHT, Option("D", False, 1, 0, 1)], ["không ai chọn phương án D"]),
        # the most urgent first
        (100, 0.97, -0.2, [RIGHT], ["xem lại đáp án", "Gần như ai cũng đúng"]),
    ],
)
def test_what_to_do(people, facility, discrimination, options, said):
    found = advise(people, facility, discrimination, options)
    assert len(found) == len(said)
    assert all(words in one.sentence for words, one in zip(said, found, strict=True)), found

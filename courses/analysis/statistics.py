"""The classical statistics of questions and quizzes, without a database.

Who answered a question in one way is a set of attempts, held as the bits of one whole number (attempt 0 is the lowest
bit). Whatever is counted over two questions, or over a question and the totals, is the number of bits that two sets
share, so that nothing is walked attempt by attempt and memory grows with the number of questions alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import ceil, fsum, sqrt

# Kelley, T. L. (1939), The selection of upper and lower groups for the validation of test items, Journal of
# Educational Psychology 30, 17–24: 27 % at either end tell a good question from a bad one best
TAIL = Fraction(27, 100)
# of two questions that were drawn together less often, nothing is concluded
FEWEST_TOGETHER = 30


@dataclass(frozen=True)
class Earned:
    """What one attempt earned with one question, or with all of them; both in hundredths of a point, exact."""

    points: Fraction
    out_of: Fraction

    @property
    def share(self) -> Fraction:
        return self.points / self.out_of if self.out_of else Fraction(0)


# {what was earned: the attempts that earned it}
Levels = Mapping[Earned, int]


@dataclass
class Sheet:
    """Everybody's marks: `totals` of all attempts, and `questions` by any name of theirs."""

    totals: dict[Earned, int] = field(default_factory=dict)
    questions: dict[object, dict[Earned, int]] = field(default_factory=dict)

    @property
    def everybody(self) -> int:
        return _union(self.totals.values())

    @property
    def people(self) -> int:
        return self.everybody.bit_count()

    @property
    def is_fixed(self) -> bool:
        """Whether each attempt had every question; else they were drawn."""
        return all(who_answered(levels) == self.everybody for levels in self.questions.values())


@dataclass(frozen=True)
class Tails:
    """The attempts at either end, those with the same total never parted; both empty where they would meet."""

    upper: int
    lower: int


def who_answered(levels: Levels) -> int:
    return _union(levels.values())


def facility(levels: Levels) -> float | None:
    """The mean share of the points that was earned, 0 to 1; None where nobody had the question."""
    people = who_answered(levels).bit_count()
    if not people:
        return None
    return float(sum(earned.share * who.bit_count() for earned, who in levels.items()) / people)


def discrimination(levels: Levels, totals: Levels) -> float | None:
    """The corrected point-biserial: Pearson's correlation of the share earned with this question and the share earned
    with all others of the same attempt, −1 to 1; None where either does not vary.

    Without the question itself, which would correlate with its own part of the total (Henrysson, S. (1963),
    Correction of item-total correlations in item analysis, Psychometrika 28, 211–218). The rest is a share of what its
    own questions could earn, so that drawn quizzes with questions of unequal weight can be compared.
    """
    cells = []
    for earned, who in levels.items():
        for total, whose in totals.items():
            if (people := (who & whose).bit_count()) and total.out_of > earned.out_of:
                rest = Earned(total.points - earned.points, total.out_of - earned.out_of)
                cells.append((float(earned.share), float(rest.share), people))
    return correlation(cells)


def correlation(cells: Iterable[tuple[float, float, int]]) -> float | None:
    """Pearson's product-moment correlation over (x, y, how many times); None where x or y does not vary."""
    cells = list(cells)
    people = sum(n for _x, _y, n in cells)
    if people < 2:
        return None
    mean_x, mean_y = (fsum(cell[axis] * cell[2] for cell in cells) / people for axis in (0, 1))
    xx = fsum(n * (x - mean_x) ** 2 for x, _y, n in cells)
    yy = fsum(n * (y - mean_y) ** 2 for _x, y, n in cells)
    # what does not vary but for the rounding of its mean
    if xx < 1e-18 * people or yy < 1e-18 * people:
        return None
    xy = fsum(n * (x - mean_x) * (y - mean_y) for x, y, n in cells)
    return max(-1.0, min(1.0, xy / sqrt(xx * yy)))


def tails(totals: Levels) -> Tails:
    """By the share of all points."""
    people = sum(who.bit_count() for who in totals.values())
    wanted = ceil(TAIL * people)
    rising = sorted(totals.items(), key=lambda row: row[0].share)
    lower, low = _first(rising, wanted)
    upper, high = _first(reversed(rising), wanted)
    return Tails(upper, lower) if people and low < high else Tails(0, 0)


def _first(rows: Iterable[tuple[Earned, int]], wanted: int) -> tuple[int, Fraction]:
    """The attempts of as many totals as hold the wanted number, and the share at which they end."""
    taken, end = 0, Fraction(0)
    for total, who in rows:
        # the same share can be made of other points: it goes with its like
        if taken.bit_count() >= wanted and total.share != end:
            break
        taken, end = taken | who, total.share
    return taken, end


def alpha(sheet: Sheet) -> float | None:
    """Cronbach's alpha, at most 1; None where it cannot be told.

    k·c / (v + (k − 1)·c), with the mean variance v of a question, the mean covariance c of two, and k questions an
    attempt: for a fixed quiz that is k/(k − 1)·(1 − Σv/V) (Cronbach, L. J. (1951), Coefficient alpha and the internal
    structure of tests, Psychometrika 16, 297–334, formulas 2 and 16). Where questions are drawn, means are over pairs
    that at least FEWEST_TOGETHER attempts had together.
    """
    fewest = 2 if sheet.is_fixed else FEWEST_TOGETHER
    covariances: list[Fraction] = []
    variances: dict[object, Fraction] = {}
    for one, other in combinations(sheet.questions, 2):
        if (found := covariance(sheet.questions[one], sheet.questions[other], fewest)) is None:
            continue
        covariances.append(found)
        for name in {one, other} - variances.keys():
            variances[name] = covariance(sheet.questions[name], sheet.questions[name], 1) or Fraction(0)
    if not covariances:
        return None
    mean_variance = sum(variances.values(), Fraction(0)) / len(variances)
    mean_covariance = sum(covariances, Fraction(0)) / len(covariances)
    answered = sum(who_answered(levels).bit_count() for levels in sheet.questions.values())
    each = Fraction(answered, sheet.people)
    varies = mean_variance + (each - 1) * mean_covariance
    return float(each * mean_covariance / varies) if varies > 0 else None


def covariance(one: Levels, other: Levels, fewest: int) -> Fraction | None:
    """Of the points earned with two questions, over the attempts that had both; None where they are too few."""
    both = who_answered(one) & who_answered(other)
    people = both.bit_count()
    if people < fewest:
        return None
    mean_one, mean_other = (
        sum((earned.points * (who & both).bit_count() for earned, who in levels.items()), Fraction(0)) / people
        for levels in (one, other)
    )
    products = sum(
        (
            earned.points * earned_too.points * (who & who_too).bit_count()
            for earned, who in one.items()
            for earned_too, who_too in other.items()
        ),
        Fraction(0),
    )
    return products / people - mean_one * mean_other


def spread(totals: Levels) -> float | None:
    """The standard deviation of the totals as shares, over people − 1; None for fewer than two."""
    people = sum(who.bit_count() for who in totals.values())
    if people < 2:
        return None
    mean = sum(total.share * who.bit_count() for total, who in totals.items()) / people
    squares = sum((total.share - mean) ** 2 * who.bit_count() for total, who in totals.items())
    return sqrt(squares / (people - 1))


def standard_error(totals: Levels, reliability: float | None) -> float | None:
    """Of one measured total, as a share: s·√(1 − α) (Lord, F. M., & Novick, M. R. (1968), Statistical theories of
    mental test scores, section 3.7); None where alpha is not known.
    """
    if reliability is None or (deviation := spread(totals)) is None:
        return None
    return deviation * sqrt(max(1 - reliability, 0))


def _union(sets: Iterable[int]) -> int:
    whole = 0
    for one in sets:
        whole |= one
    return whole

"""Agreement of two observers: shares, and weighted kappa against examples worked by hand and published ones."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from courses.practice.observed.agreement import Agreement, agreement, weighted_kappa
from courses.practice.observed.screens.figures import in_words


def table(**cells):
    """{"r12": 3} is three pairs (1, 2)."""
    return [(int(name[1]), int(name[2])) for name, count in cells.items() for _one in range(count)]


# Twenty pairs on four levels. By hand: the squared distances sum to 3 + 1 + 4 + 1 = 9, so their mean is 9/20. The
# first observer's levels sum to 51 (squares 147), the second's to 56 (squares 172), so the mean expected by chance is
# 147/20 + 172/20 - 2 * 51/20 * 56/20 = 167/100. Kappa = 1 - 0.45 / 1.67 = 122/167 = 0.7305…
TWENTY = table(r11=2, r22=3, r33=6, r44=3, r23=3, r32=1, r13=1, r34=1)


def test_kappa_of_twenty_pairs_worked_by_hand():
    assert len(TWENTY) == 20
    assert weighted_kappa(TWENTY) == Fraction(122, 167)
    assert agreement(TWENTY).kappa == Fraction(122, 167)


@pytest.mark.parametrize(
    ("cells", "kappa"),
    [
        # with two categories every weight is the same, so it is Cohen's kappa of 1960: the three tables with which
        # encyclopedias explain it have 0.4, 0.1304 and 0.2593
        ({"r11": 20, "r12": 5, "r21": 10, "r22": 15}, Fraction(2, 5)),
        ({"r11": 45, "r12": 15, "r21": 25, "r22": 15}, Fraction(3, 23)),
        ({"r11": 25, "r12": 35, "r21": 5, "r22": 35}, Fraction(7, 27)),
    ],
)
def test_kappa_of_two_categories_is_the_published_one(cells, kappa):
    assert weighted_kappa(table(**cells)) == kappa


def test_kappa_of_full_agreement_is_one_and_of_full_opposition_minus_one():
    assert weighted_kappa(table(r11=5, r44=5)) == 1
    assert weighted_kappa(table(r14=5, r41=5)) == -1


def test_a_distance_of_three_weighs_nine_times_one_of_one():
    """The first has level 1 in 11 of 20, the second in 10: by chance they differ in 200 of 400, so the mean square
    expected is 9/2. Seen is one distance of three in twenty, 9/20: kappa is 1 - 1/10. On levels 1 and 2 it is the same,
    since both means are a ninth.
    """
    assert weighted_kappa(table(r11=10, r44=9, r14=1)) == Fraction(9, 10)
    assert weighted_kappa(table(r11=10, r22=9, r12=1)) == Fraction(9, 10)


def test_shares_count_the_same_level_and_one_apart():
    found = agreement(TWENTY)
    assert (found.pairs, found.exact, found.within_one) == (20, 14, 19)


def test_kappa_waits_for_twenty_pairs():
    assert agreement(TWENTY[:19]).kappa is None
    assert agreement(TWENTY[:19]).pairs == 19


def test_kappa_is_not_told_where_everybody_always_gives_the_same_level():
    assert agreement([(3, 3)] * 40).kappa is None


def test_no_pairs_at_all_have_no_figures():
    found = agreement([])
    assert (found.pairs, found.exact, found.within_one, found.kappa) == (0, 0, 0, None)


@given(some.lists(some.tuples(some.integers(1, 4), some.integers(1, 4)), min_size=20, max_size=60))
def test_kappa_does_not_depend_on_who_is_called_first(pairs):
    assert weighted_kappa(pairs) == weighted_kappa([(second, first) for first, second in pairs])


def test_a_kappa_is_rounded_down_to_show_so_that_only_full_agreement_is_one():
    for kappa, shown in ((Fraction(999, 1000), "0,99"), (Fraction(1), "1,00"), (Fraction(-1, 300), "-0,01")):
        assert in_words(Agreement(20, 19, 20, kappa))["kappa"] == shown

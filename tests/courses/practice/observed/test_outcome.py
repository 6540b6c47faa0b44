"""The outcome of a performance by the rubric's rule, worked by hand."""

from fractions import Fraction

import pytest

from courses.practice.observed.outcome import Agreed, Outcome, PassRule, outcome, share_of

# the rule of the shipped rubrics: 80 % at level 3, no critical act at level 1
RULE = PassRule(least_level=3, least_percent=80, no_critical_at=1)


def rows(*levels, critical=()):
    """One behaviour a level; `critical` are places, counted from 0."""
    return [Agreed(place in critical, level) for place, level in enumerate(levels)]


def test_eight_of_ten_at_level_three_is_passed():
    assert outcome(RULE, rows(3, 3, 4, 4, 3, 3, 3, 3, 2, 1)) == Outcome.PASSED


def test_seven_of_ten_is_played_again():
    assert outcome(RULE, rows(3, 3, 4, 4, 3, 3, 3, 2, 2, 2)) == Outcome.AGAIN


def test_a_share_is_not_rounded_before_it_is_judged():
    """7 of 9 is 77.8 %, 19 of 24 is 79.17 %: neither is 80 %."""
    assert outcome(RULE, rows(*[3] * 7, 2, 2)) == Outcome.AGAIN
    assert outcome(RULE, rows(*[3] * 19, *[2] * 5)) == Outcome.AGAIN
    third = PassRule(least_level=3, least_percent=67, no_critical_at=1)
    assert outcome(third, rows(3, 3, 2)) == Outcome.AGAIN
    assert outcome(PassRule(3, 66, 1), rows(3, 3, 2)) == Outcome.PASSED


def test_what_had_no_occasion_is_not_counted():
    """Four of five seen are 80 %; with the three unseen as failures it would be four of eight."""
    assert share_of(RULE, rows(3, 3, 3, 3, 2, None, None, None)) == Fraction(4, 5)
    assert outcome(RULE, rows(3, 3, 3, 3, 2, None, None, None)) == Outcome.PASSED


def test_a_critical_act_at_level_one_is_played_again_whatever_the_rest():
    assert outcome(RULE, rows(*[4] * 11, 1, critical={11})) == Outcome.AGAIN
    assert outcome(RULE, rows(*[4] * 11, 1, critical={0})) == Outcome.PASSED
    assert outcome(RULE, rows(*[4] * 11, 2, critical={11})) == Outcome.PASSED


def test_a_critical_act_without_occasion_does_no_harm():
    assert outcome(RULE, rows(4, 4, None, critical={2})) == Outcome.PASSED


def test_a_rubric_may_forbid_level_two_of_critical_acts_or_nothing():
    assert outcome(PassRule(3, 80, 2), rows(*[4] * 9, 2, critical={9})) == Outcome.AGAIN
    assert outcome(PassRule(3, 80, None), rows(*[4] * 9, 1, critical={9})) == Outcome.PASSED


@pytest.mark.parametrize("levels", [(), (None, None)])
def test_who_was_seen_doing_nothing_has_not_passed(levels):
    assert share_of(RULE, rows(*levels)) is None
    assert outcome(RULE, rows(*levels)) == Outcome.AGAIN
    assert outcome(PassRule(1, 0, None), rows(*levels)) == Outcome.AGAIN

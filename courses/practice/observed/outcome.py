"""The outcome of one performance, from the agreed levels and the rubric's rule. Pure, in exact fractions."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

LEVELS = (1, 2, 3, 4)


class Outcome(models.TextChoices):
    """Nobody fails: who has not passed plays it again, as often as wished."""

    PASSED = "passed", _("Đạt")
    AGAIN = "again", _("Làm lại")


@dataclass(frozen=True, slots=True)
class PassRule:
    """Passed: at least `least_percent` % of the behaviours that had occasion are at `least_level` or above, and no
    critical one is at `no_critical_at` or below (None: no such condition).
    """

    least_level: int
    least_percent: int
    no_critical_at: int | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """One behaviour; a `level` of None had no occasion to be seen and does not count."""

    critical: bool
    level: int | None


def share_of(rule: PassRule, agreed: Iterable[Agreed]) -> Fraction | None:
    """The share of the behaviours seen that reach the rule's level; None where none had occasion."""
    seen = [one.level for one in agreed if one.level is not None]
    return Fraction(sum(level >= rule.least_level for level in seen), len(seen)) if seen else None


def outcome(rule: PassRule, agreed: Iterable[Agreed]) -> Outcome:
    """A performance in which nothing was seen is not passed."""
    rows = list(agreed)
    share = share_of(rule, rows)
    if share is None or share < Fraction(rule.least_percent, 100):
        return Outcome.AGAIN
    harmful = rule.no_critical_at or 0
    if any(one.critical and one.level is not None and one.level <= harmful for one in rows):
        return Outcome.AGAIN
    return Outcome.PASSED

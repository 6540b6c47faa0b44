"""When a re-test is open, and what its answer says on a day. Pure; all days are inclusive in Asia/Ho_Chi_Minh."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.times import add_months

MONTHS = (1, 3, 6)
OPEN_DAYS = 14
QUESTIONS = 5
# so many of the five wholly right
ENOUGH = 4


class Knowledge(models.TextChoices):
    """Of somebody who counts as completed; the unknown are not due, not asked or have not answered."""

    STILL_KNOWS = "still_knows", _("Còn nắm vững")
    TO_REVIEW = "to_review", _("Cần ôn")
    NOT_KNOWN = "not_known", _("Chưa biết")


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which the re-test so many months after a completion may be answered."""

    months: int
    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def windows(completed_on: date) -> tuple[Window, ...]:
    """In order; they never overlap. Month ends are clamped: a month after 31/1 is 28/2, or 29/2."""
    return tuple(_window(add_months(completed_on, months), months) for months in MONTHS)


def _window(first: date, months: int) -> Window:
    return Window(months, first, first + timedelta(days=min(OPEN_DAYS - 1, (date.max - first).days)))


def window_on(completed_on: date, day: date) -> Window | None:
    return next((window for window in windows(completed_on) if window.holds(day)), None)


def following(completed_on: date, day: date) -> Window | None:
    """The first window that opens after `day`."""
    return next((window for window in windows(completed_on) if window.first > day), None)


@dataclass(frozen=True, slots=True)
class RetestFact:
    """An answered re-test: handed in on day `on`, with so many questions wholly right."""

    on: date
    right: int

    @property
    def knows(self) -> bool:
        return self.right >= ENOUGH


class Counted(Protocol):
    """A completion; `retests` are its own."""

    @property
    def on(self) -> date: ...
    @property
    def retests(self) -> Sequence[RetestFact]: ...


def knowledge_on(day: date, completions: Collection[Counted]) -> Knowledge:
    """By the latest answered re-test of the latest completion of those that count on `day`: a renewal starts anew."""
    last = max(completions, key=lambda one: one.on, default=None)
    answered = [fact for fact in last.retests if fact.on <= day] if last else []
    if not answered:
        return Knowledge.NOT_KNOWN
    # two on one day only where two records are one person
    latest = max(answered, key=lambda fact: (fact.on, fact.right))
    return Knowledge.STILL_KNOWS if latest.knows else Knowledge.TO_REVIEW

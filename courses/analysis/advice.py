"""What to do about a question, in a plain sentence, from its statistics.

Limits after Ebel, R. L., & Frisbie, D. A. (1991), Essentials of educational measurement, 5th ed., chapter 13: below 0.2
a question hardly tells who knows from who does not, below 0 it tells the wrong way round.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

# fewer answers say little: the figures are shown, no advice is given
FEWEST_TO_ADVISE = 30
WEAK, EASY, HARD = 0.2, 0.95, 0.3
# a wrong option that fewer choose misleads nobody
IDLE_PERCENT = 2
# of the upper end; fewer, or hardly more than of the lower end, are chance
FEWEST_DRAWN = 3


@dataclass(frozen=True)
class Option:
    """How often an option was chosen, by all and by either end; `letter` as on the page of the bank."""

    letter: str
    is_right: bool
    people: int
    upper: int
    lower: int


@dataclass(frozen=True)
class Advice:
    """`is_urgent`: the question should be looked at before it is asked again."""

    sentence: str
    is_urgent: bool = False


def advise(
    people: int, facility: float | None, discrimination: float | None, options: Sequence[Option] = ()
) -> list[Advice]:
    """The most urgent first; never empty."""
    if people < FEWEST_TO_ADVISE or facility is None:
        text = _("Mới có %(people)d lượt trả lời, chưa đủ %(fewest)d để kết luận.")
        return [Advice(text % {"people": people, "fewest": FEWEST_TO_ADVISE})]
    found = [*_misleading(options), *_weak(facility, discrimination)]
    found += [*_too_easy_or_hard(facility), *_idle(people, options)]
    return sorted(found, key=lambda one: not one.is_urgent) or [Advice(_("Câu hỏi đang làm việc tốt."))]


def _misleading(options: Sequence[Option]) -> list[Advice]:
    drawn = [
        one.letter
        for one in options
        if not one.is_right and one.upper >= FEWEST_DRAWN and one.upper >= 2 * max(one.lower, 1)
    ]
    if not drawn:
        return []
    text = _("Phương án %(letters)s kéo người giỏi: xem lại lời hỏi và đáp án.")
    return [Advice(text % {"letters": ", ".join(drawn)}, is_urgent=True)]


def _weak(facility: float, discrimination: float | None) -> list[Advice]:
    if discrimination is None:
        return []
    if discrimination < 0:
        return [Advice(_("Ai làm tốt cả bài lại hay sai câu này: xem lại đáp án."), is_urgent=True)]
    if discrimination < WEAK and facility < EASY:
        return [Advice(_("Câu này ít phân biệt được ai nắm bài: làm rõ lời hỏi hoặc các phương án."))]
    return []


def _too_easy_or_hard(facility: float) -> list[Advice]:
    if facility >= EASY:
        return [Advice(_("Gần như ai cũng đúng: giữ để nhắc lại, hoặc thay bằng câu khó hơn."))]
    if facility < HARD:
        return [Advice(_("Ít người đúng: dạy lại điều này trong bài, hoặc viết lại câu cho dễ hiểu."), is_urgent=True)]
    return []


def _idle(people: int, options: Sequence[Option]) -> list[Advice]:
    idle = [one.letter for one in options if not one.is_right and one.people * 100 < people * IDLE_PERCENT]
    if not idle:
        return []
    text = _("Gần như không ai chọn phương án %(letters)s: thay bằng một nhầm lẫn hay gặp.")
    return [Advice(text % {"letters": ", ".join(idle)})]

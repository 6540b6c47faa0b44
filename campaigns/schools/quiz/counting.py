"""Opening, counting and closing the codes of a class run, and what may be shown of it.

While a code is open only how many sent is shown: a total that grows while somebody looks would tell each answer. Of
fewer than five answers to a question nothing is kept; above that every bar is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from django.db import IntegrityError, transaction
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from campaigns.activities.made.pulse import Moment
from campaigns.activities.made.rules import FEWEST
from campaigns.answering.asked import Question
from campaigns.answering.once import forget_numbers_of
from campaigns.schools.blocks.quiz import LETTERS
from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.log.writing import Refused
from campaigns.schools.quiz.class_run import LENGTH, OPEN_FOR, SIGNS, ClassRun, QuizCode, QuizTally
from outbox.clock import every
from people.units.unit import Unit

# of codes that are open already
MOST_TRIES = 20
# {question: how often each letter was chosen}
Counted = Mapping[int, Sequence[int]]


def quizzes_of(page: SchoolLessonPage) -> list:
    return [part for part in page.printed if part.block_type == "quiz"]


def plain(html) -> str:
    return " ".join(unescape(strip_tags(getattr(html, "source", str(html)))).split())


def begin(by, school: Unit, page: SchoolLessonPage, quiz, class_name: str, now: datetime) -> ClassRun:
    asked = [
        {"text": plain(one["text"]), "choices": [str(words) for words in one["choices"]], "right": one["right"]}
        for one in quiz["questions"]
    ]
    return ClassRun.objects.create(
        school=school,
        pack=page.translation_key,
        title=page.title,
        quiz=quiz["title"],
        asked=asked,
        class_name=class_name,
        by=by,
        at=now,
    )


# --- codes


@transaction.atomic
def open_code(run: ClassRun, moment: str, now: datetime) -> QuizCode:
    """The one that is open already, else a new one. Raises Refused."""
    if moment not in Moment.values:
        raise Refused(_("Chọn hỏi trước hay hỏi sau."))
    ClassRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    for old in run.codes.filter(moment=moment, closed_at=None):
        if old.is_open_at(now):
            return old
        close_code(old, now)
    for _try in range(MOST_TRIES):
        try:
            with transaction.atomic():
                return QuizCode.objects.create(run=run, moment=moment, opened_at=now)
        except IntegrityError:
            continue
    raise Refused(_("Chưa tạo được mã; bấm lại."))


@transaction.atomic
def close_code(code: QuizCode, now: datetime) -> bool:
    """Its totals are with the run from now on, its numbers are forgotten; False where it was closed already."""
    held = QuizCode.objects.select_for_update(of=("self",)).select_related("run__by").get(pk=code.pk)
    if held.closed_at is not None:
        return False
    say(held.run.by, held.run, held.moment, counted(held), now)
    forget_numbers_of(held.key)
    held.sent, held.counts, held.closed_at = 0, {}, now
    held.save(update_fields=["sent", "counts", "closed_at"])
    return True


@every("campaigns.schools.close_quiz_codes", minutes=5)
def close_over(now: datetime) -> None:
    """Codes whose hour is over."""
    for code in QuizCode.objects.filter(closed_at=None, opened_at__lte=now - OPEN_FOR):
        close_code(code, now)


def typed_code(typed: str) -> str:
    """As codes are written, whatever case, spaces or dashes somebody typed; "" for what is no code."""
    signs = "".join(sign for sign in typed.upper()[:40] if sign.isalnum())
    return signs if len(signs) == LENGTH and set(signs) <= set(SIGNS) else ""


def open_code_of(typed: str, now: datetime) -> QuizCode | None:
    code = QuizCode.objects.filter(code=typed_code(typed), closed_at=None).first()
    return code if code is not None and code.is_open_at(now) else None


def counted(code: QuizCode) -> dict[int, list[int]]:
    return {
        question.number: [code.counts.get(str(question.number), {}).get(one.letter, 0) for one in question.answers]
        for question in code.run.questions
    }


# --- totals


@transaction.atomic
def say(by, run: ClassRun, moment: str, counts: Counted, now: datetime, by_hand: bool = False) -> list[int]:
    """What was counted at a moment is this; the questions that are kept. What was counted before stays where too few
    answered now, and nothing is added up: a sum that grew by one would tell an answer.
    """
    rows = [_row(by, run, moment, question, counts[question.number], now, by_hand) for question in run.questions]
    kept = [row for row in rows if row.answers >= FEWEST]
    numbers = [row.question for row in kept]
    QuizTally.objects.current().filter(run=run, moment=moment, question__in=numbers).supersede(now)
    QuizTally.objects.bulk_create(kept)
    return numbers


def _row(by, run, moment: str, question: Question, chosen: Sequence[int], now: datetime, by_hand: bool) -> QuizTally:
    right = chosen[LETTERS.index(question.right)]
    return QuizTally(
        run=run,
        moment=moment,
        question=question.number,
        answers=sum(chosen),
        right=right,
        chosen=list(chosen),
        by_hand=by_hand,
        by=by,
        recorded_at=now,
    )


@dataclass(frozen=True)
class Bar:
    letter: str
    words: str
    is_right: bool
    number: int


@dataclass(frozen=True)
class Shown:
    """`moments` are (Moment, all answers, its bars), before first; a moment of which nothing is kept is left out."""

    question: Question
    moments: list[tuple[Moment, int, list[Bar]]]


def shown_of(run: ClassRun) -> list[Shown]:
    """Every question of which something is kept; one query."""
    rows = {(row.question, row.moment): row for row in run.tallies.filter(superseded_at=None)}
    found = []
    for question in run.questions:
        moments = [
            (moment, row.answers, _bars(question, row.chosen))
            for moment in Moment
            if (row := rows.get((question.number, moment.value))) is not None
        ]
        if moments:
            found.append(Shown(question, moments))
    return found


def _bars(question: Question, chosen: Sequence[int]) -> list[Bar]:
    return [
        Bar(one.letter, one.words, one.letter == question.right, number)
        for one, number in zip(question.answers, chosen, strict=True)
    ]


def sums_of(runs: Sequence[ClassRun]) -> dict[int, list[tuple[Moment, int, int]]]:
    """{run: (moment, right answers, all answers) over its questions}, before first; one query."""
    found: dict[int, dict[str, list[int]]] = {}
    rows = QuizTally.objects.current().filter(run__in=runs).values_list("run", "moment", "right", "answers")
    for run, moment, right, answers in rows:
        sums = found.setdefault(run, {}).setdefault(moment, [0, 0])
        sums[0], sums[1] = sums[0] + right, sums[1] + answers
    return {
        run: [(moment, *_pair(sums[moment.value])) for moment in Moment if moment.value in sums]
        for run, sums in found.items()
    }


def _pair(sums: list[int]) -> tuple[int, int]:
    return sums[0], sums[1]

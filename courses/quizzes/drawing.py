"""What a new attempt asks: the quiz's own questions, and those that it draws from the bank."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from random import Random
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce

from courses.attempts.attempt import Attempt, AttemptItem
from courses.attempts.time_over import ends_at
from courses.questions.bank import questions_to_draw
from courses.questions.draws import Candidate, draw
from courses.questions.kinds.kind import drawn_order
from courses.questions.versions import QuestionVersion

# hundredths of a point: a drawn question is worth one
ONE_POINT = 100


@dataclass(frozen=True)
class QuizQuestions:
    """The questions of a quiz as they are now. `fixed` and `bank` are {"key", "points", "lesson_key"}, the latter with
    "objective" and "difficulty"; `versions` is the current version of each by its key."""

    fixed: list[dict]
    bank: list[dict]
    versions: dict[UUID, QuestionVersion]
    each: int
    total: int

    @classmethod
    def of(cls, quiz, *fields: str) -> "QuizQuestions":
        """`fields` of a version are loaded beside those that starting needs. Two queries, a third for a bank."""
        fixed, bank = fixed_questions(quiz), bank_questions(quiz)
        current = QuestionVersion.objects.current(row["key"] for row in [*fixed, *bank])
        versions = QuestionVersion.objects.only("kind", "structure", *fields).in_bulk(current.values())
        by_key = {key: versions[version] for key, version in current.items()}
        always = {row["key"] for row in fixed}
        return cls(
            [row for row in fixed if row["key"] in by_key],
            [row for row in bank if row["key"] in by_key and row["key"] not in always],
            by_key,
            quiz.draw_each,
            quiz.draw_total,
        )

    @cached_property
    def candidates(self) -> list[Candidate]:
        return [Candidate(row["key"], row["objective"], row["difficulty"]) for row in self.bank]

    def drawn(self, earlier: Collection[Collection[UUID]], rng: Random) -> list[dict]:
        """The rows of one attempt; `earlier` are the keys of each earlier attempt of the person."""
        if not self.bank:
            return list(self.fixed)
        by_key = {row["key"]: row for row in self.bank}
        return [*self.fixed, *(by_key[one.key] for one in draw(self.candidates, self.each, self.total, earlier, rng))]


def fixed_questions(quiz) -> list[dict]:
    """The published ones of the quiz's list, in its order. A question's own lesson goes before the one of the list."""
    rows = quiz.questions.order_by("sort_order").values(
        "points",
        key=F("question__translation_key"),
        lesson_key=Coalesce(F("question__lesson__translation_key"), F("lesson__translation_key")),
        live=F("question__live"),
    )
    return [row for row in rows if row["live"]]


def bank_questions(quiz) -> list[dict]:
    if not quiz.draw_from:
        return []
    rows = questions_to_draw(quiz.draw_from).values(
        "objective", "difficulty", key=F("translation_key"), lesson_key=F("lesson__translation_key")
    )
    return [{**row, "points": ONE_POINT} for row in rows]


def asks_anything(quiz) -> bool:
    return bool(fixed_questions(quiz)) or bool(quiz.draw_from and questions_to_draw(quiz.draw_from).exists())


def met_before(person, quiz_key: UUID) -> list[set[UUID]]:
    """The questions of each earlier attempt of the person; one query."""
    rows = AttemptItem.objects.filter(attempt__person=person, attempt__quiz_key=quiz_key)
    by_attempt: dict[int, set[UUID]] = defaultdict(set)
    for attempt, key in rows.values_list("attempt_id", "version__question_key"):
        by_attempt[attempt].add(key)
    return list(by_attempt.values())


def new_attempt(person, quiz, course_key: str, number: int, now: datetime, *, more_time: bool = False) -> Attempt:
    """Not yet written."""
    minutes = quiz.more_minutes if more_time else quiz.time_limit
    return Attempt(
        person=person,
        quiz_key=quiz.translation_key,
        course_key=course_key,
        number=number,
        started_at=now,
        ends_at=ends_at(now, minutes, quiz.closes_at),
        rules={
            "title": quiz.title,
            "language": quiz.locale.language_code,
            "pass_percent": quiz.pass_percent,
            "wait_minutes": quiz.wait_minutes,
            **({"minutes": minutes} if minutes else {}),
        },
    )


def new_items(
    attempt: Attempt, quiz, questions: QuizQuestions, rng: Random, earlier: Collection[Collection[UUID]] = ()
) -> list[AttemptItem]:
    """Not yet written; the only place where questions and order are drawn. `earlier` as by `met_before`."""
    rows = questions.drawn(earlier, rng)
    if quiz.shuffle_questions:
        rng.shuffle(rows)
    items = []
    for position, row in enumerate(rows, start=1):
        version = questions.versions[row["key"]]
        items.append(
            AttemptItem(
                attempt=attempt,
                position=position,
                version=version,
                choice_order=drawn_order(version.kind, version.structure, rng, shuffled=quiz.shuffle_choices),
                points=row["points"],
                lesson_key=row["lesson_key"],
            )
        )
    return items

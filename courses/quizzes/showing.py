"""The page of one part of an open attempt: five questions, the map of all questions, the time of the last save."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import F
from django.utils import timezone

from courses.attempts.answering import Conflict
from courses.attempts.attempt import Attempt, AttemptItem
from courses.questions.kinds.kind import BadAnswer, is_blank
from courses.questions.kinds.showing import question_context
from courses.questions.versions import QuestionVersion
from courses.quizzes.known import versions_of
from letters.numbers import is_number
from pages.serving import version

# questions per part: short enough for a phone; without JavaScript a part is saved at once
SIZE = 5


@dataclass(frozen=True)
class Slot:
    """A question of an attempt without its texts. `sequence` 0: never answered."""

    item: AttemptItem
    sequence: int = 0
    response: Mapping | None = None
    saved_at: datetime | None = None

    @property
    def position(self) -> int:
        return self.item.position

    @property
    def answered(self) -> bool:
        return not is_blank(self.response)

    @property
    def part(self) -> int:
        return AttemptPart.number_of(self.position)


@dataclass(frozen=True)
class QuestionRow:
    """A question with its texts. After a conflict `question` has the posted answer and `theirs` the stored one."""

    slot: Slot
    key: UUID
    question: dict
    token: UUID
    theirs: dict | None = None
    error: str = ""

    @property
    def saved(self) -> bool:
        """Whether the page shows the stored answer."""
        return self.slot.answered and self.theirs is None and not self.error


@dataclass(frozen=True)
class AttemptPart:
    attempt: Attempt
    number: int
    slots: list[Slot]
    rows: list[QuestionRow]

    @staticmethod
    def number_of(position: int) -> int:
        return (position - 1) // SIZE + 1

    @property
    def count(self) -> int:
        return AttemptPart.number_of(len(self.slots))

    @property
    def answered(self) -> int:
        return sum(slot.answered for slot in self.slots)

    @property
    def unanswered(self) -> list[Slot]:
        return [slot for slot in self.slots if not slot.answered]

    @property
    def flagged(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.item.flagged]

    @property
    def saved_at(self) -> datetime | None:
        return max((slot.saved_at for slot in self.slots if slot.saved_at), default=None)

    @property
    def seconds_left(self) -> int:
        """Of the time of the attempt, by the server's clock; 0 where it does not end."""
        ends_at = self.attempt.ends_at
        return max(int((ends_at - timezone.now()).total_seconds()), 0) if ends_at else 0

    @property
    def minutes_left(self) -> int:
        return self.seconds_left // 60

    @property
    def last_position(self) -> int:
        return self.rows[-1].slot.position

    @property
    def next_number(self) -> int | None:
        return self.number + 1 if self.number < self.count else None

    @property
    def previous_number(self) -> int | None:
        return self.number - 1 if self.number > 1 else None


def slots(attempt: Attempt) -> list[Slot]:
    """All questions of the attempt with the answers in force, in one query."""
    rows = attempt.items.annotate(
        sequence=F("answers__sequence"), response=F("answers__response"), saved_at=F("answers__saved_at")
    )
    # the last row of an item holds its latest answer
    latest = {item.pk: item for item in rows.order_by("position", "answers__sequence")}
    return [
        Slot(item, item.sequence, item.response, item.saved_at) if item.sequence else Slot(item)
        for item in latest.values()
    ]


def part_of(
    attempt: Attempt,
    number: int | str | None,
    troubles: Mapping[int, Conflict | BadAnswer] | None = None,
    content: str | None = None,
) -> AttemptPart:
    """`number` is the part from the address; None is the part with the last saved answer, for a returning learner.
    Two queries, one where the process knows the questions; `content` is the content version of the request."""
    placed = slots(attempt)
    saved = [slot for slot in placed if slot.saved_at]
    last = max(saved, key=lambda slot: (slot.saved_at, slot.position)).part if saved else 1
    text = str(number or "")
    wanted = int(text) if is_number(text) else last
    wanted = min(max(wanted, 1), AttemptPart.number_of(len(placed)))
    here = [slot for slot in placed if slot.part == wanted]
    versions = versions_of([slot.item.version_id for slot in here], content or version.current())
    troubles = troubles or {}
    rows = [
        _row(slot, versions[slot.item.version_id], attempt.rules["language"], troubles.get(slot.position))
        for slot in here
    ]
    return AttemptPart(attempt, wanted, placed, rows)


def _row(slot: Slot, version: QuestionVersion, language: str, trouble: Conflict | BadAnswer | None) -> QuestionRow:
    frozen, order = version.frozen(language), slot.item.choice_order
    mine, theirs, error = slot.response, None, ""
    if isinstance(trouble, Conflict):
        mine, theirs = trouble.yours, question_context(frozen, order, slot.response)
    elif trouble:
        error = str(trouble)
    return QuestionRow(slot, version.question_key, question_context(frozen, order, mine), uuid4(), theirs, error)

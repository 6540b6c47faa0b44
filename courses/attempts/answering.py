"""Saving an answer: one row per save, numbered within its question, acknowledged only after the database has it.

Two statements without a transaction: one reads the question's state, one INSERT takes effect only while the attempt is
open and the number is free. So a save holds the write lock for a single statement, and a second tab or a simultaneous
submission cannot overwrite an answer unnoticed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import BigIntegerField
from django.utils.translation import gettext as _

from courses.attempts.attempt import Answer, Attempt, AttemptItem
from courses.attempts.time_over import GRACE
from courses.questions.kinds.kind import is_blank, kind
from courses.questions.versions import QuestionVersion


class AlreadySubmitted(Exception):
    """The attempt takes no more answers; the message is one sentence for the learner."""

    def __init__(self):
        super().__init__(_("Bài này đã nộp nên không nhận thêm câu trả lời. Hãy xem kết quả."))


class Closed(AlreadySubmitted):
    """A re-test whose days are over."""

    def __init__(self):
        Exception.__init__(self, _("Lần hỏi lại này đã đóng nên không nhận thêm câu trả lời. Không ảnh hưởng gì."))


class TimeOver(AlreadySubmitted):
    """The time of the attempt is over; what was saved counts."""

    def __init__(self):
        said = _("Đã hết giờ làm bài nên không nhận thêm câu trả lời. Mọi câu đã lưu trước đó đều được tính.")
        Exception.__init__(self, said)


@dataclass(frozen=True)
class SavedAnswer:
    """The stored answer. `sequence` 0 and `saved_at` None: there is none, and a blank one was sent."""

    sequence: int
    response: Mapping
    saved_at: datetime | None


@dataclass(frozen=True)
class Ending:
    """When a re-test closes, and when the time of an attempt is over; None: never."""

    closes_at: datetime | None
    ends_at: datetime | None

    def refuse_if_over(self, now: datetime) -> None:
        if self.closes_at is not None and self.closes_at <= now:
            raise Closed
        if self.ends_at is not None and self.ends_at + GRACE < now:
            raise TimeOver


@dataclass(frozen=True)
class Conflict:
    """Nothing was saved: the question was answered elsewhere after this page was drawn. `yours` is what was posted."""

    sequence: int
    response: Mapping
    saved_at: datetime
    yours: Mapping


def save_answer(
    person, attempt_id: int, position: int, posted: Mapping, *, based_on: int, token: UUID, now: datetime
) -> SavedAnswer | Conflict:
    """`posted` is {field: [str, …]} of the question's kind; `based_on` the sequence of the answer that the page showed,
    0 for none; `token` the page's own id of this save, so that a repeated request is one save.

    Raises AttemptItem.DoesNotExist (no such question, or somebody else's attempt), AlreadySubmitted, Closed, TimeOver,
    BadAnswer.
    """
    for _try in range(2):
        item, name, structure, submitted_at, ending, answers = _state(person, attempt_id, position, token)
        for sequence, response, saved_at, its_token in answers:
            if its_token == token:
                return SavedAnswer(sequence, response, saved_at)
        if submitted_at is not None:
            raise AlreadySubmitted
        ending.refuse_if_over(now)
        response = kind(name).clean(structure, posted)
        sequence, latest, saved_at, _its_token = answers[0] if answers else (0, {}, None, None)
        if response == latest or (not answers and is_blank(response)):
            return SavedAnswer(sequence, response, saved_at)
        if sequence != based_on:
            return Conflict(sequence, latest, saved_at, response)
        if _insert(attempt_id, item, sequence + 1, response, token, now):
            return SavedAnswer(sequence + 1, response, now)
        # The attempt was submitted or the number was taken since the state was read. Read it once more: the answer that
        # took the number is now visible.
    return Conflict(sequence, latest, saved_at, response)


# Of an item's answers only the newest and the one with this token: a question may have been changed many times. Written
# out, since composing it anew costs more than reading by it.
_READ = f"""SELECT item.id, version.kind, version.structure, attempt.submitted_at, attempt.closes_at, attempt.ends_at,
    answer.sequence, answer.response, answer.saved_at, answer.token
FROM {AttemptItem._meta.db_table} item
JOIN {Attempt._meta.db_table} attempt ON attempt.id = item.attempt_id
JOIN {QuestionVersion._meta.db_table} version ON version.id = item.version_id
LEFT JOIN {Answer._meta.db_table} answer ON answer.item_id = item.id AND (answer.token = %s OR answer.sequence = (
    SELECT max(newest.sequence) FROM {Answer._meta.db_table} newest WHERE newest.item_id = item.id))
WHERE attempt.id = %s AND attempt.person_id = %s AND item.position = %s
ORDER BY answer.sequence DESC"""
_STRUCTURE = QuestionVersion._meta.get_field("structure")
_CLOSES_AT, _ENDS_AT = (Attempt._meta.get_field(name) for name in ("closes_at", "ends_at"))
_RESPONSE, _SAVED_AT, _TOKEN = (Answer._meta.get_field(name) for name in ("response", "saved_at", "token"))


def _state(person, attempt_id: int, position: int, token: UUID):
    """(item id, kind, structure, submitted_at, ending, answers) in one query; `answers` are [(sequence, response,
    saved_at, token), …], newest first: the newest of all, and the one saved with `token` if there is one.
    """
    if max(attempt_id, position) > BigIntegerField.MAX_BIGINT:
        raise AttemptItem.DoesNotExist
    with connection.cursor() as cursor:
        its_token = _TOKEN.get_db_prep_value(token, connection)
        cursor.execute(_READ, [its_token, attempt_id, person.pk, position])
        rows = cursor.fetchall()
    if not rows:
        raise AttemptItem.DoesNotExist
    item, name, structure, submitted_at, closes_at, ends_at = rows[0][:6]
    ending = Ending(_told(_CLOSES_AT, closes_at), _told(_ENDS_AT, ends_at))
    answers = [
        (sequence, _told(_RESPONSE, response), _told(_SAVED_AT, saved_at), _told(_TOKEN, its_token))
        for *_item, sequence, response, saved_at, its_token in rows
        if sequence is not None
    ]
    return item, name, _told(_STRUCTURE, structure), submitted_at, ending, answers


def _told(field, value):
    """The value of a column as the field itself would read it from this database."""
    column = field.cached_col
    for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection)):
        value = convert(value, column, connection)
    return value


def _insert(attempt_id: int, item_id: int, sequence: int, response: Mapping, token: UUID, now: datetime) -> bool:
    """False when the attempt was submitted meanwhile, or the number or the token is taken.

    FOR SHARE waits for a submission in progress (it locks the attempt), and a later submission waits for this row.
    SQLite has one writer at a time, which has the same effect.
    """
    values = ((_RESPONSE, response), (_SAVED_AT, now), (_TOKEN, token))
    adapted = [field.get_db_prep_save(value, connection) for field, value in values]
    lock = "FOR SHARE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {Answer._meta.db_table} (item_id, sequence, response, saved_at, token)
            SELECT %s, %s, %s, %s, %s FROM {Attempt._meta.db_table} WHERE id = %s AND submitted_at IS NULL {lock}
            ON CONFLICT DO NOTHING""",
            [item_id, sequence, *adapted, attempt_id],
        )
        return cursor.rowcount == 1


def flag(person, attempt_id: int, position: int, flagged: bool) -> None:
    """Marks a question for another look. Raises AttemptItem.DoesNotExist; does nothing in a submitted attempt."""
    items = AttemptItem.objects.filter(attempt__pk=attempt_id, attempt__person=person, position=position)
    if not items.filter(attempt__submitted_at=None).update(flagged=flagged) and not items.exists():
        raise AttemptItem.DoesNotExist

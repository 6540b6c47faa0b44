"""What a whole school does within the same ten seconds: a code is looked up, the letters of a page are counted.

Three statements written by hand at most: Django needs several times as long to write each as the database needs to
do it, and everybody of one code waits for the same row.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from campaigns.answering.once import is_first_of
from campaigns.schools.quiz.class_run import OPEN_FOR, QuizCode

# what a page needs to know of its code: `counts` and `sent` stay behind
_NAMES = "id, run_id, moment, key"
_OPEN = "closed_at IS NULL AND opened_at > %s"
_LOOK = f"SELECT {_NAMES} FROM campaigns_quizcode WHERE token = %s AND {_OPEN}"
_HOLD = f"SELECT sent, counts FROM campaigns_quizcode WHERE id = %s AND {_OPEN}"
_COUNT = "UPDATE campaigns_quizcode SET sent = %s, counts = %s WHERE id = %s"


def _since(now: datetime):
    """When the oldest code was opened that is open still."""
    return connection.ops.adapt_datetimefield_value(now - OPEN_FOR)


def open_one(token: str, now: datetime) -> QuizCode | None:
    """The open code of a page: its `pk`, `run_id`, `moment` and `key`."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [token[:20], _since(now)])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, run_id, moment, key = row
    return QuizCode(pk=pk, run_id=run_id, moment=moment, key=key if isinstance(key, UUID) else UUID(key))


@transaction.atomic
def add(code: QuizCode, number: UUID | None, given: Mapping[int, str], now: datetime) -> bool:
    """Counts the letters of one page once; False where the code was closed meanwhile. One code at a time: two pages
    that come at once wait for each other.
    """
    with connection.cursor() as cursor:
        # SQLite has one writer, who was chosen when the transaction began
        locked = f"{_HOLD} FOR UPDATE" if connection.features.has_select_for_update else _HOLD
        cursor.execute(locked, [code.pk, _since(now)])
        row = cursor.fetchone()
        if row is None:
            return False
        if number is None or not is_first_of(code.key, number, now):
            return True
        sent, counts = row[0], json.loads(row[1])
        for question, letter in given.items():
            letters = counts.setdefault(str(question), {})
            letters[letter] = letters.get(letter, 0) + 1
        cursor.execute(_COUNT, [sent + 1, json.dumps(counts), code.pk])
    return True

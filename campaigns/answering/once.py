"""What is sent twice is known by the number of its page, which says nothing and is forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection, models, transaction

from outbox.clock import every

HOUR = timedelta(hours=1)


class SentNumber(models.Model):
    """Of a form that was sent within the hour; it does not say what was answered. A row, since of two sends at once one
    alone may count.
    """

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
    # of the code with which it is forgotten; NULL: after an hour alone
    code = models.UUIDField(null=True, db_index=True)


def is_first(number: UUID, now: datetime, code: UUID | None = None) -> bool:
    """Whether this form was not sent within the hour. Within the transaction that counts it."""
    digest = sha256(number.bytes).hexdigest()
    SentNumber.objects.filter(digest=digest, at__lt=now - HOUR).delete()
    _row, is_new = SentNumber.objects.get_or_create(digest=digest, defaults={"at": now, "code": code})
    return is_new


@transaction.atomic
def count_once(number: UUID | None, now: datetime, count: Callable[[], object], code: UUID | None = None) -> None:
    """`count` is called unless the page of this number counted before; without a number nothing counts."""
    if number is not None and is_first(number, now, code):
        count()


def is_first_of(code: UUID, number: UUID, now: datetime) -> bool:
    """The same for a code that lives no longer than its numbers do: one statement, within the transaction that counts
    it.
    """
    stored = connection.ops.adapt_datetimefield_value(now)
    digest = sha256(code.bytes + number.bytes).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [digest, stored, SentNumber._meta.get_field("code").get_db_prep_value(code, connection)])
        return cursor.rowcount == 1


_NEW = 'INSERT INTO campaigns_sentnumber ("digest", "at", "code") VALUES (%s, %s, %s) ON CONFLICT ("digest") DO NOTHING'


def forget_numbers_of(code: UUID) -> None:
    SentNumber.objects.filter(code=code).delete()


# by this name databases know the job
@every("campaigns.pulse.forget_numbers", minutes=5)
def forget_numbers(now: datetime) -> None:
    SentNumber.objects.filter(at__lt=now - HOUR).delete()

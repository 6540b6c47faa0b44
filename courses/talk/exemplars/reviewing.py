"""What a second person does with an exemplar that `whose.reviewed_by` her waits: lists it or sends it back; and what
units do with one that is listed: copy it.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.talk.exemplars.exemplar import Adoption, Exemplar, ExemplarState
from courses.talk.exemplars.writing import held
from courses.talk.news import NewsKind, tell
from courses.talk.refusing import Refused
from people.persons.user import User
from people.units.unit import Unit


@transaction.atomic
def put_on_the_list(by: User, row: Exemplar, seen: str, now: datetime) -> None:
    """`seen` is the stamp of the words that she read. Raises Refused."""
    row = _waiting(row, seen)
    listed = {"state": ExemplarState.LISTED, "decided_by": by, "listed_at": now, "word": "", "changed_at": now}
    Exemplar.objects.filter(pk=row.pk).update(**listed)
    tell([row.written_by_id], NewsKind.EXEMPLAR, row.pk, now)


@transaction.atomic
def send_back(by: User, row: Exemplar, word: str, seen: str, now: datetime) -> None:
    row = _waiting(row, seen)
    if not word:
        raise Refused(_("Hãy ghi cần sửa chỗ nào; người viết sẽ đọc câu này."))
    back = {"state": ExemplarState.REFUSED, "decided_by": by, "word": word, "changed_at": now}
    Exemplar.objects.filter(pk=row.pk).update(**back)
    tell([row.written_by_id], NewsKind.EXEMPLAR, row.pk, now)


def _waiting(row: Exemplar, seen: str) -> Exemplar:
    row = held(row)
    if row.state != ExemplarState.WAITING or row.stamp != seen:
        raise Refused(_("Mô hình này vừa được sửa hoặc quyết định. Mở lại trang để xem."))
    return row


@transaction.atomic
def adopt(by: User, row: Exemplar, unit: Unit, now: datetime) -> None:
    """`unit` is one of hers; pressed twice it counts once. Raises Refused."""
    row = held(row)
    if row.state != ExemplarState.LISTED or row.unit_id == unit.pk:
        raise Refused(_("Đơn vị không tự làm theo mô hình của mình, hay mô hình không còn đăng."))
    rows, defaults = Adoption.objects.all(), {"by": by, "since": now}
    _adoption, made = rows.get_or_create(exemplar=row, unit=unit, ended_at=None, defaults=defaults)
    if made and row.written_by_id != by.pk:
        tell([row.written_by_id], NewsKind.EXEMPLAR, row.pk, now)


def give_up(row: Exemplar, unit: Unit, now: datetime) -> None:
    Adoption.objects.filter(exemplar=row, unit=unit, ended_at=None).update(ended_at=now)

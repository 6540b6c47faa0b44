"""Taking back what was printed: the code on it says so from that moment, and each commune has its list to take down."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.messages.message import MessagePage
from campaigns.renderings.formats import FORMATS
from campaigns.renderings.sheets import SheetVersion, Withdrawal
from campaigns.renderings.texts.approving import Refused
from campaigns.renderings.texts.passages import Passage
from people.log.audit import Act, record
from people.rights.scope import under


@transaction.atomic
def withdraw(
    message: MessagePage, one: str, why: str, replaced_by: MessagePage | None, user, now: datetime
) -> tuple[Withdrawal, int]:
    """Every version issued so far, of one format ("": of all); (the withdrawal, how many versions). The texts need
    another approval before anything is printed of them again.
    """
    if replaced_by is not None and replaced_by.pk == message.pk:
        raise Refused(_("Chọn thông điệp khác để thay, hoặc để trống nếu sẽ có bản mới của chính tờ này."))
    rows = SheetVersion.objects.select_for_update(of=("self",)).filter(sheet__message=message, withdrawal=None)
    if one:
        rows = rows.filter(sheet__format=one)
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        raise Refused(_("Chưa in tờ nào như vậy, nên không có gì để rút."))
    row = Withdrawal.objects.create(message=message, format=one, why=why, replaced_by=replaced_by, by=user, at=now)
    SheetVersion.objects.filter(pk__in=ids).update(withdrawal=row)
    bearing = Passage.objects.filter(message=message)
    if one:
        bearing = bearing.filter(slot__in=FORMATS[one].slots)
    bearing.update(approved_by=None, approved_at=None)
    record(Act.WITHDREW_SHEETS, user, count=len(ids), detail=f"{message.slug} {one}".strip(), at=now)
    return row, len(ids)


def to_take_down(unit: int | None) -> QuerySet[SheetVersion]:
    """What hangs in a commune and was withdrawn: its own, and that of the communes of which it was made. None: what the
    province printed for itself.
    """
    whose = {"sheet__unit": None} if unit is None else {"sheet__unit__in": under({unit})}
    rows = SheetVersion.objects.to_take_down().filter(**whose)
    return rows.select_related("sheet__message", "sheet__unit", "withdrawal__replaced_by").order_by("sheet", "number")


def taken_down(unit: int | None, version: int, user, now: datetime) -> bool:
    """Ticks *đã gỡ*; False where it is none of hers or was ticked already."""
    row = to_take_down(unit).filter(pk=version).first()
    if row is None:
        return False
    own = SheetVersion.objects.filter(pk=row.pk, taken_down_at=None)
    ticked = bool(own.update(taken_down_at=now, taken_down_by=user))
    if ticked:
        record(Act.TOOK_SHEET_DOWN, user, unit=unit, detail=str(row), at=now)
    return ticked

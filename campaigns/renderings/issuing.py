"""Gives a composed sheet its number and version, and says what an issued one would show now."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.communes.commune import CommuneSpacePage
from campaigns.renderings import reading
from campaigns.renderings.composing import Composed, Unprintable, composed
from campaigns.renderings.formats import FORMATS
from campaigns.renderings.sheets import Sheet, SheetVersion
from people.log.audit import Act, record


@transaction.atomic
def issue(whole: Composed, user, now: datetime) -> SheetVersion:
    """The version that shows this: the newest where it does already, else a new one. Raises Unprintable for what is not
    approved.
    """
    if not whole.may_be_issued:
        raise Unprintable(
            _("Tờ này còn chữ chưa duyệt, nên chỉ xem thử được: %s.")
            % (", ".join(_labels(whole)) or _("lời của xã chờ người duyệt"))
        )
    order = whole.order
    key: dict[str, Any] = {
        "message": order.source.message,
        "unit": order.space.unit if order.space else None,
        "format": order.format.key,
        "audience": order.audience,
        "language": order.language,
    }
    sheet, _created = Sheet.objects.get_or_create(**key)
    sheet = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    newest = sheet.versions.order_by("-number").first()
    if newest is not None and newest.made_of == whole.mark and newest.withdrawal_id is None:
        return newest
    printed = whole.data["contact"] or {"number": "", "name": "", "hours": ""}
    made = SheetVersion.objects.create(
        sheet=sheet,
        number=newest.number + 1 if newest else 1,
        made_of=whole.mark,
        contact=order.contact,
        **{f"contact_{name}": said for name, said in printed.items()},
        issued_by=user,
        issued_at=now,
    )
    detail = f"{order.format.key} {made}" if order.language == "vi" else f"{order.format.key} {made} {order.language}"
    record(Act.PRINTED_SHEET, user, unit=sheet.unit_id, detail=detail, at=now)
    return made


def _labels(whole: Composed) -> list[str]:
    return [whole.order.source.passages[slot].label for slot in whole.unapproved]


def again(version: SheetVersion) -> Composed:
    """What the sheet of this version would show now. Raises Unprintable where its message or commune is gone."""
    sheet = version.sheet
    if sheet.message_id is None or sheet.format not in FORMATS:
        raise Unprintable(_("Thông điệp của tờ này không còn."))
    space = None
    if sheet.unit_id is not None:
        space = CommuneSpacePage.objects.filter(unit=sheet.unit_id, closed_on=None, locale__language_code="vi").first()
        if space is None:
            raise Unprintable(_("Đơn vị của tờ này không còn; in tờ mới ở trang của xã hiện nay."))
    message = reading.printed_messages().filter(pk=sheet.message_id).first()
    if message is None:
        raise Unprintable(_("Thông điệp này không còn trên trang."))
    # a number that was taken off is not printed again: the commune's first confirmed one stands in for it
    chosen = str(version.contact_id or "") if version.contact_number else "0"
    return composed(
        reading.order(
            message,
            FORMATS[sheet.format],
            space,
            audience=sheet.audience,
            contact=chosen,
            language=sheet.language,
        )
    )

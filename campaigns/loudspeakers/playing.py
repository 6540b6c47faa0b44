"""Logging and confirming plays. What is confirmed is a verified activity at once and is not entered again."""

from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.activities.made.kind import PLAYS_KEY, ActivityKind
from campaigns.activities.made.writing import Refused, Said, count_from_elsewhere
from campaigns.loudspeakers.slot import Play, Slot
from people.persons.merges import one_person
from people.units.unit import Unit


def log_by_code(token: str, on: date, now: datetime) -> bool:
    """Whether a slot of today was logged now; pressed twice it is once. What it answers is told to nobody."""
    slot = Slot.objects.filter(token=token).first()
    if slot is None or not slot.is_on(on):
        return False
    what = {"commune_id": slot.commune_id, "message_key": slot.message_key, "minutes": slot.minutes, "logged_at": now}
    return _once({"slot": slot, "on": on}, what)


def log_unplanned(by, commune: Unit, message_key: UUID, on: date, minutes: int, device: UUID, now: datetime) -> bool:
    """A play outside of any slot, sent once however often its device sends it."""
    what = {"message_key": message_key, "on": on, "minutes": minutes, "by": by, "logged_at": now}
    return _once({"commune": commune, "device": str(device)}, what)


def _once(known_by: dict, what: dict) -> bool:
    try:
        with transaction.atomic():
            return Play.objects.get_or_create(**known_by, defaults=what)[1]
    except IntegrityError:
        return False


@transaction.atomic
def confirm(by, play_id: int, commune: Unit, now: datetime) -> None:
    """Never by who logged it. Raises Refused."""
    play = _waiting(by, play_id, commune)
    kind = ActivityKind.objects.filter(key=PLAYS_KEY).first()
    if kind is None:
        raise Refused(_("Chưa có loại “Phát loa”; báo quản lý cấp tỉnh."))
    hamlet = play.slot.hamlet if play.slot else None
    details = {"quantity": 1, "minutes": play.minutes}
    said = Said(kind, commune, commune, hamlet, play.on, {}, details, ["vi"])
    count_from_elsewhere(by, uuid5(NAMESPACE_URL, f"la-chan:loa:{play.pk}"), said, play.by, now)
    play.confirmed, play.confirmed_by = True, by
    play.save(update_fields=["confirmed", "confirmed_by"])


@transaction.atomic
def refuse(by, play_id: int, commune: Unit) -> None:
    """It was no play. Raises Refused."""
    play = _waiting(by, play_id, commune)
    play.confirmed, play.confirmed_by = False, by
    play.save(update_fields=["confirmed", "confirmed_by"])


def _waiting(by, play_id: int, commune: Unit) -> Play:
    rows = Play.objects.select_for_update(of=("self",)).filter(pk=play_id, commune=commune, confirmed=None)
    play = rows.first()
    if play is None:
        raise Refused(_("Lượt phát này đã được trả lời; tải lại trang."))
    if play.by_id in set(one_person(by).values_list("pk", flat=True)) | {by.pk} and play.by_id is not None:
        raise Refused(_("Người khác xác nhận lượt phát mà anh chị đã ghi."))
    return play

"""Ending a consent, and taking that back.

Bytes are moved to a folder to which no address leads, everything made of them is removed: sizes, pictures that waited,
bytes of a file that was replaced. What showed the file shows nothing in its place. A mistake is taken back while the
bytes are kept (`RETENTION["ended_consents"]`); then they go for good.
"""

import secrets
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media import files, renditions
from media.consents.ended import FILES, EndedConsent
from media.pictures import Picture
from media.recordings import SMALL, Recording
from media.replacing.replacement import Replacement, ReplacementState
from media.sounds import making
from outbox.clock import daily, every

# no address leads into it
FOLDER = "ended"
MOST_A_TIME = 200
NO_NEW_FILE = gettext_lazy("Sự đồng ý cho tệp này đã hết. Hãy tải tệp mới lên thành một mục mới, với sự đồng ý của nó.")

# sent within the transaction, with `row`: the picture, document or recording
consent_changed = Signal()


class NotTakenBack(ValueError):
    """The message says in one sentence why."""


def file_fields(row) -> list[str]:
    return [name for name in ("file", "thumbnail") if getattr(row, name, None)]


@transaction.atomic
def end(row, now: datetime, by=None, by_its_date: bool = False) -> EndedConsent | None:
    """None where it had ended already."""
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if row.consent_ended:
        return None
    mine = {FILES[type(row)]: row}
    ended = EndedConsent(**mine, at=now, by=by, by_its_date=by_its_date)
    for field in file_fields(row):
        stored = getattr(row, field)
        ended.names[field] = stored.name
        _move(row, field, f"{FOLDER}/{secrets.token_hex(8)}/{PurePath(stored.name).name}")
    row.consent_ended = True
    if isinstance(row, Picture):
        _remove([(rendition.file.storage, rendition.file.name) for rendition in row.renditions.all()])
        row.renditions.all().delete()
    if isinstance(row, Recording):
        _remove([(stored.storage, stored.name) for name in SMALL if (stored := getattr(row, name))])
        row.small_opus, row.small_aac, row.mastered_of = "", "", ""
        row.save(update_fields=[*SMALL, "mastered_of"])
    _remove_replaced(row, now)
    row.save(update_fields=["consent_ended", *ended.names])
    ended.save()
    consent_changed.send(type(row), row=row)
    return ended


def _move(row, field: str, name: str) -> None:
    """The bytes first stand at both places; the old ones go once everything is written."""
    stored = getattr(row, field)
    storage, old = stored.storage, stored.name
    try:
        with storage.open(old) as content:
            new = storage.save(name, content)
    except FileNotFoundError:
        return
    setattr(row, field, new)
    getattr(row, field)._committed = True
    _remove([(storage, old)])


def _remove(stored: list[tuple[Storage, str]]) -> None:
    """At once, not when the worker comes to it."""
    for storage, name in stored:
        transaction.on_commit(partial(storage.delete, name))


def _remove_replaced(row, now: datetime) -> None:
    """What stood before it, and what waited to take its place."""
    rows = Replacement.objects.filter(**{FILES[type(row)]: row})
    rows.filter(state=ReplacementState.WAITING).update(state=ReplacementState.SUPERSEDED, decided_at=now)
    files_of = rows.exclude(field="words").filter(forgotten_at=None)
    _remove([(other.file.storage, name) for other in files_of for name in {str(other.file.name), other.old} if name])
    files_of.update(forgotten_at=now)


def of(row) -> EndedConsent | None:
    """The end that is in force."""
    if not row.consent_ended:
        return None
    return EndedConsent.objects.filter(**{FILES[type(row)]: row}, taken_back_at=None).select_related("by").first()


@transaction.atomic
def take_back(row, by, now: datetime) -> None:
    """It was ended by mistake: the file is where it was. Raises NotTakenBack."""
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    ended = of(row)
    if ended is None:
        raise NotTakenBack(_("Sự đồng ý này chưa hết."))
    if ended.forgotten_at:
        raise NotTakenBack(_("Tệp đã bị xóa hẳn. Nếu người trong tệp đồng ý lại, hãy tải lên tệp mới."))
    if row.consent_is_over_on(timezone.localdate(now)):
        raise NotTakenBack(_("Ngày cuối đã qua. Ghi ngày mới mà người trong tệp đã đồng ý, rồi hoàn tác."))
    for field, name in ended.names.items():
        _move(row, field, name)
    row.consent_ended = False
    row.save(update_fields=["consent_ended", *ended.names])
    ended.taken_back_at, ended.taken_back_by = now, by
    ended.save()
    consent_changed.send(type(row), row=row)
    if isinstance(row, Picture):
        renditions.ask_for(row, again=now.isoformat())
    elif isinstance(row, Recording):
        making.ask_for(row, again=now.isoformat())


@every("media.consents.end_what_is_over", minutes=1)
def end_what_is_over(now: datetime) -> int:
    """Ends what lasts until a day before today; returns how many."""
    day, count = timezone.localdate(now), 0
    for model in FILES:
        for row in model._default_manager.filter(consent_until__lt=day, consent_ended=False)[:MOST_A_TIME]:
            count += end(row, now, by_its_date=True) is not None
    return count


@daily("media.consents.forget", at="03:20")
def forget(now: datetime) -> None:
    until = now - settings.RETENTION["ended_consents"]
    rows = EndedConsent.objects.filter(at__lt=until, taken_back_at=None, forgotten_at=None)
    for ended in rows.select_related(*FILES.values())[:1000]:
        for field in ended.names:
            stored = getattr(ended.file, field)
            # never one that was brought to another place since
            if str(stored.name).startswith(FOLDER + "/"):
                stored.storage.delete(stored.name)
        EndedConsent.objects.filter(pk=ended.pk).update(forgotten_at=now)


def refuse_new_file(stored, name: str, content) -> bool:
    """Asked as a file is stored: one whose consent ended gets no other, which would stand there without any."""
    row: Any = stored.instance
    if row.pk and type(row)._default_manager.filter(pk=row.pk, consent_ended=True).exists():
        raise ValidationError(NO_NEW_FILE, code="consent_ended")
    return False


def connect() -> None:
    files.keeps_aside(refuse_new_file)

"""The decision about a waiting file, its undoing, and what becomes of one that no live page shows any more.

Nobody decides about a file that she brought, whatever her role; a constraint says it once more. A reviewer of any of
the live pages that show it decides for all of them. What was decided is never deleted; the bytes that are no longer
shown are, after a while.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from media.documents import DocumentFile
from media.pictures import Picture
from media.replacing import words
from media.replacing.replacement import IN_PLACE, WORDS, Replacement, ReplacementState
from media.replacing.reviewers import decides_on
from media.replacing.showing import live_pages
from outbox.clock import daily, every

# rows that one person is shown
MOST = 100
RELATED = ("picture", "document", "recording", "by", "decided_by")
# what Wagtail keeps of a file beside it
COLUMNS = {
    Picture: ("is_clean", "why_refused", "width", "height", "file_size", "file_hash"),
    DocumentFile: ("is_looked_at", "doubt", "scan", "file_size", "file_hash"),
}


class NotDecided(ValueError):
    """The message says in one sentence why."""


@dataclass(frozen=True)
class Waiting:
    """`pages` are the live pages that show the old file."""

    row: Replacement
    pages: list[Page]


def shown_to(user, rows: Iterable[Replacement]) -> list[Waiting]:
    """Those of `rows` about which this person decides; a constant number of queries."""
    rows = [row for row in rows if user.is_active and row.by_id != user.pk]
    pages = live_pages((row.kind, row.target.pk) for row in rows)
    pairs = {(page.pk, row.by_id): (page, row.by_id) for row in rows for page in pages.get(_ref(row), ())}
    own = decides_on(user, pairs.values())
    return [
        Waiting(row, those)
        for row in rows
        if (those := pages.get(_ref(row), [])) and any((page.pk, row.by_id) in own for page in those)
    ]


def _ref(row: Replacement) -> tuple[str, int]:
    return row.kind, row.target.pk


def waiting_for(user) -> list[Waiting]:
    """The oldest first."""
    rows = Replacement.objects.filter(state=ReplacementState.WAITING).select_related(*RELATED).order_by("at", "pk")
    return shown_to(user, rows[:MOST])


def brought_by(user):
    """What this person brought, the newest first."""
    return Replacement.objects.filter(by=user).select_related(*RELATED).order_by("-at", "-pk")


def may_decide(user, row: Replacement) -> bool:
    return bool(shown_to(user, [row]))


@transaction.atomic
def approve(row: Replacement, by, now: datetime) -> None:
    """The new file takes the place of the old one, on every page. Raises NotDecided."""
    held = _held(row, by)
    if held.why_not_ready:
        raise NotDecided(held.why_not_ready)
    held.state, held.decided_by, held.decided_at = ReplacementState.APPROVED, by, now
    _put_in_place(held)


@transaction.atomic
def refuse(row: Replacement, reason: str, by, now: datetime) -> None:
    """The old file stays. Raises NotDecided."""
    if not reason.strip():
        raise NotDecided(_("Hãy ghi vì sao không duyệt, để người tải lên biết cần sửa gì."))
    held = _held(row, by)
    held.state, held.decided_by, held.decided_at = ReplacementState.REFUSED, by, now
    held.reason = reason.strip()[:500]
    held.save()


def _held(row: Replacement, by) -> Replacement:
    held = Replacement.objects.select_for_update().get(pk=row.pk)
    if held.state != ReplacementState.WAITING:
        raise NotDecided(_("Tệp này không còn chờ: người khác đã quyết định, hoặc đã có tệp thay mới hơn."))
    if held.by_id == by.pk:
        raise NotDecided(_("Anh chị đã tải tệp này lên nên người khác phải duyệt."))
    if not may_decide(by, held):
        raise NotDecided(_("Người duyệt của trang đang dùng tệp này mới quyết định được."))
    return held


def may_take_back(user, row: Replacement) -> bool:
    """Whether it was approved, was not replaced since, the file before it is kept, and this person decides about it."""
    if row.state != ReplacementState.APPROVED or row.forgotten_at or not (row.old or row.old_words):
        return False
    mine = {row.kind: row.target, "field": row.field}
    later = Replacement.objects.filter(**mine, state__in=IN_PLACE, decided_at__gt=row.decided_at)
    return not later.exists() and may_decide(user, row)


@transaction.atomic
def take_back(row: Replacement, by, now: datetime) -> None:
    """The file of before is shown again; that it was approved once stays written. Raises NotDecided."""
    held = Replacement.objects.select_for_update().get(pk=row.pk)
    if not may_take_back(by, held):
        raise NotDecided(_("Không rút lại được nữa: tệp đã được thay lần khác, hoặc tệp cũ không còn."))
    target = _target(held)
    if held.is_of_words:
        words.put_in_place(target, held.old_words)
    else:
        setattr(target, held.field, held.old)
        _keep(target, held.field)
    held.state, held.taken_back_by, held.taken_back_at = ReplacementState.TAKEN_BACK, by, now
    held.save()


def _target(row: Replacement):
    return type(row.target).objects.select_for_update().get(pk=row.target.pk)


def _put_in_place(row: Replacement) -> None:
    target = _target(row)
    if row.state == ReplacementState.PLACED:
        target.replaced_at = row.decided_at
    if row.is_of_words:
        row.old_words = words.put_in_place(target, row.words)
    else:
        _put_file_in_place(row, target)
    row.save()


def _put_file_in_place(row: Replacement, target) -> None:
    new = str(row.file.name)
    stored = getattr(target, row.field)
    row.old = stored.name
    content: Any
    with row.file.storage.open(new) as content:
        content.is_clean = True
        stored.rewrite(PurePath(new).name, content, save=False)
    if isinstance(target, DocumentFile):
        target.scan = row.scan
    _keep(target, row.field)


def _keep(target, field: str) -> None:
    """What follows from the file: its measures, and the sizes in which it is shown, which are made anew."""
    if isinstance(target, Picture):
        target.is_clean, target.why_refused = True, ""
        target._set_image_file_metadata()
        target.renditions.all().delete()
    elif isinstance(target, DocumentFile):
        target._set_document_file_metadata()
    target.save(update_fields=[field, "replaced_at", *COLUMNS.get(type(target), ())])


# --- what nobody decides


@every("media.replacing.place_what_no_page_shows", minutes=10)
def place_what_no_page_shows(now: datetime) -> None:
    """A page that showed the old file may have been taken down: then the new one takes its place, as it would at once
    had it come now.
    """
    rows = list(Replacement.objects.filter(state=ReplacementState.WAITING).select_related(*RELATED)[:MOST])
    pages = live_pages((row.kind, row.target.pk) for row in rows)
    for row in rows:
        if _ref(row) not in pages and row.is_ready:
            with transaction.atomic():
                held = Replacement.objects.select_for_update().get(pk=row.pk)
                if held.state == ReplacementState.WAITING:
                    held.state, held.decided_at = ReplacementState.PLACED, now
                    _put_in_place(held)


@daily("media.replacing.forget_old_bytes", at="03:10")
def forget_old_bytes(now: datetime) -> None:
    """Of what was decided long enough ago: the file that was replaced, or the one that was not taken."""
    until = now - settings.RETENTION["replaced_files"]
    rows = Replacement.objects.filter(~Q(state=ReplacementState.WAITING), decided_at__lt=until, forgotten_at=None)
    # old words are words of editors as any other history's, and go as well
    rows.filter(field=WORDS).update(words={}, old_words={}, forgotten_at=now)
    for row in rows.exclude(field=WORDS).select_related(*RELATED)[:1000]:
        shown, storage = getattr(row.target, row.field).name, row.file.storage
        for name in {str(row.file.name), row.old} - {"", shown}:
            storage.delete(name)
        Replacement.objects.filter(pk=row.pk).update(forgotten_at=now)

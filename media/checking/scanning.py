"""What the worker does with documents: each is looked at once, and scanned for viruses where `CLAMAV_URL` is set.

A document that came in since is public once it was found clean; one from before stays what it was, and is withdrawn
only where something was found. While the scanner is away nothing is decided, and new documents wait.
"""

import hashlib
import logging
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media.contents import clamd
from media.contents.kinds import why_not
from media.documents import DocumentFile, Scan
from outbox.clock import daily
from outbox.effects import Effect, EffectState, Job, TryLater, effect, enqueue, retry
from outbox.mail import enqueue_mail

LOOK, SCAN = "look_at_document", "scan_document"
MOST_A_DAY = 5000
# a scanner may be away for weeks; an hour between tries
TRIES, LONGEST_WAIT = 5000, 60
AWAY = gettext_lazy("Máy quét virus chưa trả lời; tệp được quét lại sau.")

logger = logging.getLogger("media")


def _key(kind: str, row) -> str:
    return f"{kind}:{row._meta.label}:{row.pk}:{hashlib.sha256(row.file.name.encode()).hexdigest()[:16]}"


@daily("media.contents.ask_for_all", at="01:25")
def ask_for_all(now: datetime) -> None:
    """Documents that were there before they were looked at, or before there was a scanner."""
    for row in DocumentFile.objects.filter(is_looked_at=False)[:MOST_A_DAY]:
        enqueue(LOOK, {"pk": row.pk}, key=_key(LOOK, row))
    unscanned: QuerySet[DocumentFile] = DocumentFile.objects.filter(scan=Scan.WAITING)
    if settings.CLAMAV_URL:
        unscanned = unscanned | DocumentFile.objects.filter(scan=Scan.NOT_ASKED)
    for row in unscanned[:MOST_A_DAY]:
        ask_for_scan(row, now)


def ask_for_scan(row, now: datetime | None = None) -> None:
    """Once for each file; one that was given up is begun anew where `now` is given."""
    asked = enqueue(SCAN, {"model": row._meta.label, "pk": row.pk}, key=_key(SCAN, row))
    if now and asked.state in (EffectState.FAILED, EffectState.DONE):
        Effect.objects.filter(pk=asked.pk, state=EffectState.DONE).update(state=EffectState.FAILED)
        retry(Effect.objects.get(pk=asked.pk), now)


@effect(LOOK, label=gettext_lazy("Xem nội dung tài liệu có đúng tên gọi"))
def look_at(job: Job) -> dict | None:
    row = DocumentFile.objects.filter(pk=job.payload["pk"], is_looked_at=False).first()
    if row is None:
        return None
    try:
        with row.file.open("rb") as content:
            doubt = why_not(row.filename, content)
    except OSError:
        doubt = _("Không đọc được tệp này trên máy chủ. Tải lên lại.")
    DocumentFile.objects.filter(pk=row.pk, file=row.file.name).update(is_looked_at=True, doubt=doubt)
    return {"doubted": bool(doubt)}


@effect(SCAN, label=gettext_lazy("Quét virus tài liệu"), tries=TRIES)
def scan(job: Job) -> dict | None:
    model = apps.get_model(job.payload["model"])
    row = model.objects.filter(pk=job.payload["pk"], scan__in=[Scan.WAITING, Scan.NOT_ASKED]).first()
    if row is None:
        return None
    if not settings.CLAMAV_URL:
        # taken away since: nobody is left to ask
        _note(row, Scan.NOT_ASKED)
        return {"scanned": False}
    try:
        with row.file.open("rb") as content:
            found = clamd.infection(settings.CLAMAV_URL, content)
    except clamd.Away as away:
        logger.warning("the virus scanner is away: %s", away)
        raise TryLater(min(2**job.failures, LONGEST_WAIT), AWAY) from None
    if _note(row, Scan.INFECTED if found else Scan.CLEAN) and found:
        logger.error("%s %s is infected: %s", row._meta.label, row.pk, found)
        tell(row)
    return {"infected": bool(found)}


def _note(row, scan: Scan) -> int:
    """0 where the file was replaced meanwhile: the new one has an effect of its own."""
    return type(row).objects.filter(pk=row.pk, file=row.file.name).update(scan=scan)


def tell(row) -> None:
    """Whoever brought it hears at once, by mail where there is an address; its form and the list say it too."""
    person = row.uploaded_by_user
    if person is None or not person.email:
        return
    address = settings.BASE_URL + reverse("doubtful_documents")
    enqueue_mail(
        to=person.email,
        subject=_("Một tài liệu anh chị tải lên có virus"),
        body=_(
            "Máy quét thấy virus trong một tài liệu anh chị tải lên, nên không ai tải được tài liệu ấy nữa. "
            "Quét virus máy của anh chị, rồi tải lên bản sạch. Tài liệu nào thì xem tại:\n{address}\n"
        ).format(address=address),
        key=_key("infected", row),
    )


def _saved(sender, instance, raw=False, **kwargs) -> None:
    if not raw and instance.file and instance.scan == Scan.WAITING:
        ask_for_scan(instance)


def connect() -> None:
    post_save.connect(_saved, sender=DocumentFile, dispatch_uid="media.contents.scanning")

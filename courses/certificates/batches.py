"""Prints many certificates in the background: one PDF, or a ZIP of PDFs where one would be too large to open easily."""

import tempfile
import zipfile
from datetime import date

from django.core.files import File
from django.core.files.base import ContentFile
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.certificates import sheets
from courses.certificates.certificate import Certificate
from outbox.effects import Effect, Job, Refused, effect, enqueue
from outbox.private_files import private_files
from people.log.audit import Act, record
from people.persons.merges import Merge
from people.postings.posting import Posting
from people.rights import scope
from people.rights.reader import Reader
from people.times import covering, today
from people.units.unit import Unit
from printing import MissingLetter

BATCH = "certificate_batch"
# set at once; more would take more memory (about 0.4 MB a page) and more time between two signs of progress
PAGES_A_FILE = 500


def selected_certificates(
    unit_id: int, course_key: str, first: date | None, last: date | None, day: date
) -> QuerySet[Certificate]:
    """Usable certificates of people posted at or below the unit on `day`, those of records that were merged into theirs
    too, issued between the days; by unit, name.

    An empty `course_key` is every course, a day of None leaves that side open.
    """
    posted = Posting.objects.current().filter(covering(day), unit__in=scope.under([unit_id], day))
    merged = Merge.objects.current().filter(stays__in=posted.values("person"))
    hers = Q(person__in=posted.values("person")) | Q(person__in=merged.values("gone"))
    rows = Certificate.objects.usable_on(day).filter(hers)
    if course_key:
        rows = rows.filter(course_key=course_key)
    if first:
        rows = rows.filter(issued_on__gte=first)
    if last:
        rows = rows.filter(issued_on__lte=last)
    return rows.order_by("person_unit", "person__name_order", "pk")


def ask(unit: Unit, course_key: str, first: date | None, last: date | None, user) -> Effect:
    """Enqueues the batch and returns its effect; a second request within a minute returns the same one."""
    payload = {
        "unit": unit.pk,
        "course": course_key,
        "first": first.isoformat() if first else "",
        "last": last.isoformat() if last else "",
        "name": unit.name,
    }
    key = ":".join([BATCH, str(user.pk), *(str(payload[part]) for part in ("unit", "course", "first", "last"))])
    return enqueue(BATCH, payload, key=f"{key}:{timezone.now():%Y%m%d%H%M}"[:120], requested_by=user)


@effect(BATCH, label=gettext_lazy("In chứng nhận"))
def print_batch(job: Job) -> dict:
    """Checks what the requester may see when it runs, not when it was requested."""
    payload, day = job.payload, today()
    unit = Unit.objects.filter(pk=payload["unit"]).first()
    if unit is None or job.requested_by is None or not Reader(job.requested_by).may_see_people(unit.pk):
        raise Refused(_("Vai trò của anh chị không còn xem được chứng nhận của đơn vị này."))
    first, last = (date.fromisoformat(payload[side]) if payload[side] else None for side in ("first", "last"))
    ids = list(selected_certificates(unit.pk, payload["course"], first, last, day).values_list("pk", flat=True))
    if not ids:
        raise Refused(_("Không còn chứng nhận nào trong lựa chọn này."))
    job.progress(0, len(ids))
    parts = [ids[place : place + PAGES_A_FILE] for place in range(0, len(ids), PAGES_A_FILE)]
    if len(parts) == 1:
        name = private_files.save("certificates/chung-nhan.pdf", ContentFile(_printed(ids, unit.name)))
    else:
        name = _zipped(parts, unit.name, job, len(ids))
    job.progress(len(ids), len(ids))
    record(Act.PRINTED_CERTIFICATES, job.requested_by, unit=unit, on=day, count=len(ids), detail=payload["course"])
    return {"file": name, "download": f"chung-nhan-{day:%Y-%m-%d}.{name.rpartition('.')[2]}", "rows": len(ids)}


def _printed(ids: list[int], title: str) -> bytes:
    by_id = {row.pk: row for row in Certificate.objects.filter(pk__in=ids).select_related("person")}
    rows = [by_id[pk] for pk in ids]
    try:
        return sheets.pdf(rows, ", ".join([*sorted({row.paper for row in rows}), title]))
    except MissingLetter as missing:
        row = sheets.whose(rows, missing)
        raise Refused(f"{row.full_number}: {missing}" if row else str(missing)) from None


def _zipped(parts: list[list[int]], title: str, job: Job, total: int) -> str:
    """Writes the ZIP to a temporary file part by part: ten thousand pages are 90 MB."""
    with tempfile.TemporaryFile() as whole:
        done = 0
        # PDF is compressed already
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
            for part in parts:
                name = f"chung-nhan-{done + 1:05}-{done + len(part):05}.pdf"
                archive.writestr(name, _printed(part, title))
                done += len(part)
                job.progress(done, total)
        whole.seek(0)
        return private_files.save("certificates/chung-nhan.zip", File(whole))

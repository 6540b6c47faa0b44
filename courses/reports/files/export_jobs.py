"""Exports of long lists as effects of the outbox; the file is downloaded from the list of one's own works."""

import hashlib
import json

from django.core.files.base import ContentFile
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.reports.figures.views import coverage_for
from courses.reports.files.tables import file_name, people_table
from courses.reports.people.views import PeopleSelection
from courses.reports.query.lookup import read_query
from courses.reports.query.no_answer import NoAnswer
from courses.reports.query.works import lists_works
from outbox.effects import Effect, Job, Refused, effect, enqueue
from outbox.private_files import private_files
from people.log.audit import Act, record
from people.postings.coverage import CoverageError
from people.rights.reader import Reader
from tabular.writing import csv_lines, write_xlsx

EXPORT = "report_export"
lists_works(EXPORT)
# lists beyond this many rows are written in the background
ROWS_AT_ONCE = 5000


def ask(requirement: str, code: str, parameters: dict[str, str], kind: str, user) -> Effect:
    """Enqueues the export and returns its effect; a second request within a minute returns the same one."""
    payload = {"requirement": requirement, "code": code, "parameters": parameters, "kind": kind}
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:24]
    minute = f"{timezone.now():%Y%m%d%H%M}"
    return enqueue(EXPORT, payload, key=f"{EXPORT}:{user.pk}:{digest}:{minute}", requested_by=user)


@effect(EXPORT, label=gettext_lazy("Xuất danh sách cán bộ"))
def export_people(job: Job) -> dict:
    """Checks what the requester may read when it runs, not when it was requested."""
    reader, payload = Reader(job.requested_by), job.payload
    try:
        query = read_query(reader, payload["requirement"], payload["code"], payload["parameters"])
        answer = coverage_for(query, reader)
    except (Http404, NoAnswer, CoverageError):
        raise Refused(_("Danh sách này không còn xem được; anh chị mở lại trang tiến độ.")) from None
    selection = PeopleSelection(query, answer, payload["parameters"])
    total = selection.total
    table = people_table(selection, lambda done: job.progress(min(done, total), total))
    content = ContentFile(b"")
    if payload["kind"] == "csv":
        for line in csv_lines(table):
            content.file.write(line.encode())
    else:
        write_xlsx(table, content.file)
    name = private_files.save(f"exports/people.{payload['kind']}", content)
    unit, kind = answer.places.unit.pk, payload["kind"]
    record(Act.EXPORTED_PEOPLE, job.requested_by, unit=unit, on=answer.as_of, count=total, detail=kind)
    return {"file": name, "download": file_name("can-bo", answer.as_of, payload["kind"]), "rows": total}

"""The people of a movement as a file in the background, where they are many: found among one's own works."""

import hashlib
import json

from django.core.files.base import ContentFile
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.reports.files.tables import file_name
from courses.reports.movements.asked import read_between, read_chosen, sees_people
from courses.reports.movements.people_rows import ChosenPeople
from courses.reports.movements.table import people_table
from courses.reports.movements.working import answer_of
from courses.reports.query.lookup import read_query
from courses.reports.query.no_answer import NoAnswer
from courses.reports.query.works import lists_works
from outbox.effects import Effect, Job, Refused, effect, enqueue
from outbox.private_files import private_files
from people.log.audit import Act, record
from people.postings.coverage import CoverageError
from people.rights.reader import Reader
from tabular.writing import csv_lines, write_xlsx

EXPORT = "movement_export"
lists_works(EXPORT, counted=gettext_lazy("người"))
# more are written in the background
ROWS_AT_ONCE = 2000


def ask(requirement: str, code: str, parameters: QueryDict, kind: str, user) -> Effect:
    """A second request within a minute is the same one."""
    payload = {"requirement": requirement, "code": code, "parameters": parameters.dict(), "kind": kind}
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:24]
    minute = f"{timezone.now():%Y%m%d%H%M}"
    return enqueue(EXPORT, payload, key=f"{EXPORT}:{user.pk}:{digest}:{minute}", requested_by=user)


@effect(EXPORT, label=gettext_lazy("Xuất người có thay đổi"))
def export(job: Job) -> dict:
    """Checks what the requester may read when it runs, not when it was requested."""
    reader, payload = Reader(job.requested_by), job.payload
    try:
        query = read_query(reader, payload["requirement"], payload["code"], payload["parameters"])
        between = read_between(query, payload["parameters"])
        if not sees_people(between, reader):
            raise Http404
        answer = answer_of(between)
        made = between.movement() if isinstance(answer, Effect) else answer.made
    except (Http404, NoAnswer, CoverageError):
        raise Refused(_("Danh sách này không còn xem được; anh chị mở lại trang tiến độ.")) from None
    chosen = ChosenPeople(between, read_chosen(payload["parameters"]), reader, made)
    total, kind = len(chosen), payload["kind"]
    table, content = people_table(chosen, lambda done: job.progress(done, total)), ContentFile(b"")
    if kind == "csv":
        for line in csv_lines(table):
            content.file.write(line.encode())
    else:
        write_xlsx(table, content.file)
    name = private_files.save(f"exports/changes.{kind}", content)
    record(Act.EXPORTED_PEOPLE, job.requested_by, unit=query.unit.pk, on=between.last, count=total, detail=kind)
    return {"file": name, "download": file_name("can-bo-bien-dong", between.last, kind), "rows": total}

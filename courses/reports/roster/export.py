"""The roster as a file that the import reads: every column that it takes, and nothing changes when it comes back.

Whole (what goes on today or is to come), or what a list on the screen is narrowed to. E-mail and telephone are filled
where the reader answers for the person today; an empty cell changes nothing.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from django.core.files.base import ContentFile
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.reports.files.tables import file_name
from courses.reports.importing.kinds import ROSTER
from courses.reports.query.works import lists_works
from courses.reports.roster.selection import Selection
from outbox.effects import Effect, Job, Refused, effect, enqueue
from outbox.private_files import private_files
from people.log.audit import Act, record
from people.postings.coverage import root_on
from people.postings.posting import Posting
from people.rights.reader import Reader
from people.rights.roles import PEOPLE_KINDS
from people.roster.listing import Roster
from people.times import today
from tabular.writing import Table, csv_lines, write_xlsx

EXPORT = "roster_export"
lists_works(EXPORT)
# more rows than are written within a second are written in the background: 10,000 take some three
ROWS_AT_ONCE = 1500
# rows whose duties are read by one query
TOGETHER = 500


def rostered(user, asked: Mapping[str, str]) -> QuerySet[Posting]:
    """The postings of today and later in the user's reach; with filters those of the list."""
    selection = Selection(user, asked)
    if selection.is_narrowed:
        return selection.postings()
    return Posting.objects.current().filter(Roster(user).seen, Q(end=None) | Q(end__gte=today()))


def roster_table(user, postings: QuerySet[Posting], progress: Callable[[int], object] = lambda done: None) -> Table:
    """By name, every column that an import takes."""
    headings = [ROSTER.heading(column.name) for column in ROSTER.columns if not column.optional]
    return Table(_("Danh sách"), headings, _rows(user, postings, progress))


def ask(kind: str, user, asked: Mapping[str, str]) -> Effect:
    """Enqueues the export and returns its effect; a second request within a minute returns the same one."""
    minute, asked = f"{timezone.now():%Y%m%d%H%M}", Selection(user, asked).parameters
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:16]
    key = f"{EXPORT}:{user.pk}:{kind}:{minute}:{digest}"
    return enqueue(EXPORT, {"kind": kind, "asked": asked}, key=key, requested_by=user)


@effect(EXPORT, label=gettext_lazy("Xuất danh sách để sửa và nhập lại"))
def export_roster(job: Job) -> dict:
    """What the requester may see when it runs, not when it was requested."""
    user, kind = job.requested_by, job.payload["kind"]
    if not Reader(user).holds(PEOPLE_KINDS):
        raise Refused(_("Vai trò của anh chị không còn xuất được danh sách này."))
    postings = rostered(user, job.payload.get("asked", {}))
    total = postings.count()
    table = roster_table(user, postings, lambda done: job.progress(min(done, total), total))
    content = ContentFile(b"")
    if kind == "csv":
        for line in csv_lines(table):
            content.file.write(line.encode())
    else:
        write_xlsx(table, content.file)
    name = private_files.save(f"exports/roster.{kind}", content)
    record(Act.EXPORTED_PEOPLE, user, unit=root_on(today()), on=today(), count=total, detail=kind)
    return {"file": name, "download": file_name("danh-sach", today(), kind), "rows": total}


def _rows(user, postings: QuerySet[Posting], progress) -> Iterator[tuple]:
    order = ("person__name_order", "person__staff_code", "start", "pk")
    found = postings.select_related("person", "unit").prefetch_related("duties").order_by(*order)
    roster, done, rows = Roster(user), 0, found.iterator(TOGETHER)
    while together := list(islice(rows, TOGETHER)):
        answered = roster.answered({posting.person_id for posting in together})
        for posting in together:
            yield _row(posting, posting.person_id in answered)
        progress(done := done + len(together))


def _row(posting: Posting, answered: bool) -> tuple:
    person = posting.person
    return (
        person.staff_code,
        person.full_name,
        (answered and person.email) or "",
        (answered and person.phone) or "",
        posting.unit.code,
        posting.position,
        "|".join(sorted(duty.key for duty in posting.duties.all())),
        posting.start,
        posting.end,
    )

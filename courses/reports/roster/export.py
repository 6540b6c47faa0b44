"""The roster as a file that the import reads: every column that it takes, and nothing changes when it comes back."""

from collections.abc import Callable, Iterator

from django.core.files.base import ContentFile
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.reports.files.tables import file_name
from courses.reports.query.works import lists_works
from courses.reports.roster.jobs import HEADINGS
from outbox.effects import Effect, Job, Refused, effect, enqueue
from outbox.private_files import private_files
from people.log.audit import Act, record
from people.postings.coverage import root_on
from people.postings.posting import Posting
from people.rights.reader import Reader
from people.rights.scope import TRAINING_KINDS, import_reach
from people.times import today
from tabular.writing import Table, csv_lines, write_xlsx

EXPORT = "roster_export"
lists_works(EXPORT)
# more rows than are written within a second are written in the background: 10,000 take some three
ROWS_AT_ONCE = 1500
# rows whose duties are read by one query
TOGETHER = 500


def rostered(within: set[int] | None) -> QuerySet[Posting]:
    """The postings of today and later in these units; None means all."""
    postings = Posting.objects.current().filter(Q(end=None) | Q(end__gte=today()))
    return postings if within is None else postings.filter(unit__in=within)


def roster_table(within: set[int] | None, progress: Callable[[int], object] = lambda done: None) -> Table:
    """By name, every column that an import takes."""
    headings = [str(heading) for heading in HEADINGS.values()]
    return Table(_("Danh sách"), headings, _rows(rostered(within), progress))


def ask(kind: str, user) -> Effect:
    """Enqueues the export and returns its effect; a second request within a minute returns the same one."""
    minute = f"{timezone.now():%Y%m%d%H%M}"
    return enqueue(EXPORT, {"kind": kind}, key=f"{EXPORT}:{user.pk}:{kind}:{minute}", requested_by=user)


@effect(EXPORT, label=gettext_lazy("Xuất danh sách để sửa và nhập lại"))
def export_roster(job: Job) -> dict:
    """What the requester may upload when it runs, not when it was requested."""
    reader = Reader(job.requested_by)
    if not (reader.holds(TRAINING_KINDS) and reader.may_upload):
        raise Refused(_("Vai trò của anh chị không còn xuất được danh sách này."))
    within, kind = import_reach(job.requested_by), job.payload["kind"]
    total = rostered(within).count()
    table = roster_table(within, lambda done: job.progress(min(done, total), total))
    content = ContentFile(b"")
    if kind == "csv":
        for line in csv_lines(table):
            content.file.write(line.encode())
    else:
        write_xlsx(table, content.file)
    name = private_files.save(f"exports/roster.{kind}", content)
    record(Act.EXPORTED_PEOPLE, job.requested_by, unit=root_on(today()), on=today(), count=total, detail=kind)
    return {"file": name, "download": file_name("danh-sach", today(), kind), "rows": total}


def _rows(postings, progress) -> Iterator[tuple]:
    order = ("person__name_order", "person__staff_code", "start", "pk")
    found = postings.select_related("person", "unit").prefetch_related("duties").order_by(*order)
    for number, posting in enumerate(found.iterator(TOGETHER), start=1):
        if number % TOGETHER == 0:
            progress(number)
        person = posting.person
        yield (
            person.staff_code,
            person.full_name,
            person.email or "",
            person.phone or "",
            posting.unit.code,
            posting.position,
            "|".join(sorted(duty.key for duty in posting.duties.all())),
            posting.start,
            posting.end,
        )

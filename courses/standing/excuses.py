"""The import of excuses: a person is not required between two inclusive days."""

from datetime import datetime
from functools import partial
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.requirements.requirement import Excuse, Requirement
from courses.standing import standing
from people.changes.change import ChangedRow, Deed, Origin, change_kind
from people.free_text import imported
from people.imports import Progress, Report
from people.merging.merging import moves
from people.rights.admin_policy import MANAGERS
from people.roster.fact_files import (
    PERSON_COLUMNS,
    STAFF_CODE,
    Fact,
    FactKind,
    FactsPrepared,
    Sheet,
    Whose,
    prepare_facts,
)
from people.undoing.kinds import Doing, RecordRows, people_of, undoes
from tabular.cells import CellError, plain_key
from tabular.questions import Answers
from tabular.readings import AS_IT_IS
from tabular.tables import Column, TableRow, read_table

COLUMNS = [
    STAFF_CODE,
    Column("yeu_cau", required=True, beside=True, max_length=200, aliases=("yeu_cau_tap_huan",)),
    Column("ly_do", required=True, max_length=300, aliases=("ly_do_mien",)),
    Column("tu_ngay", required=True, is_date=True, aliases=("ngay_bat_dau",)),
    Column("den_ngay", is_date=True, aliases=("ngay_ket_thuc",)),
]
OFFICE_COLUMNS = [*PERSON_COLUMNS, *COLUMNS[1:]]
EXCUSE = "excuse"
EXCUSES = FactKind(
    change_kind("excuses", gettext_lazy("Nhập trường hợp được miễn"), MANAGERS),
    EXCUSE,
    Excuse,
    known_by=("person_id", "requirement_id", "start"),
    says=("reason", "end"),
    columns=("ly_do", "den_ngay"),
    after=lambda people, now: standing.refresh(people, now),
)


def _written(excuse: Excuse) -> str:
    days = date_format(excuse.start, "d/m/Y") + (f" – {date_format(excuse.end, 'd/m/Y')}" if excuse.end else "")
    return f"{excuse.requirement}, {days}"


def _follow(done, doing: Doing) -> None:
    standing.refresh(people_of(done), doing.now)


undoes(
    RecordRows(
        EXCUSE,
        gettext_lazy("Miễn"),
        order=10,
        model=Excuse,
        known_by=EXCUSES.known_by,
        says=EXCUSES.says,
        written=_written,
        after=_follow,
        related=("requirement",),
    )
)


@moves
def move_excuses(gone, stays, now: datetime) -> list[ChangedRow]:
    """Records the excuses of who goes again under who stays; of two from the same day the longer one, in the place of
    the other.
    """
    both = Excuse.objects.current().filter(person__in=[gone, stays])
    ours = {(one.requirement_id, one.start): one for one in both if one.person_id == stays.pk}
    rows, new, superseded = [], [], []
    for theirs in sorted((one for one in both if one.person_id == gone.pk), key=lambda one: one.pk):
        known = ours.get((theirs.requirement_id, theirs.start))
        superseded.append(theirs.pk)
        longer = known is None or (known.end is not None and (theirs.end is None or theirs.end > known.end))
        if known:
            rows.append(ChangedRow(kind=EXCUSE, what=Deed.REMOVED, person_id=gone.pk, old=theirs.pk))
        if longer:
            superseded += [known.pk] if known else []
            row = ChangedRow(kind=EXCUSE, what=Deed.CHANGED, person_id=(known or theirs).person_id)
            row.old = (known or theirs).pk
            new.append((row, _excuse_of(stays, theirs, now)))
    Excuse.objects.filter(pk__in=superseded).supersede(now)
    Excuse.objects.bulk_create(excuse for _row, excuse in new)
    for row, excuse in new:
        row.new = excuse.pk
    return rows + [row for row, _excuse in new]


def _excuse_of(person, theirs: Excuse, now: datetime) -> Excuse:
    return Excuse(
        person=person,
        requirement_id=theirs.requirement_id,
        reason=theirs.reason,
        start=theirs.start,
        end=theirs.end,
        recorded_at=now,
    )


def prepare_excuses(
    path: str | Path,
    now: datetime,
    *,
    answers: Answers | None = None,
    origin: Origin | None = None,
    progress: Progress = lambda done: None,
    sheet: Sheet | None = None,
) -> FactsPrepared:
    """Reads and checks; the result's `write` puts in the good rows. With `sheet` it is read as offices keep lists.
    Raises TableError.
    """
    report = Report(answers=answers or Answers(), shows=sheet.shows if sheet else None)
    columns, reading = (OFFICE_COLUMNS, sheet.reading) if sheet else (COLUMNS, AS_IT_IS)
    table = read_table(path, columns, report, reading=reading)
    whose = Whose(report)
    requirements = list(Requirement.objects.all())
    keys = {name: one.pk for one in requirements for name in (plain_key(one.name), one.key)}

    def read(raw: TableRow) -> Fact:
        person = whose.meant(raw)
        requirement = keys.get(raw["yeu_cau"]) or keys.get(plain_key(raw["yeu_cau"]))
        if requirement is None:
            raise CellError(
                "yeu_cau",
                _("Không có yêu cầu “%(name)s”; các yêu cầu hiện có: %(known)s.")
                % {"name": raw["yeu_cau"][:60], "known": ", ".join(one.key for one in requirements) or "–"},
            )
        if raw["den_ngay"] and raw["den_ngay"] < raw["tu_ngay"]:
            raise CellError("den_ngay", _("Ngày kết thúc trước ngày bắt đầu."))
        reason = imported(raw["ly_do"], partial(report.note, raw["ma_can_bo"], raw.line), 300)
        return Fact(
            raw.line,
            raw["ma_can_bo"] or raw["ho_ten"],
            (person, requirement, raw["tu_ngay"]),
            (reason, raw["den_ngay"]),
        )

    sender = origin or Origin(Path(path).name)
    return prepare_facts(table, EXCUSES, read, report, now, progress, origin=sender)

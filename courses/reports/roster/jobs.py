"""Checks an uploaded roster file and imports it after confirmation; both are effects of the outbox.

The file stays among the private files until it is imported. Small files are processed within the request; since their
effect is the same row, the worker finishes it if the request is killed.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.reports.query.works import lists_works
from courses.reports.roster.questions import by_kind, with_given
from outbox.draining import run_at_once
from outbox.effects import Effect, Job, Refused, effect, enqueue
from outbox.private_files import on_disk, private_files
from people.changes.change import Origin
from people.imports import in_order
from people.rights.scope import import_reach
from people.roster.importing import COLUMNS, RosterPrepared, prepare_roster
from people.roster.missing import Missing
from tabular.cells import clean_text
from tabular.formulas import unguarded
from tabular.questions import Answers
from tabular.tables import TableError, read_table
from tabular.workbooks import unpacked_bytes
from tabular.writing import Table, write_xlsx

CHECK, IMPORT = "roster_check", "roster_import"
for _kind in (CHECK, IMPORT):
    lists_works(_kind, page="reports:roster_work")
# how long a check may be confirmed: after a day the roster may have changed
CONFIRMABLE = timedelta(hours=24)
# larger files are processed in the background: of text, and of a workbook as it is unpacked; each is some 2,000 rows
FILE_AT_ONCE = 200 * 1024
UNPACKED_AT_ONCE = 1024 * 1024
ROWS_AT_ONCE = 2000
SHOWN = 100
ENDINGS_SHOWN = 500
HEADINGS = {
    "ma_can_bo": gettext_lazy("Mã cán bộ"),
    "ho_ten": gettext_lazy("Họ tên"),
    "email": gettext_lazy("Email"),
    "dien_thoai": gettext_lazy("Điện thoại"),
    "ma_don_vi": gettext_lazy("Mã đơn vị"),
    "chuc_danh": gettext_lazy("Chức danh"),
    "nhiem_vu": gettext_lazy("Nhiệm vụ"),
    "tu_ngay": gettext_lazy("Từ ngày"),
    "den_ngay": gettext_lazy("Đến ngày"),
}


def upload(file, options: dict, user) -> Effect:
    """Stores the file and enqueues its check. `options`: {"codes_as_of": ISO day or "", "ended_if_missing": bool}."""
    is_small = file.size <= FILE_AT_ONCE and unpacked_bytes(file) <= UNPACKED_AT_ONCE
    name = private_files.save(f"roster/upload{Path(file.name).suffix.lower()[:8]}", file)
    payload = {"file": name, "name": Path(file.name).name[:120], **options}
    check = enqueue(CHECK, payload, requested_by=user)
    return run_at_once(check) if is_small else check


def answered(check: Effect, form: QueryDict) -> Effect:
    """Checks the file again with the answers of this form beside those given before."""
    answers = with_given(Answers(check.payload.get("answers")), form)
    again = enqueue(CHECK, {**check.payload, "answers": answers.kept}, requested_by=check.requested_by)
    return run_at_once(again) if check.result.get("read", 0) <= ROWS_AT_ONCE else again


def may_apply(check: Effect, typed: str) -> bool:
    """Whether the number of endings was typed, where the file ends a large part of a unit."""
    return not check.result.get("large") or is_typed(typed, check.result["ending"])


def is_typed(typed: str, number: int) -> bool:
    """Whether this is the number as people write it, with blanks or points between the thousands."""
    return re.sub(r"[\s.]", "", typed) == str(number)


def apply(check: Effect) -> Effect:
    """Enqueues the import of a checked file, once. It ends no more than the check told."""
    payload = {**check.payload, "check": check.pk, "ending": check.result.get("ending", 0)}
    row = enqueue(IMPORT, payload, key=f"{IMPORT}:{check.pk}", requested_by=check.requested_by)
    return run_at_once(row) if check.result.get("read", 0) <= ROWS_AT_ONCE else row


def applied(check: Effect) -> Effect | None:
    return Effect.objects.filter(key=f"{IMPORT}:{check.pk}").first()


def is_expired(check: Effect, now: datetime) -> bool:
    return now - check.created_at > CONFIRMABLE


@effect(CHECK, label=gettext_lazy("Kiểm tra danh sách cán bộ"))
def check_roster(job: Job) -> dict:
    # the number of rows is known only at the end: the total stays one ahead
    with kept_file(job.payload["file"]) as path:
        prepared = _prepared(job, path, lambda number: job.progress(number, number + 1))
        return _summary(path, prepared)


@effect(IMPORT, label=gettext_lazy("Nhập danh sách cán bộ"))
def import_roster(job: Job) -> dict:
    if "read" in job.effect.result:
        # everything was written before the process was killed
        private_files.delete(job.payload["file"])
        return {}
    with kept_file(job.payload["file"]) as path:
        prepared = _prepared(job, path, lambda number: job.progress(0, number + 1))
        if prepared.missing and len(prepared.missing.endings) > job.payload.get("ending", 0):
            raise Refused(
                _("Danh sách đã thay đổi sau khi kiểm tra, tệp sẽ kết thúc nhiều công tác hơn; hãy tải tệp lên lại.")
            )
        total = prepared.report.read - len(prepared.report.rejected)
        try:
            prepared.write(lambda done: job.progress(done, total))
        except TableError as error:
            # an undo began, or somebody else changed the same people
            raise Refused(str(error)) from None
        summary = _summary(path, prepared)
    job.remember(**summary)
    private_files.delete(job.payload["file"])
    return summary


@contextmanager
def kept_file(name: str) -> Iterator[Path]:
    """The path of the uploaded file. Raises Refused if it is gone."""
    if not private_files.exists(name):
        raise Refused(_("Tệp đã tải lên không còn được giữ; anh chị tải lại."))
    with on_disk(name) as path:
        yield path


def _prepared(job: Job, path: Path, progress) -> RosterPrepared:
    day = job.payload.get("codes_as_of")
    try:
        return prepare_roster(
            path,
            timezone.now(),
            codes_as_of=date.fromisoformat(day) if day else None,
            ended_if_missing=bool(job.payload.get("ended_if_missing")),
            within=import_reach(job.requested_by),
            origin=Origin(job.payload.get("name", ""), job.requested_by, job.key),
            answers=Answers(job.payload.get("answers")),
            progress=progress,
        )
    except TableError as error:
        raise Refused(str(error)) from None


def _summary(path: Path, prepared: RosterPrepared) -> dict:
    """The result for the page: counts, questions, the first wrong rows, and a file with all that did not go in."""
    report = prepared.report.as_dict()
    rejected = report["rejected"]
    # endings have a list of their own
    notes = [note for note in report["notes"] if note["line"] is not None]
    wrong = in_order(prepared.report.wrong)
    return {
        **{name: report[name] for name in ("read", "created", "changed", "unchanged")},
        "going_in": report["created"] + report["changed"],
        **_endings(prepared.missing),
        "rejected_count": len(wrong),
        "rejected": [{**bad, "heading": heading(bad["column"])} for bad in wrong[:SHOWN]],
        "waiting": len(prepared.report.waiting),
        "questions": by_kind(prepared.report),
        "notes_count": len(notes),
        "notes": notes[:SHOWN],
        "file": _rejected_file(path, rejected) if rejected else "",
        "download": f"dong-loi-{timezone.localdate():%Y-%m-%d}.xlsx",
    }


def _endings(missing: Missing | None) -> dict:
    """What a complete file ends: how many, in which units, whose; `large` where the number has to be typed."""
    if missing is None:
        return {"ending": 0}
    names = {unit.unit: unit.name for unit in missing.units}
    return {
        "ending": len(missing.endings),
        "large": missing.is_large,
        "ending_units": [
            {"name": unit.name, "ending": unit.ending, "open": unit.open, "large": unit.is_large}
            for unit in missing.units
        ],
        "endings": [
            {"code": one.code, "name": one.name, "position": one.position, "unit": names[one.unit]}
            for one in missing.endings[:ENDINGS_SHOWN]
        ],
    }


def heading(column: str) -> str:
    """The heading of a column in the template file."""
    return str(HEADINGS.get(column, column))


def _rejected_file(path: Path, rejected: list[dict]) -> str:
    """The rows as the file has them, each with what to mend: to be corrected there and uploaded again."""
    reasons = {
        bad["line"].key: f"{heading(bad['column'])}: {bad['reason']}" if bad["column"] else bad["reason"]
        for bad in rejected
    }
    bad_rows = [row for row in read_table(path, COLUMNS) if row.line.key in reasons]
    # cells below no heading come last, in columns that an import passes over
    beyond = max((len(row.beyond) for row in bad_rows), default=0)
    rows = (
        (
            str(row.line),
            *(_as_written(row.cells[name]) for name in HEADINGS),
            reasons[row.line.key],
            *map(_as_written, row.beyond),
        )
        for row in bad_rows
    )
    columns = [_("Dòng"), *map(str, HEADINGS.values()), _("Cần sửa")]
    columns += [_("Ô thừa %(n)d") % {"n": number} for number in range(1, beyond + 1)]
    content = ContentFile(b"")
    write_xlsx(Table(_("Dòng lỗi"), columns, rows), content.file)
    return private_files.save("roster/rejected.xlsx", content)


def _as_written(cell) -> str | date:
    """A formula as its text, which is written so that no program runs it."""
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else unguarded(clean_text(cell))

"""Checks an uploaded file and brings it in after confirmation; both are effects of the outbox.

The file stays among the private files until it is brought in. Small files are processed within the request; since their
effect is the same row, the worker finishes it if the request is killed.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.reports.importing import columns, evidence
from courses.reports.importing.kinds import KINDS, ROSTER, FileKind, Upload, kind_of
from courses.reports.importing.mending import mended
from courses.reports.importing.previews import Preview
from courses.reports.importing.remembered import remember, remembered
from courses.reports.importing.summaries import Words, summary
from courses.reports.query.works import lists_works
from outbox.draining import run_at_once
from outbox.effects import Effect, Job, Refused, effect, enqueue
from outbox.private_files import on_disk, private_files
from people.changes.questions import with_given
from people.imports import Prepared
from people.roster.importing import RosterPrepared
from tabular.headings import MissingColumns
from tabular.questions import Answers
from tabular.readings import Reading
from tabular.tables import TableError
from tabular.workbooks import unpacked_bytes

CHECK, IMPORT = ROSTER.check, ROSTER.bring
# how long a check may be confirmed: after a day the roster may have changed
CONFIRMABLE = timedelta(hours=24)
# larger files are processed in the background: of text, and of a workbook as it is unpacked; each is some 2,000 rows
FILE_AT_ONCE = 200 * 1024
UNPACKED_AT_ONCE = 1024 * 1024
ROWS_AT_ONCE = 2000
LABELS = {
    "roster": (gettext_lazy("Kiểm tra danh sách cán bộ"), gettext_lazy("Nhập danh sách cán bộ")),
    "excuses": (gettext_lazy("Kiểm tra trường hợp được miễn"), gettext_lazy("Nhập trường hợp được miễn")),
    "completions": (gettext_lazy("Kiểm tra lần hoàn thành"), gettext_lazy("Nhập lần hoàn thành")),
    "units": (gettext_lazy("Kiểm tra bảng đơn vị"), gettext_lazy("Nhập đơn vị")),
}


def upload(kind: FileKind, file, options: dict, user, second=None) -> Effect:
    """Stores the file, and a second one where the kind has such, and enqueues the check. `options` go into the payload:
    for a roster {"codes_as_of": ISO day or "", "ended_if_missing": bool}, for each {"unit": id or None}.
    """
    files = [file, second] if second else [file]
    is_small = all(one.size <= FILE_AT_ONCE and unpacked_bytes(one) <= UNPACKED_AT_ONCE for one in files)
    names = [private_files.save(f"roster/upload{Path(one.name).suffix.lower()[:8]}", one) for one in files]
    payload = {"file": names[0], "second": names[1] if second else "", **options}
    payload["name"] = ", ".join(Path(one.name).name for one in files)[:120]
    check = enqueue(kind.check, payload, requested_by=user)
    return run_at_once(check) if is_small else check


def answered(check: Effect, form: QueryDict) -> Effect:
    """Checks the file again with the answers of this form beside those given before."""
    return again(check, answers=with_given(Answers(check.payload.get("answers")), form).kept)


def with_mended(check: Effect, form: QueryDict, shown: dict[str, dict[str, str]]) -> Effect:
    """Checks the file again with the cells that were mended in this form."""
    return again(check, mended=mended(check.payload.get("mended") or {}, form, shown))


def with_heading(check: Effect, heading: tuple[str, int]) -> Effect:
    """Looks at the file again with this row, (sheet, line), as its heading; what was chosen of another is forgotten."""
    payload = {**check.payload, "heading": heading, "mapping": None}
    row = enqueue(check.kind, payload, requested_by=check.requested_by)
    return run_at_once(row) if check.result.get("read", 0) <= ROWS_AT_ONCE else row


def with_columns(check: Effect, reading: Reading) -> Effect:
    """Checks the file again by the columns that were chosen, which are remembered once it could be read."""
    return again(check, mapping=reading.mapping(), remembers=True)


def again(check: Effect, **changed) -> Effect:
    mapping = {"mapping": check.result.get("mapping")} if check.result.get("mapping") else {}
    payload = {**check.payload, **mapping, **changed}
    row = enqueue(check.kind, payload, requested_by=check.requested_by)
    return run_at_once(row) if check.result.get("read", 0) <= ROWS_AT_ONCE else row


def may_apply(check: Effect, typed: str) -> bool:
    """Whether the number of endings was typed, where the file ends a large part of a unit."""
    return not check.result.get("large") or is_typed(typed, check.result["ending"])


def is_typed(typed: str, number: int) -> bool:
    """Whether this is the number as people write it, with blanks or points between the thousands."""
    return re.sub(r"[\s.]", "", typed) == str(number)


def apply(check: Effect) -> Effect:
    """Enqueues the import of a checked file, once. It ends no more than the check told."""
    kind, result = kind_of(check.kind), check.result
    payload = {**check.payload, "check": check.pk, "ending": result.get("ending", 0), "mapping": result.get("mapping")}
    payload["preview"] = result.get("preview", {}).get("file", "")
    row = enqueue(kind.bring, payload, key=f"{kind.bring}:{check.pk}", requested_by=check.requested_by)
    return run_at_once(row) if result.get("read", 0) <= ROWS_AT_ONCE else row


def applied(check: Effect) -> Effect | None:
    return Effect.objects.filter(key=f"{kind_of(check.kind).bring}:{check.pk}").first()


def is_expired(check: Effect, now: datetime) -> bool:
    return now - check.created_at > CONFIRMABLE


def check_file(job: Job) -> dict:
    """Of a file whose columns are not known yet the result asks for them and has nothing else."""
    kind = kind_of(job.effect.kind)
    with kept_file(job.payload["file"]) as path:
        try:
            return _checked(job, kind, path, job.payload.get("mapping"))
        except MissingColumns as missing:
            # a second file has our headings, and what was chosen for the first fits it no more
            said = job.payload.get("heading")
            asked = None if job.payload.get("mapping") else columns.columns_of(path, kind, said)
            rows = [] if job.payload.get("mapping") else columns.rows_of(path)
            if asked is None and not rows:
                raise Refused(str(missing)) from None
            if asked is None:
                return {"asks_heading": True, "rows": rows}
        known = None if said else remembered(job.payload.get("unit"), kind.key, columns.signature(asked))
        if known:
            try:
                return _checked(job, kind, path, known) | {"is_remembered": True, "columns": asked, "rows": rows}
            except MissingColumns:
                pass
        return {"columns": asked, "asks_columns": True, "rows": rows}


def _checked(job: Job, kind: FileKind, path: Path, mapping: dict | None) -> dict:
    """Raises MissingColumns."""
    words = Words(kind)
    preview = Preview(words)
    # the number of rows is known only at the end: the total stays one ahead
    prepared = _prepared(job, kind, path, mapping, preview, lambda number: job.progress(number, number + 1))
    cells = job.payload.get("mended") or {}
    found = summary(kind, path, prepared, Reading.kept({"mapping": mapping, "mended": cells}), job.payload, preview)
    told = kind.told(prepared, timezone.localdate())
    result = found | {"figures": told, "mapping": mapping}
    if mapping:
        result["columns"] = columns.columns_of(path, kind, job.payload.get("heading"))
        result["rows"] = columns.rows_of(path)
        if job.payload.get("remembers") and (unit := job.payload.get("unit")):
            signature = columns.signature(result["columns"])
            remember(unit, kind.key, signature, Reading.kept({"mapping": mapping}), job.requested_by, timezone.now())
    return result


def bring_file(job: Job) -> dict:
    kind = kind_of(job.effect.kind)
    if "read" in job.effect.result:
        # everything was written before the process was killed
        _remove(job)
        return {}
    with kept_file(job.payload["file"]) as path:
        mapping = job.payload.get("mapping")
        prepared = _prepared(job, kind, path, mapping, None, lambda number: job.progress(0, number + 1))
        missing = prepared.missing if isinstance(prepared, RosterPrepared) else None
        if missing and len(missing.endings) > job.payload.get("ending", 0):
            raise Refused(
                _("Danh sách đã thay đổi sau khi kiểm tra, tệp sẽ kết thúc nhiều công tác hơn; hãy tải tệp lên lại.")
            )
        total = prepared.report.read - len(prepared.report.rejected)
        try:
            prepared.write(lambda done: job.progress(done, total))
        except TableError as error:
            # an undo began, or somebody else changed the same people
            raise Refused(str(error)) from None
        reading = Reading.kept({"mapping": mapping, "mended": job.payload.get("mended")})
        found = summary(kind, path, prepared, reading, job.payload, None)
        found |= evidence.settle(job)
    job.remember(**found)
    _remove(job)
    return found


def _remove(job: Job) -> None:
    for name in filter(None, (job.payload.get(one) for one in ("file", "second", "preview"))):
        private_files.delete(name)


@contextmanager
def kept_file(name: str) -> Iterator[Path]:
    """The path of the uploaded file. Raises Refused if it is gone."""
    if not private_files.exists(name):
        raise Refused(_("Tệp đã tải lên không còn được giữ; anh chị tải lại."))
    with on_disk(name) as path:
        yield path


def _prepared(job: Job, kind: FileKind, path: Path, mapping: dict | None, preview, progress) -> Prepared:
    reading = Reading.kept({"mapping": mapping, "mended": job.payload.get("mended")})
    asked = Upload(job.payload, job.requested_by, job.key, reading, preview.hears if preview else None, progress)
    second = job.payload.get("second")
    try:
        if not second:
            return kind.prepare(path, None, timezone.now(), asked)
        with kept_file(second) as other:
            return kind.prepare(path, other, timezone.now(), asked)
    except MissingColumns:
        raise
    except TableError as error:
        raise Refused(str(error)) from None


for _kind in KINDS.values():
    for _name, _work, _label in zip(
        (_kind.check, _kind.bring), (check_file, bring_file), LABELS[_kind.effect], strict=True
    ):
        effect(_name, label=_label)(_work)
        lists_works(_name, page="reports:roster_work" if _kind is ROSTER else "reports:file_work")

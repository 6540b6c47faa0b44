"""The import of completions made elsewhere, on paper or in another system; each counts from its own day on."""

from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.completions.completion import Completion, Void
from courses.completions.signals import completion_recorded
from courses.content.course import CoursePage
from courses.requirements.requirement import RequirementRule
from people.changes.change import Origin, change_kind
from people.free_text import imported
from people.imports import Progress, Report
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
from tabular.cells import CellError, plain_key
from tabular.questions import Answers
from tabular.readings import AS_IT_IS
from tabular.tables import Column, TableRow, read_table

COLUMNS = [
    STAFF_CODE,
    Column("khoa_hoc", required=True, beside=True, max_length=255, aliases=("ma_khoa_hoc",)),
    Column("ngay_hoan_thanh", required=True, is_date=True),
    Column("minh_chung", max_length=300, aliases=("so_chung_nhan",)),
]
OFFICE_COLUMNS = [*PERSON_COLUMNS, *COLUMNS[1:]]
# in force of the first law on preventing and fighting trafficking in persons, 66/2011/QH12, article 57
FIRST_LAW = date(2012, 1, 1)


def _kept(completion: Completion) -> str | None:
    """Why a row of a file is ignored: it neither overwrites a completion recorded here nor restores a voided one."""
    if completion.source == Completion.Source.ELSEWHERE:
        return _("Đã ghi từ giấy trên màn hình, có người thứ hai đồng ý, nên giữ nguyên.")
    if completion.source != Completion.Source.IMPORT:
        return _("Đã hoàn thành trên hệ thống trong ngày này nên giữ nguyên.")
    if Void.objects.current().filter(completion=completion).exists():
        return _("Lần hoàn thành này đã bị hủy nên giữ nguyên.")
    return None


COMPLETION = "completion"
COMPLETIONS = FactKind(
    change_kind("completions", gettext_lazy("Nhập lần hoàn thành"), MANAGERS),
    COMPLETION,
    Completion,
    known_by=("person_id", "course_key", "completed_on"),
    says=("evidence",),
    columns=("minh_chung",),
    always={"source": Completion.Source.IMPORT},
    kept=_kept,
    after=lambda people, now: _after(people, now),
)


# what a second person agrees to on screen, one at a time; it stands in the way of nothing and supersedes nothing
ELSEWHERE = FactKind(
    change_kind("elsewhere", gettext_lazy("Ghi tập huấn ở nơi khác"), MANAGERS),
    COMPLETION,
    Completion,
    known_by=COMPLETIONS.known_by,
    says=COMPLETIONS.says,
    columns=COMPLETIONS.columns,
    always={"source": Completion.Source.ELSEWHERE},
    kept=lambda completion: _("Đã có lần hoàn thành trong ngày này nên giữ nguyên."),
    after=lambda people, now: _after(people, now),
)


def _after(people: set[int], now: datetime) -> None:
    completion_recorded.send(Completion, person_ids=people, now=now, locked=False, completion=None)


def prepare_completions(
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
    courses = known_courses()
    first_days = first_days_of_courses()
    today = timezone.localdate(now)

    def read(raw: TableRow) -> Fact:
        person = whose.meant(raw)
        course = courses.get(raw["khoa_hoc"]) or courses.get(plain_key(raw["khoa_hoc"]))
        if course is None:
            raise CellError(
                "khoa_hoc",
                _("Không có khóa học “%(name)s”; các khóa học hiện có: %(known)s.")
                % {"name": raw["khoa_hoc"][:60], "known": ", ".join(sorted(set(courses.values()))) or "–"},
            )
        if raw["ngay_hoan_thanh"] > today:
            raise CellError("ngay_hoan_thanh", _("Ngày hoàn thành ở tương lai."))
        if raw["ngay_hoan_thanh"] < FIRST_LAW:
            raise CellError(
                "ngay_hoan_thanh", _("Ngày hoàn thành trước 01/01/2012, ngày có luật đầu tiên; hãy ghi đúng.")
            )
        if course in first_days and raw["ngay_hoan_thanh"] < first_days[course]:
            reason = _("Hoàn thành trước ngày khóa học có trên hệ thống (%(day)s): được tính, là tập huấn ở nơi khác.")
            report.note(raw["ma_can_bo"], raw.line, reason % {"day": f"{first_days[course]:%d/%m/%Y}"})
        evidence = imported(raw["minh_chung"] or "", partial(report.note, raw["ma_can_bo"], raw.line), 300)
        return Fact(raw.line, raw["ma_can_bo"] or raw["ho_ten"], (person, course, raw["ngay_hoan_thanh"]), (evidence,))

    sender = origin or Origin(Path(path).name)
    return prepare_facts(table, COMPLETIONS, read, report, now, progress, origin=sender)


def first_days_of_courses() -> dict[str, date]:
    """{key: the day on which the course's page was first published}."""
    published = CoursePage.objects.exclude(first_published_at=None).values("key").annotate(at=Min("first_published_at"))
    return {key: timezone.localdate(at) for key, at in published.values_list("key", "at") if key}


def known_courses() -> dict[str, str]:
    """Keys and plain titles of courses → key; a course that a requirement asks for counts also before it has a page."""
    courses = {}
    for key, title in CoursePage.objects.values_list("key", "title"):
        courses[plain_key(title)] = key
        courses[plain_key(key)] = courses[key] = key
    for rule in RequirementRule.objects.current():
        for key in [*rule.course_keys, *filter(None, [rule.refresher_key])]:
            courses[plain_key(key)] = courses[key] = key
    return courses

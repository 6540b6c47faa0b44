"""A plan as a Word document, laid out to decree 30/2020/NĐ-CP, annex I, like the annual report."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from courses.annual.paper.document import (
    DAY_OPEN,
    NUMBER_OPEN,
    SUBJECT_MM,
    Foot,
    Head,
    in_capitals,
    in_lines,
    recipients,
)
from courses.annual.paper.word import FONT, foot, head
from courses.annual.patterns import ReportPattern, pattern_of
from courses.plans.made.plan import PlanVersion
from courses.plans.made.task import Money
from courses.plans.told.standing import Told, sums, tell
from letters.numbers import thousands
from tabular.same_bytes import packed_again


def docx_of(version: PlanVersion, day: date, at: datetime) -> bytes:
    """Number and day stay open for the clerk; tasks that are left out are told with their reasons."""
    # here, not above: loading lxml takes a quarter of a second, and most processes write none
    from courses.annual.paper.word_parts import Writer

    plan, rows = version.plan, tell(version, day)
    title = _("Kế hoạch hỗ trợ nạn nhân, phòng, chống mua bán người năm %d") % plan.year
    writer = Writer(FONT, at.astimezone(UTC).replace(tzinfo=None, microsecond=0), title)
    pattern = pattern_of(plan.unit, day)
    head(writer, _head(pattern, plan.year))
    _subject(writer, plan.year)
    for line in filter(None, (line.strip() for line in version.basis.splitlines())):
        writer.block("p", _("Căn cứ %s;") % line.rstrip(";. ").removeprefix(_("Căn cứ")).strip())
    writer.block("heading", _("I. NHIỆM VỤ"))
    for number, row in enumerate((row for row in rows if not row.task.left_out), start=1):
        for words in _told(number, row):
            writer.block("p", words)
    left = [row.task for row in rows if row.task.left_out]
    for task in left:
        writer.block("p", _("Không làm: %(title)s. Lý do: %(why)s") % {"title": task.title, "why": task.left_out_why})
    _money(writer, rows)
    foot(writer, _foot(pattern))
    out = BytesIO()
    writer.document.save(out)
    return packed_again(out.getvalue(), at)


def _head(pattern: ReportPattern, year: int) -> Head:
    return Head(
        in_capitals(pattern.superior),
        in_capitals(pattern.organisation),
        f"Số:{NUMBER_OPEN}/{pattern.mark.replace('BC-', 'KH-', 1)}",
        f"{pattern.place}, ngày{DAY_OPEN}tháng{DAY_OPEN}năm {year}",
    )


def _subject(writer: Any, year: int) -> None:
    body = writer.document
    writer.line(body, "KẾ HOẠCH", 14, bold=True, before=14, style="Heading 1")
    words = _("Thực hiện công tác hỗ trợ nạn nhân, phòng, chống mua bán người năm %d") % year
    writer.line(body, words, 14, bold=True)
    writer.rule(body, SUBJECT_MM)


def _told(number: int, row: Told) -> list[str]:
    """A task as it is written in a plan: what, by when, who, what for, from what money."""
    task = row.task
    lines = [f"{number}. {task.title}"]
    counted = f"{task.number} {task.measure}" if task.number is not None else ""
    if result := ", ".join(filter(None, (task.expected, counted))):
        lines.append(_("- Kết quả: %s.") % result)
    days = f"{task.first_day:%d/%m/%Y}"
    if task.last_day != task.first_day:
        days = f"{days} – {task.last_day:%d/%m/%Y}"
    lines.append(_("- Thời gian: %s.") % days)
    if who := ", ".join(filter(None, (task.who, task.duty.name if task.duty else ""))):
        lines.append(_("- Thực hiện: %s.") % who)
    for line in task.lines.all():
        params = {"words": line.words, "amount": thousands(line.amount), "source": Money(line.source).label}
        lines.append(_("- Kinh phí: %(words)s, %(amount)s đồng (%(source)s).") % params)
    return lines


def _money(writer: Any, rows: list[Told]) -> None:
    total = sums(rows)
    writer.block("heading", _("II. KINH PHÍ"))
    if not total.budget:
        writer.block("p", _("Từ nguồn ngân sách được phân bổ trong dự toán hằng năm./."), with_next=True)
        return
    parts = "; ".join(f"{Money(source).label}: {thousands(amount)}" for source, amount in total.by_source.items())
    params = {"all": thousands(total.budget), "parts": parts}
    # who signs never stands alone on a page
    writer.block("p", _("Tổng kinh phí %(all)s đồng. %(parts)s./.") % params, with_next=True)


def _foot(pattern: ReportPattern) -> Foot:
    return Foot(recipients(pattern.recipients), in_lines(pattern.signing.upper()), pattern.signer)

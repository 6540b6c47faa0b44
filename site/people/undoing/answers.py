"""What was answered to the questions of an imported file, in words, for the page of that import."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.changes.change import BulkChange
from people.undoing.rights import rows_of
from tabular.questions import ALL, GROUP, choice_label, kind_title


@dataclass(frozen=True)
class Answered:
    """`row` is "" for an answer to all rows that asked."""

    question: str
    row: str
    answer: str


def answers_of(change: BulkChange, user) -> list[Answered]:
    """By question, what was said of all rows first. Of single rows, those that the user may see; who imported the file
    herself, or sees all that it wrote, sees them all. Three queries at most.
    """
    taken = [(kind, line, choice) for kind, lines in sorted(change.answers.items()) for line, choice in lines.items()]
    if not taken:
        return []
    if change.by_id != user.pk and (within := rows_of(change, user)).count() < change.rows.count():
        seen = {
            ALL,
            *(one[1] for one in taken if one[1].startswith(GROUP)),
            *within.order_by().values_list("line", flat=True).distinct(),
        }
        taken = [one for one in taken if one[1] in seen]
    taken.sort(key=lambda one: (one[0], _place(one[1])))
    return [Answered(kind_title(kind), _row(line), _answer(kind, line, choice)) for kind, line, choice in taken]


def mended_in(change: BulkChange, user) -> list[tuple[str, str]]:
    """(row, names of columns) of the cells of the file that were mended on screen, of the rows that the user may see;
    two queries at most.
    """
    lines = change.mended
    if lines and change.by_id != user.pk:
        seen = set(rows_of(change, user).order_by().values_list("line", flat=True).distinct())
        lines = {line: columns for line, columns in lines.items() if line in seen}
    return [(_row(line), ", ".join(columns)) for line, columns in sorted(lines.items(), key=lambda one: _place(one[0]))]


def _place(line: str) -> tuple[int, ...]:
    """Of a row among all rows of its file; what answers for all comes first."""
    return () if line == ALL or line.startswith(GROUP) else tuple(int(part) for part in line.split("."))


def _row(line: str) -> str:
    if line == ALL:
        return ""
    if line.startswith(GROUP):
        return _("mọi dòng ghi “%s”") % line.removeprefix(GROUP)
    sheet, _dot, number = line.rpartition(".")
    if sheet:
        return _("dòng %(line)s, trang tính thứ %(sheet)s") % {"line": number, "sheet": sheet}
    return _("dòng %s") % number


def _answer(kind: str, line: str, choice: str) -> str:
    """A choice that only one row had is a day or a code."""
    label = choice_label(kind, choice)
    if label or line == ALL:
        return label or choice
    try:
        return _("Là công tác từ ngày %(day)s") % {"day": date_format(date.fromisoformat(choice), "d/m/Y")}
    except ValueError:
        return _("Là mã %s") % choice

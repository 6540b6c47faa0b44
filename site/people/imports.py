"""The parts shared by all imports of tables: the report, and the base class of the commands.

An import is prepared (read and checked, outside any transaction) and then written in batches. Each batch holds the
write lock well under a second and leaves nothing half done; a killed import is simply run again.
"""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from tabular.cells import CellError, Line
from tabular.questions import ALL, GROUP, Answers, Choice, LeftOut, Question, QuestionKind, Unanswered, taken
from tabular.tables import TableError

SHOWN = 20

# called with the number of rows done
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a good row, by column of the file: `before` is what is believed now, without what is not known
    yet, `after` what will be. Both hold text and days as they are kept; who shows them puts them into words.
    """

    line: Line
    item: str
    before: dict
    after: dict
    is_new: bool
    is_changed: bool


@dataclass
class Report:
    """`rejected` has one entry for each row that was not imported: it is `wrong` or it waits for an answer. `notes`
    are about rows imported in part, or passed over.

    read = created + changed + unchanged + len(rejected). The line of a note is None where it concerns no row of the
    file. `answers` are those kept with the import, `questions` all that its rows raised, answered or not.
    `passed_over` are the codes, or first words, of lines that are no rows or that the sender answered not to take.
    """

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    answers: Answers = field(default_factory=Answers)
    wrong: list[dict] = field(default_factory=list)
    waiting: list[dict] = field(default_factory=list)
    notes: list[dict] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    # hears of each good row where somebody looks at them one by one; the command counts only
    shows: Callable[[Outcome], None] | None = None

    @property
    def rejected(self) -> list[dict]:
        return [*self.wrong, *self.waiting]

    @property
    def read(self) -> int:
        return self.created + self.changed + self.unchanged + len(self.wrong) + len(self.waiting)

    def reject(self, item: str, line: Line, error: CellError) -> None:
        """Leaves the row out. One that the sender answered not to take is passed over, and not counted."""
        if isinstance(error, LeftOut):
            self.pass_over(item, line, error.reason)
            return
        entry = {"item": item, "line": line, "column": error.column, "reason": _in_sheet(line, error.reason)}
        (self.waiting if isinstance(error, Unanswered) else self.wrong).append(entry)

    def ask(
        self,
        kind: QuestionKind,
        item: str,
        line: Line,
        column: str,
        words: str,
        more: tuple[Choice, ...] = (),
        group: str = "",
    ) -> str:
        """Returns the key of the choice that was taken; raises a CellError where none was, or the row is left out.

        `words` is a sentence about this row; `more` are choices of this row alone, or of all rows of its `group`.
        (tabular/questions.py)
        """
        question = self.answers.ask(kind, item, line, column, words, more, group)
        self.questions.append(question)
        return taken(question)

    def pass_over(self, item: str, line: Line, reason: str) -> None:
        self.passed_over.append(item)
        self.note(item, line, reason)

    def note(self, item: str, line: int | None, reason: str) -> None:
        self.notes.append({"item": item, "line": line, "reason": _in_sheet(line, reason)})

    def told(self) -> list[dict]:
        """The notes, without those of a row that was rejected after all."""
        rejected = {_row(entry) for entry in self.rejected}
        return [entry for entry in self.notes if _row(entry) not in rejected]

    def as_dict(self) -> dict:
        return {
            "read": self.read,
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": in_order(self.rejected),
            "notes": self.told(),
        }

    def write(self, path: str | Path) -> None:
        """Writes the file whole or not at all, so that nobody reads half a report."""
        path = Path(path)
        draft = path.with_name(path.name + ".part")
        draft.write_text(json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        draft.replace(path)


def in_order(entries: list[dict]) -> list[dict]:
    """Entries of rejected rows in the order of the file."""
    return sorted(entries, key=lambda entry: (entry["line"].place, entry["line"]))


def _row(entry: dict) -> str | None:
    line = entry["line"]
    return None if line is None else getattr(line, "key", str(line))


def _in_sheet(line: int | None, reason: str) -> str:
    sheet = getattr(line, "sheet", "")
    return _("Trang “%(sheet)s”: %(reason)s") % {"sheet": sheet, "reason": reason} if sheet else reason


@dataclass
class Prepared:
    """A file after reading and checking: its report, and the function that writes the good rows."""

    report: Report
    write: Callable[[Progress], None]

    def carry_out(self, *, dry_run: bool = False, strict: bool = False, progress: Progress = lambda done: None) -> bool:
        """Returns False where strict refuses a bad row; then, as in a dry run, nothing is written. May raise
        TableError.
        """
        if strict and self.report.rejected:
            return False
        if not dry_run:
            self.write(progress)
        return True

    def beyond_rows(self) -> list[str]:
        """What it does besides its rows, a sentence a line."""
        return []


class ImportCommand(BaseCommand):
    """A subclass gives `help` and `prepare`; it may add arguments."""

    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help=_("tệp CSV hoặc XLSX"))
        parser.add_argument("--dry-run", action="store_true", help=_("chỉ đọc và kiểm tra, không ghi gì"))
        parser.add_argument("--strict", action="store_true", help=_("không ghi gì nếu có dòng lỗi"))
        parser.add_argument("--report", metavar="OUT.json", help=_("ghi báo cáo vào tệp này"))
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng in ra"))
        parser.add_argument(
            "--answer",
            metavar="QUESTION[:ROW]=CHOICE",
            action="append",
            default=[],
            help=_("trả lời một câu hỏi của tệp, cho mọi dòng hoặc một dòng; lần chạy thử in ra các câu hỏi"),
        )

    def prepare(self, options: dict, now: datetime, progress: Progress) -> Prepared:
        """Reads and checks with `options["answers"]`; writes nothing. Raises TableError."""
        raise NotImplementedError

    def handle(self, *args, **options):
        report_path = options["report"]
        if report_path and not os.access(Path(report_path).absolute().parent, os.W_OK):
            raise CommandError(_("Không ghi được báo cáo vào %(path)s.") % {"path": report_path})
        options["answers"] = _answers(options["answer"])
        try:
            prepared = self.prepare(options, timezone.now(), self._teller(_("Đã đọc")))
            _refuse_idle_answers(prepared.report)
            done = prepared.carry_out(
                dry_run=options["dry_run"], strict=options["strict"], progress=self._teller(_("Đã ghi"))
            )
        except TableError as error:
            raise CommandError(str(error)) from None
        if report_path:
            prepared.report.write(report_path)
        self._print(prepared, options)
        if not done:
            raise CommandError(
                _("Có %(count)d dòng lỗi nên không ghi gì (--strict).") % {"count": len(prepared.report.rejected)}
            )

    def _teller(self, verb: str) -> Progress:
        """Writes the progress to stderr at most every two seconds, so that short work stays silent."""
        last = time.monotonic()

        def tell(done: int) -> None:
            nonlocal last
            if time.monotonic() - last > 2:
                last = time.monotonic()
                self.stderr.write(_("%(verb)s %(done)d dòng…") % {"verb": verb, "done": done})

        return tell

    def _print(self, prepared: Prepared, options: dict) -> None:
        report = prepared.report
        if options["format"] == "json":
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
            return
        counts = {**report.as_dict(), "rejected": len(report.rejected)}
        self.stdout.write(
            _("Đọc %(read)d dòng: %(created)d mới, %(changed)d thay đổi, %(unchanged)d giữ nguyên, %(rejected)d lỗi.")
            % counts
        )
        for sentence in prepared.beyond_rows():
            self.stdout.write(sentence)
        lines = [
            _("  Dòng %(line)d, cột %(column)s (%(item)s): %(reason)s") % {**entry, "column": entry["column"] or "–"}
            for entry in report.as_dict()["rejected"]
        ]
        for entry in report.told():
            item = f" ({entry['item']})" if entry["item"] else ""
            lines.append(f"  {entry['line'] or '–'}{item}: {entry['reason']}")
        for line in lines[:SHOWN]:
            self.stdout.write(line)
        if len(lines) > SHOWN:
            self.stdout.write(_("  … và %(more)d mục nữa; xem đủ bằng --report.") % {"more": len(lines) - SHOWN})
        self._print_questions(report)
        if options["dry_run"]:
            self.stdout.write(_("Chạy thử: chưa ghi gì."))

    def _print_questions(self, report: Report) -> None:
        """Says once for each kind how many rows wait, and how to answer."""
        kinds: dict[QuestionKind, list[Question]] = {}
        for question in report.questions:
            if not question.answer:
                kinds.setdefault(question.kind, []).append(question)
        for kind, open_ones in kinds.items():
            params = {"title": kind.title, "count": len(open_ones), "row": open_ones[0].line.key}
            self.stdout.write(_("%(title)s: %(count)d dòng chờ trả lời, như dòng %(row)s.") % params)
            for choice in kind.choices:
                self.stdout.write(f"  --answer {kind.key}={choice.key}  ({choice.label})")


def _answers(given: list[str]) -> Answers:
    answers = Answers()
    for text in given:
        asked, _sign, choice = text.partition("=")
        kind, _sign, line = asked.partition(":")
        answers.add(kind, line or ALL, choice)
    return answers


def _refuse_idle_answers(report: Report) -> None:
    """An answer that nothing asked for is a slip of the hand. Raises TableError."""
    asked = {
        (question.kind.key, line, choice.key)
        for question in report.questions
        for line in (ALL, GROUP + question.group, question.line.key)
        for choice in question.choices
    }
    for kind, taken_for in report.answers.kept.items():
        for line, choice in taken_for.items():
            if (kind, line, choice) not in asked:
                text = f"{kind}={choice}" if line == ALL else f"{kind}:{line}={choice}"
                raise TableError(_("Tệp không hỏi điều mà --answer %(text)s trả lời.") % {"text": text})

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

from tabular.tables import CellError, Table, TableError, why_ignored

SHOWN = 20

# called with the number of rows done
Progress = Callable[[int], None]


@dataclass
class Report:
    """`rejected` has one entry for each row that was not imported; `notes` are about rows imported in part.

    read = created + changed + unchanged + len(rejected). The line of a note is None where it concerns no row of the
    file.
    """

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[dict] = field(default_factory=list)
    notes: list[dict] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.created + self.changed + self.unchanged + len(self.rejected)

    def reject(self, item: str, line: int, error: CellError) -> None:
        self.rejected.append({"item": item, "line": line, "column": error.column, "reason": error.reason})

    def note(self, item: str, line: int | None, reason: str) -> None:
        self.notes.append({"item": item, "line": line, "reason": reason})

    def note_ignored(self, table: Table) -> None:
        for name in table.ignored:
            self.note(name, 1, why_ignored(name))

    def as_dict(self) -> dict:
        by_line = sorted(self.rejected, key=lambda entry: entry["line"])
        return {
            "read": self.read,
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": by_line,
            "notes": self.notes,
        }

    def write(self, path: str | Path) -> None:
        """Writes the file whole or not at all, so that nobody reads half a report."""
        path = Path(path)
        draft = path.with_name(path.name + ".part")
        draft.write_text(json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        draft.replace(path)


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


class ImportCommand(BaseCommand):
    """A subclass gives `help` and `prepare`; it may add arguments."""

    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help=_("tệp CSV (UTF-8) hoặc XLSX"))
        parser.add_argument("--dry-run", action="store_true", help=_("chỉ đọc và kiểm tra, không ghi gì"))
        parser.add_argument("--strict", action="store_true", help=_("không ghi gì nếu có dòng lỗi"))
        parser.add_argument("--report", metavar="OUT.json", help=_("ghi báo cáo vào tệp này"))
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng in ra"))

    def prepare(self, options: dict, now: datetime, progress: Progress) -> Prepared:
        """Reads and checks; writes nothing. Raises TableError."""
        raise NotImplementedError

    def handle(self, *args, **options):
        report_path = options["report"]
        if report_path and not os.access(Path(report_path).absolute().parent, os.W_OK):
            raise CommandError(_("Không ghi được báo cáo vào %(path)s.") % {"path": report_path})
        try:
            prepared = self.prepare(options, timezone.now(), self._teller(_("Đã đọc")))
            done = prepared.carry_out(
                dry_run=options["dry_run"], strict=options["strict"], progress=self._teller(_("Đã ghi"))
            )
        except TableError as error:
            raise CommandError(str(error)) from None
        if report_path:
            prepared.report.write(report_path)
        self._print(prepared.report, options)
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

    def _print(self, report: Report, options: dict) -> None:
        if options["format"] == "json":
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
            return
        counts = {**report.as_dict(), "rejected": len(report.rejected)}
        self.stdout.write(
            _("Đọc %(read)d dòng: %(created)d mới, %(changed)d thay đổi, %(unchanged)d giữ nguyên, %(rejected)d lỗi.")
            % counts
        )
        lines = [
            _("  Dòng %(line)d, cột %(column)s (%(item)s): %(reason)s") % {**entry, "column": entry["column"] or "–"}
            for entry in report.as_dict()["rejected"]
        ] + [f"  {entry['line'] or '–'} ({entry['item']}): {entry['reason']}" for entry in report.notes]
        for line in lines[:SHOWN]:
            self.stdout.write(line)
        if len(lines) > SHOWN:
            self.stdout.write(_("  … và %(more)d mục nữa; xem đủ bằng --report.") % {"more": len(lines) - SHOWN})
        if options["dry_run"]:
            self.stdout.write(_("Chạy thử: chưa ghi gì."))

import json
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.annual.freezing import ImportOpen, Wanted, freeze, frozen, unit_of
from courses.annual.paper.document import changes_in_words
from courses.annual.paper.files import CannotBeMade
from courses.annual.periods import Kind, PeriodError, cuts, period
from courses.annual.report import AnnualReport
from people.free_text import refusals
from people.postings.coverage import CoverageError, written
from people.times import today
from tabular.cells import read_date

LONGEST_REASON = 300


class Command(BaseCommand):
    help = "Chốt báo cáo năm và ghi các tệp của nó; lần sau ghi lại đúng từng byte (docs/annual-report.md)."
    # they load every address and screen, which takes longer than the command itself
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("year", metavar="YEAR", help=_("năm báo cáo"))
        parser.add_argument("--unit", metavar="CODE", help=_("mã đơn vị vào ngày chốt; không ghi: cả tỉnh"))
        parser.add_argument(
            "--as-of", metavar="DATE", help=_("tính đến ngày; không ghi: hôm nay hoặc ngày chốt năm, ngày nào sớm hơn")
        )
        parser.add_argument("--out", metavar="FOLDER", help=_("thư mục ghi tệp; không ghi: DATA_DIR/annual-reports/…"))
        parser.add_argument("--new-version", metavar="REASON", help=_("lập phiên bản mới, vì lý do này"))
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng in ra"))

    def handle(self, *args, **options):
        asked_as_of = self._as_of(options["as_of"])
        try:
            about = period(self._year(options["year"]), asked_as_of, today(), cuts())
            unit = unit_of(options["unit"], about)
            wanted = Wanted(unit, about, reason=self._reason(options["new_version"]))
            folder = self._folder(options["out"], wanted)
            if not frozen(wanted) or wanted.reason:
                self.stderr.write(_("Đang chốt số liệu và lập tệp…"))
            report = freeze(wanted, timezone.now())
        except (PeriodError, CoverageError, ImportOpen, CannotBeMade) as error:
            raise CommandError(str(error)) from None
        self._write(report, folder)
        self._print(report, folder, options["format"])

    def _year(self, text: str) -> int:
        text = str(text)
        if not text.isascii() or not text.isdigit() or len(text) > 4:
            raise CommandError(_("Không đọc được năm “%s”; hãy viết như 2026.") % text)
        return int(text)

    def _as_of(self, text: str | None) -> date | None:
        if text is None:
            return None
        try:
            return read_date(text)
        except ValueError:
            reason = _("Không đọc được ngày “%s” ở --as-of; hãy viết như 2026-12-14 hoặc 14/12/2026.")
            raise CommandError(reason % text) from None

    def _reason(self, text: str | None) -> str:
        if text is None:
            return ""
        text = " ".join(text.split())
        if not text:
            raise CommandError(_("Phiên bản mới cần lý do; hãy ghi sau --new-version."))
        if len(text) > LONGEST_REASON:
            raise CommandError(_("Lý do dài quá %d chữ cái; hãy ghi ngắn lại.") % LONGEST_REASON)
        for refusal in refusals(text):
            raise CommandError(str(refusal))
        return text

    def _folder(self, out: str | None, wanted: Wanted) -> Path:
        name = f"{wanted.period.series}-{wanted.unit.code}"
        folder = Path(out) if out else Path(settings.DATA_DIR) / "annual-reports" / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / ".thu-ghi"
            probe.touch()
            probe.unlink()
        except OSError as error:
            params = {"folder": folder, "why": error.strerror}
            raise CommandError(_("Không ghi được vào thư mục %(folder)s: %(why)s.") % params) from None
        return folder

    def _write(self, report: AnnualReport, folder: Path) -> None:
        for row in report.files.all():
            try:
                (folder / row.name).write_bytes(bytes(row.content))
            except OSError as error:
                params = {"path": folder / row.name, "why": error.strerror}
                raise CommandError(_("Không ghi được tệp %(path)s: %(why)s.") % params) from None

    def _print(self, report: AnnualReport, folder: Path, how: str) -> None:
        data = json.loads(report.data)
        if how == "json":
            told = {name: data[name] for name in ("unit", "year", "kind", "as_of", "activities_from", "taken_at")}
            told |= {"version": report.version, "reason": report.reason, "sha256": report.digest}
            told |= {"folder": str(folder), "files": [row.name for row in report.files.defer("content")]}
            told |= {"figures": {one["key"]: one["value"] for one in data["figures"]}, "changes": data["changes"]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        params = {"kind": Kind(report.kind).label, "unit": data["unit"]["name"], "version": report.version}
        self.stdout.write(_("%(kind)s, %(unit)s, phiên bản %(version)d.") % params)
        taken_at = datetime.fromisoformat(data["taken_at"])
        params = {"as_of": written(report.as_of), "first": written(date.fromisoformat(data["activities_from"]))}
        params["at"] = written(taken_at)
        self.stdout.write(_("Tính đến %(as_of)s, hoạt động từ %(first)s, chốt lúc %(at)s.") % params)
        if data["changes"]:
            for line in changes_in_words(data["changes"]):
                self.stdout.write(f"  {line}")
        self.stdout.write(_("Mã băm: %s") % report.digest)
        self.stdout.write(
            _("Tệp ở %(folder)s; kiểm tra bằng: python3 %(verifier)s")
            % {
                "folder": folder,
                "verifier": folder / "kiem_tra.py",
            }
        )

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from media.consents.ended import FILES, MODELS, EndedConsent
from media.consents.ending import end
from tabular.writing import Dialect, Table, csv_lines

# a number alone could be that of another installation's file
COLUMNS = ["loai", "so", "tao_luc", "het_luc"]


class Command(BaseCommand):
    help = "Liệt kê các tệp mà người trong đó không còn đồng ý; sau khi khôi phục bản sao lưu cũ hơn thì gỡ lại chúng."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--end", metavar="FILE", type=Path, help=_("gỡ lại các tệp trong danh sách này"))

    def handle(self, *args, end=None, **options):
        if end:
            return self._end(end)
        ended = EndedConsent.objects.filter(taken_back_at=None).select_related(*MODELS).order_by("at", "pk")
        rows = [(row.kind, row.file.pk, row.file.created_at.isoformat(), row.at.isoformat()) for row in ended]
        for line in csv_lines(Table("", COLUMNS, rows), Dialect.ENGLISH):
            self.stdout.write(line, ending="")

    def _end(self, path: Path) -> None:
        try:
            with path.open(encoding="utf-8-sig", newline="") as handle:
                rows = [(MODELS[row["loai"]], int(row["so"]), row["tao_luc"]) for row in csv.DictReader(handle)]
        except (OSError, UnicodeDecodeError, KeyError, TypeError, ValueError):
            raise CommandError(_("Tệp này không phải danh sách do lệnh ended_consents in ra.")) from None
        count, unlike = 0, []
        for model, pk, created in rows:
            file: Any = model._default_manager.filter(pk=pk).first()
            if file is None or file.created_at.isoformat() != created:
                unlike.append(f"{FILES[model]} {pk}")
            elif end(file, timezone.now()):
                count += 1
        self.stdout.write(_("Đã gỡ lại %(count)d tệp.") % {"count": count})
        if unlike:
            self.stdout.write(_("Không thấy các tệp này ở đây: %s.") % ", ".join(unlike))

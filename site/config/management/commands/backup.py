import json
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.backup.archive import BackupError
from config.backup.making import make
from config.backup.telling import teller


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu và mọi tệp vào một tệp, trong khi trang vẫn chạy (docs/backup.md)."

    def add_arguments(self, parser):
        parser.add_argument("out", metavar="OUT", type=Path, help=_("tệp sẽ ghi, ví dụ la-chan-2026-12-31.zip"))
        parser.add_argument(
            "--with-secret-key",
            action="store_true",
            help=_("kèm cả SECRET_KEY; chỉ dùng khi tệp được giữ kín như chính khóa đó"),
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng in ra"))

    def handle(self, *args, out, with_secret_key, format, **options):
        started = time.monotonic()
        try:
            manifest = make(out, teller(self.stderr), with_secret_key=with_secret_key)
        except BackupError as error:
            raise CommandError(str(error)) from None
        summary = {
            "file": str(out),
            "bytes": out.stat().st_size,
            "tables": len(manifest["tables"]),
            "rows": sum(table["rows"] for table in manifest["tables"]),
            "files": len(manifest["files"]),
            "secret_key": with_secret_key,
            "seconds": round(time.monotonic() - started, 1),
        }
        if format == "json":
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
            return
        summary["mb"] = f"{summary['bytes'] / 1e6:.1f}".replace(".", ",")
        self.stdout.write(
            _("Đã sao lưu %(rows)d dòng của %(tables)d bảng và %(files)d tệp vào %(file)s (%(mb)s MB).") % summary
        )
        if not with_secret_key:
            self.stdout.write(_("SECRET_KEY không nằm trong tệp; hãy giữ nó ở một nơi khác."))

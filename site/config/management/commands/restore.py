import json
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.backup.archive import BackupError, Reader
from config.backup.restoring import restore
from config.backup.telling import teller


class Command(BaseCommand):
    help = "Khôi phục tệp sao lưu vào một nơi trống: cơ sở dữ liệu mới và DATA_DIR chưa có tệp (docs/backup.md)."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path, help=_("tệp do lệnh backup ghi"))
        parser.add_argument("--check", action="store_true", help=_("chỉ kiểm tra từng phần của tệp, không ghi gì"))
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng in ra"))

    def handle(self, *args, file, check, format, **options):
        started = time.monotonic()
        try:
            reader = Reader(file)
            summary = self._checked(reader) if check else restore(reader, teller(self.stderr))
        except BackupError as error:
            raise CommandError(str(error)) from None
        summary["seconds"] = round(time.monotonic() - started, 1)
        if format == "json":
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
        else:
            self._say(summary, check)

    def _checked(self, reader: Reader) -> dict:
        progress = teller(self.stderr)
        reader.verify(lambda done, of: progress(_("Kiểm tra"), done, of))
        manifest = reader.manifest
        return {
            "from_version": manifest["version"],
            "made_at": manifest["made_at"],
            "tables": len(manifest["tables"]),
            "rows": sum(table["rows"] for table in manifest["tables"]),
            "files": len(manifest["files"]),
        }

    def _say(self, summary: dict, check: bool) -> None:
        if check:
            self.stdout.write(
                _("Tệp nguyên vẹn: bản %(from_version)s, %(rows)d dòng, %(tables)d bảng, %(files)d tệp.") % summary
            )
            return
        self.stdout.write(
            _("Đã khôi phục %(rows)d dòng của %(tables)d bảng và %(files)d tệp. Mọi người đăng nhập lại.") % summary
        )
        if not summary["same_secret_key"]:
            self.stdout.write(
                _(
                    "SECRET_KEY ở đây khác lúc sao lưu: bước xác nhận thứ hai, phiếu kích hoạt và liên kết "
                    "đặt lại mật khẩu cũ không dùng được, cho đến khi khóa cũ được ghi vào SECRET_KEY_FALLBACKS."
                )
            )

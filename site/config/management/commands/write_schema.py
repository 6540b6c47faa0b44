import os
import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.schema import files
from config.schema.comparing import differences
from config.schema.writing import write


class Command(BaseCommand):
    help = (
        "Ghi lại lược đồ dựng sẵn (site/config/schema): SQLite, và PostgreSQL khi DATABASE_URL chỉ tới một máy chủ. "
        "Chạy sau mỗi lần thêm bước (migration) hay đổi phiên bản gói."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="chỉ so tệp với cơ sở dữ liệu tạo theo từng bước")

    def handle(self, *args, check, **options):
        with self._sqlite_beside(check) as sqlite:
            failed = self._check() if check else self._write()
        if failed or (sqlite and sqlite.returncode):
            raise CommandError("Lược đồ dựng sẵn không còn đúng; hãy chạy `manage.py write_schema` để ghi lại.")

    @contextmanager
    def _sqlite_beside(self, check: bool):
        """Where PostgreSQL is named, SQLite's file is the work of a process of its own: some of Wagtail's models are
        made for the database with which a process starts."""
        if connection.vendor == "sqlite":
            yield None
            return
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        command = [sys.executable, "manage.py", "write_schema", *(["--check"] if check else [])]
        with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment) as process:
            yield process

    def _write(self) -> bool:
        write(connection)
        self.stdout.write(f"{files.path_of(connection.vendor).relative_to(settings.BASE_DIR)}: đã ghi.")
        return False

    def _check(self) -> bool:
        lines = differences(connection)
        for line in lines:
            self.stderr.write(f"{connection.vendor}: {line}")
        if not lines:
            self.stdout.write(f"{connection.vendor}: lược đồ dựng sẵn đúng với từng bước.")
        return bool(lines)

import hashlib
import json
import time
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from config import statistics
from config.schema.files import Steps
from config.schema.loading import steps_to_load
from config.serving import static_errors
from letters import folding, place_names
from pages.cms import search_backend
from pages.search import index, narrowing
from pages.serving import version

# seconds after which somebody who waits wants to see that something moves
SILENCE = 5


def static_mark() -> str:
    """Stands for the names and contents of every static file of every app: the same on each machine with this version,
    so that of several over one folder (STATIC_DIR) only the first has something to do."""
    files = [
        (name, hashlib.sha256(Path(storage.path(name)).read_bytes()).hexdigest())
        for finder in get_finders()
        for name, storage in finder.list([])
    ]
    return hashlib.sha256(repr(sorted(files)).encode()).hexdigest()


class Counted:
    """Takes a command's own lines, and says every few seconds how many of those that begin so there were."""

    def __init__(self, stdout, start: str, total: int):
        self.stdout, self.start, self.total = stdout, start, total
        self.done, self.said = 0, time.monotonic()

    def write(self, text: str) -> None:
        self.done += text.startswith(self.start)
        if time.monotonic() - self.said > SILENCE:
            self.said = time.monotonic()
            self.stdout.write(f"  {self.done}/{self.total}")
            self.stdout.flush()

    def flush(self) -> None:
        self.stdout.flush()


class Command(BaseCommand):
    help = "Chuẩn bị để chạy: cơ sở dữ liệu, tệp tĩnh, bản dịch; với --demo thì thêm dữ liệu mẫu ở lần đầu."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="thêm dữ liệu mẫu nếu chưa có (chỉ trên máy này)")

    def handle(self, *args, demo, **options):
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        self._migrate()
        with self._step("Bản dịch (catalogues)"):
            call_command("compile_catalogues", verbosity=0)
        if not settings.DEBUG:
            self._collect_static()
        static_errors.write_pages()
        self._index()
        # pages kept before an upgrade would go on asking for the stylesheet of before
        version.raise_version()
        if demo and settings.INSECURE_HTTP:
            self._seed()
            statistics.gather()
            self._show_accounts()

    def _migrate(self):
        connection = connections[DEFAULT_DB_ALIAS]
        try:
            executor = MigrationExecutor(connection)
        except DatabaseError as error:
            name = connection.settings_dict["ENGINE"].rpartition(".")[2]
            raise CommandError(f"Không mở được cơ sở dữ liệu ({name}): {str(error).splitlines()[0]}") from None
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        with self._step(f"Cơ sở dữ liệu (database){self._way(plan, steps_to_load(connection))}"):
            if plan:
                call_command("migrate", interactive=False, stdout=Counted(self.stdout, "  Applying", len(plan)))

    def _way(self, plan, loaded: Steps) -> str:
        """What is to be done, in a few words."""
        left = sum((step.app_label, step.name) not in loaded for step, _backwards in plan)
        words = [*(["nạp lược đồ dựng sẵn"] if loaded else []), *([f"{left} bước"] if left else [])]
        return f": {', '.join(words)}" if words else ""

    def _collect_static(self):
        """Hashing and compressing takes seconds: only when a file is newer, or another, than last time."""
        fingerprint, mark = static_mark(), settings.STATIC_ROOT / ".made"
        is_whole = mark.exists()
        if is_whole and mark.read_text() == fingerprint:
            return
        with self._step("Tệp tĩnh (static files)"):
            mark.unlink(missing_ok=True)
            # a file of which a stop left a part would pass for whole, since it is newer than its source
            call_command("collectstatic", interactive=False, verbosity=0, clear=not is_whole)
        mark.write_text(fingerprint)

    def _index(self):
        """What a search compares may have changed since the last time: then all that is there is indexed anew."""
        # where no step was left to migrate, or the extension has come since
        narrowing.make()
        sources = [Path(module.__file__ or "").read_bytes() for module in (folding, place_names, index, search_backend)]
        fingerprint, mark = hashlib.sha256(b"".join(sources)).hexdigest(), settings.DATA_DIR / ".indexed"
        if mark.exists() and mark.read_text() == fingerprint:
            return
        if index.SearchEntry.objects.exists():
            with self._step("Chỉ mục tìm kiếm (search index)"):
                index.index_all()
                call_command("wagtail_update_index", verbosity=0, stdout=StringIO())
        mark.write_text(fingerprint)

    def _seed(self):
        if (settings.DATA_DIR / "demo.json").exists() and get_user_model().objects.exists():
            return
        self.stdout.write("Dữ liệu mẫu (demo data), chỉ ở lần đầu …")
        call_command("seed", demo=True, stdout=self.stdout, stderr=self.stderr)

    def _show_accounts(self):
        accounts = json.loads((settings.DATA_DIR / "demo.json").read_text(encoding="utf-8"))
        self.stdout.write("\nTài khoản mẫu (demo accounts):")
        for account in accounts:
            line = f"  {account['role']:<18} {account['login']:<24} {account['password']:<14} {account['unit']}"
            self.stdout.write(line.rstrip())
        self.stdout.write(f"\nMở trang ở (open): {settings.BASE_URL}/   —   Ctrl-C để dừng.\n\n")
        self.stdout.flush()

    @contextmanager
    def _step(self, title: str):
        self.stdout.write(f"{title} …")
        self.stdout.flush()
        started = time.monotonic()
        yield
        self.stdout.write(f"  xong sau {time.monotonic() - started:.1f} giây")

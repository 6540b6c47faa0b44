import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _

from people.write_lock import no_waiting_while_nobody_is_served
from tabular.tables import TableError


def seeds(step: str) -> Iterator[Callable]:
    """The functions called `step` in the `seeds` modules of the apps, in the order of INSTALLED_APPS.

    `content(now, say, demo)` writes what a province starts with, `derived()` what follows from all content,
    `trial(now, say)` the made-up year of a demo.
    """
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "seeds"):
            module = import_module(f"{app.name}.seeds")
            if hasattr(module, step):
                yield getattr(module, step)


class Command(BaseCommand):
    help = _("Nạp nội dung khởi đầu: đơn vị, bốn khóa học, yêu cầu tập huấn, chiến dịch 30/7. Chạy lại không đổi gì.")

    def add_arguments(self, parser):
        parser.add_argument(
            "--demo",
            action="store_true",
            help=_("thêm tài khoản mẫu và một năm học mẫu; chỉ chạy khi thử trên máy này (INSECURE_HTTP)"),
        )

    def handle(self, *args, demo, **options):
        if demo and not settings.INSECURE_HTTP:
            raise CommandError(_("Dữ liệu mẫu chỉ dành cho bản thử trên máy này; hãy chạy bằng `make serve`."))
        started = time.monotonic()
        # a database that is wholly new needs no other command first
        if not connection.introspection.table_names():
            self._say(_("Tạo cơ sở dữ liệu…"))
            call_command("migrate", interactive=False, verbosity=0)
        try:
            with no_waiting_while_nobody_is_served(), self._whole_at_first():
                self._fill(timezone.now(), demo)
        except TableError as error:
            raise CommandError(str(error)) from None
        self._say(_("Xong sau %(seconds).1f giây.") % {"seconds": time.monotonic() - started})

    def _whole_at_first(self):
        """Where nobody has an account nobody waits for the write lock, so a start that is stopped leaves nothing. Later
        each step is a transaction of its own, which a second run finishes.
        """
        return nullcontext() if get_user_model().objects.exists() else transaction.atomic()

    def _fill(self, now, demo: bool) -> None:
        for content in seeds("content"):
            content(now, self._say, demo=demo)
        for derived in seeds("derived"):
            derived()
        for trial in seeds("trial") if demo else ():
            trial(now, self._say)

    def _say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()

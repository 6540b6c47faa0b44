import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.demo import stage as stage_communes
from campaigns.starter.seeding import seed as seed_campaigns
from courses.demo.staging import beginning, stage
from courses.starter.seeding import seed as seed_courses
from pages.cms import groups as rights
from pages.search import index as search_index
from people.write_lock import no_waiting_while_nobody_is_served
from tabular.tables import TableError


class Command(BaseCommand):
    help = _("Nạp nội dung khởi đầu: đơn vị, hai khóa học, yêu cầu tập huấn, chiến dịch 30/7. Chạy lại không đổi gì.")

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
            with no_waiting_while_nobody_is_served():
                self._fill(timezone.now(), demo)
        except TableError as error:
            raise CommandError(str(error)) from None
        self._say(_("Xong sau %(seconds).1f giây.") % {"seconds": time.monotonic() - started})

    def _fill(self, now, demo: bool) -> None:
        # in a trial the province has known its units since the made-up year began
        seed_courses(beginning(now) if demo else now, self._say)
        seed_campaigns(now, self._say)
        # groups are given what the new pages ask for
        rights.sync_all()
        search_index.index_all(missing_only=True)
        if demo:
            stage(now, self._say)
            stage_communes(now, self._say)

    def _say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()

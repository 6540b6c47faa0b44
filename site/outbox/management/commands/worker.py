import argparse

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from outbox.draining import drain
from outbox.working.worker import Worker, run_tasks


class Command(BaseCommand):
    help = "Làm các việc nền: gửi thư, nhập và xuất danh sách, việc của Wagtail. `manage.py run` chạy sẵn lệnh này."
    # they load every address and screen, which takes longer than the command itself
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help=_("làm hết việc đang chờ rồi dừng"))
        parser.add_argument("--renews", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *args, once, renews, **options):
        worker = Worker(renews=renews)
        if not once:
            worker.run()
            return
        while run_tasks() or drain():
            pass

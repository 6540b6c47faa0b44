import argparse
import logging
import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from outbox.clock import tick
from outbox.presence import Keeper
from outbox.working.growth import Growth

logger = logging.getLogger("outbox.clock")

LOOK_EVERY = 5


class Command(BaseCommand):
    help = "Việc đến giờ thì làm: đăng bài hẹn giờ, số liệu hằng ngày, dọn dẹp. `manage.py run` chạy sẵn lệnh này."
    # they load every address and screen, which takes longer than the command itself
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="làm những việc đã đến giờ rồi dừng")
        parser.add_argument("--renews", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *args, once, renews, **options):
        if once:
            for name in tick(timezone.now()):
                self.stdout.write(name)
            return
        self._run(Growth() if renews else None)

    def _run(self, growth: Growth | None):
        """`growth`: whoever started it starts another one when it ends, so it ends when it has grown."""
        stopping = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        keeper = Keeper("clock")
        keeper.start()
        logger.info("clock starts")
        try:
            while not stopping.is_set():
                try:
                    close_old_connections()
                    keeper.hold_now()
                    if keeper.holds("clock"):  # several machines may run a clock; only one ticks
                        tick(timezone.now())
                except DatabaseError as error:
                    logger.warning("clock: the database is away (%s)", type(error).__name__)
                    connection.close()
                if growth and growth.is_too_much():
                    break
                stopping.wait(LOOK_EVERY)
        finally:
            keeper.stop()
            logger.info("clock ends")

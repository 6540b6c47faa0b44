import errno
import logging
import os
import runpy
import socket
import sys
from functools import partial

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.checks import refuse_unsafe_start
from config.preloading import preload
from config.supervisor import Child, Supervisor

logger = logging.getLogger("config.run")

# before a child's name in the list of processes
TITLE = "la-chan:"


class Command(BaseCommand):
    help = "Chạy trang: máy chủ web, việc nền và đồng hồ; tiến trình nào dừng thì chạy lại."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=settings.PORT, help="cổng lắng nghe (mặc định: PORT)")
        parser.add_argument("--workers", type=int, help="số tiến trình web (mặc định: theo số nhân CPU)")
        parser.add_argument("--web-only", action="store_true", help="chỉ máy chủ web; việc nền chạy ở nơi khác")

    def handle(self, *args, port, workers, web_only, **options):
        try:
            refuse_unsafe_start()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        refuse_taken_port(settings.BIND, port)
        children = [Child("web", partial(serve_web, port, workers or web_workers()), "gunicorn: starts")]
        if not web_only:
            children += [
                Child("clock", partial(call_command, "clock", renews=True), f"{TITLE} clock", patience=10),
                Child("worker", partial(call_command, "worker", renews=True), f"{TITLE} worker"),
            ]
        preload()
        logger.info("running %s on %s port %d", ", ".join(c.name for c in children), settings.BIND, port)
        Supervisor(children).run()


def web_workers() -> int:
    """One a core, at least two, so that one slow page does not stop the others."""
    return max(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2)


def serve_web(port: int, workers: int) -> None:
    """Becomes gunicorn's master, as `python -m gunicorn` would; ends by SystemExit."""
    host = f"[{settings.BIND}]" if ":" in settings.BIND else settings.BIND
    sys.argv = [
        *("gunicorn", "config.wsgi:application"),
        *("--config", str(settings.SITE_DIR / "config" / "gunicorn_conf.py")),
        *("--bind", f"{host}:{port}", "--workers", str(workers)),
    ]
    runpy.run_module("gunicorn", run_name="__main__")


def refuse_taken_port(host: str, port: int) -> None:
    """CommandError, one sentence, when nothing could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise CommandError(f"Không được phép dùng cổng {port}; hãy chọn cổng từ 1024 trở lên.") from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(f"Không lắng nghe được ở {host}:{port}: {error.strerror}.") from None
            raise CommandError(
                f"Cổng {port} đang có chương trình khác dùng (port in use); hãy dừng nó hoặc chọn cổng khác, "
                f"ví dụ: PORT={port + 1} make serve"
            ) from None

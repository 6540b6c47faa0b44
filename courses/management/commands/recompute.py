from datetime import timedelta
from itertools import chain, islice

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.completions.following import follow_all
from courses.learning.screens_check import differences as screen_differences
from courses.standing.daily_counts import recount_all
from courses.standing.second_formulation import differences
from courses.standing.standing import rebuild_all

SHOWN = 200


class Command(BaseCommand):
    help = "Dựng lại trạng thái của mọi người và số liệu từng ngày; --check chỉ tính lại bằng cách thứ hai và so sánh."
    # they load every address and screen, which takes longer than the command itself
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help=_("chỉ so sánh, không ghi; thoát với 1 nếu có chỗ khác")
        )

    def handle(self, *args, **options):
        if options["check"]:
            self._check()
            return
        now = timezone.now()
        completed = follow_all(now, even_unchanged=True)
        self.stdout.write(_("Lần hoàn thành: đã ghi thêm %(count)d.") % {"count": completed})
        changed = rebuild_all(self._teller(_("Đã dựng lại %(done)d/%(of)d người…")), now)
        self.stdout.write(_("Trạng thái: %(count)d dòng thay đổi.") % {"count": changed})
        days = recount_all(now, self._teller(_("Đã đếm lại %(done)d/%(of)d ngày…")))
        self.stdout.write(_("Số liệu từng ngày: đã đếm lại %(count)d ngày.") % {"count": days})

    def _check(self):
        counted = differences(self._teller(_("Đã so sánh %(done)d/%(of)d ngày…")))
        sentences = chain(counted, screen_differences(timezone.localdate()))
        lines = list(islice(sentences, SHOWN))
        for line in lines:
            self.stdout.write(line)
        further = sum(1 for _line in sentences)
        if further:
            self.stdout.write(_("… và %(count)d chỗ khác nữa.") % {"count": further})
        if lines:
            count = len(lines) + further
            raise CommandError(
                _("Có %(count)d chỗ khác nhau; hãy chạy lại “recompute” để dựng lại.") % {"count": count}
            )
        self.stdout.write(_("Hai cách tính cho cùng kết quả."))

    def _teller(self, sentence: str):
        """Returns a progress callback that writes to stderr at most every two seconds; short work stays silent."""
        last = timezone.now()

        def tell(done: int, of: int) -> None:
            nonlocal last
            if timezone.now() - last > timedelta(seconds=2):
                last = timezone.now()
                self.stderr.write(sentence % {"done": done, "of": of})

        return tell

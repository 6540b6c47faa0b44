import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses.content.lesson_check import dead_links, wrong_minutes


class Command(BaseCommand):
    help = "Nêu mục học có số phút lệch quá một phần ba so với cách tính, và lời “ôn lại” dẫn tới mục không còn."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("dạng in ra"))

    def handle(self, *args, **options):
        minutes, links = wrong_minutes(), dead_links()
        if options["format"] == "json":
            found = {"minutes": [asdict(one) for one in minutes], "dead_links": [asdict(one) for one in links]}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            for one in minutes:
                words = _("%(course)s, “%(lesson)s”: ghi %(minutes)d phút, tính theo nội dung là %(proposed)d phút.")
                self.stdout.write(words % asdict(one))
            for link in links:
                words = _("“%(quiz)s”, câu “%(question)s”: mục để ôn “%(lesson)s” không còn xuất bản.")
                self.stdout.write(words % asdict(link))
        if count := len(minutes) + len(links):
            raise CommandError(_("Có %(count)d chỗ cần xem lại.") % {"count": count})
        if options["format"] == "text":
            self.stdout.write(_("Số phút và lời “ôn lại” đều ổn."))

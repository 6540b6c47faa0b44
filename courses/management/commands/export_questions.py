from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses.questions.exchange import formats
from courses.questions.exchange.item import BadFile
from courses.questions.exchange.leaving import items


class Command(BaseCommand):
    help = "Ghi các câu hỏi đã xuất bản ra tệp GIFT hoặc Moodle XML, và nói điều tệp không ghi được (docs/exchange.md)."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("out", metavar="OUT", help="tệp sẽ ghi")
        parser.add_argument(
            "--kind", default="", choices=list(formats.WRITERS), help="dạng tệp; không ghi thì theo đuôi tên"
        )
        parser.add_argument("--tag", default="", help="chỉ các câu có nhãn này")

    def handle(self, *args, out, kind, tag, **options):
        chosen = list(items(tag))
        if not chosen:
            raise CommandError(_("Không có câu hỏi nào đã xuất bản để ghi."))
        path = Path(out)
        try:
            text, remarks = formats.WRITERS[formats.kind_of(path, kind)](chosen)
        except (BadFile, KeyError):
            raise CommandError(_("Không rõ dạng tệp; hãy ghi --kind gift hoặc moodlexml.")) from None
        draft = path.with_name(path.name + ".part")
        try:
            draft.write_text(text, encoding="utf-8")
            draft.replace(path)
        except OSError as error:
            params = {"path": out, "why": error.strerror}
            raise CommandError(_("Không ghi được %(path)s: %(why)s.") % params) from None
        for remark in remarks:
            self.stdout.write(f"  {remark.item}: {remark.reason}")
        self.stdout.write(_("Đã ghi %(count)d câu vào %(path)s.") % {"count": len(chosen), "path": out})

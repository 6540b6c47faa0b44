from pathlib import Path

from courses.questions.exchange import formats, taking
from courses.questions.exchange.item import BadFile
from people.imports import ImportCommand
from tabular.sheets import TableError


class Command(ImportCommand):
    help = "Nhập câu hỏi vào ngân hàng từ tệp GIFT, Aiken, Moodle XML hoặc bảng tính (docs/exchange.md)."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--kind", default="", choices=list(formats.READERS), help="dạng tệp; không ghi thì theo đuôi tên"
        )
        parser.add_argument("--category", default="", help="nhóm của câu không có nhóm trong tệp")
        parser.add_argument("--tag", action="append", default=[], help="nhãn cho mọi câu; dùng được nhiều lần")
        parser.add_argument("--overwrite", action="store_true", help="thay cả câu đã được sửa hoặc đang dùng")

    def prepare(self, options, now, progress):
        try:
            path = Path(options["file"])
            reading = formats.read(path, formats.kind_of(path, options["kind"]))
        except BadFile as error:
            raise TableError(str(error)) from None
        chosen = {name: options[name] for name in ("category", "overwrite")}
        return taking.prepare(reading, now, tags=options["tag"], progress=progress, **chosen)

from datetime import date

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from people.imports import ImportCommand
from people.roster.importing import prepare_roster
from tabular.cells import read_date


def day(text: str) -> date:
    try:
        return read_date(text)
    except ValueError:
        raise CommandError(
            _("Không đọc được ngày “%(text)s”; hãy ghi năm-tháng-ngày, như 2026-12-31.") % {"text": text}
        ) from None


class Command(ImportCommand):
    help = "Nhập danh sách cán bộ: mỗi dòng một vị trí công tác (docs/imports.md)."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--codes-as-of", metavar="DATE", help=_("mã đơn vị trong tệp là mã của ngày này, không phải của tu_ngay")
        )
        parser.add_argument(
            "--ended-if-missing",
            action="store_true",
            help=_(
                "tệp là danh sách đầy đủ của các đơn vị mà tệp ghi: vị trí không có trong tệp kết thúc vào ngày hôm qua"
            ),
        )

    def prepare(self, options, now, progress):
        return prepare_roster(
            options["file"],
            now,
            codes_as_of=day(options["codes_as_of"]) if options["codes_as_of"] else None,
            ended_if_missing=options["ended_if_missing"],
            answers=options["answers"],
            progress=progress,
        )

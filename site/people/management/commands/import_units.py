from django.utils.translation import gettext as _

from people.imports import ImportCommand, Prepared
from people.units.files import prepare


class Command(ImportCommand):
    help = _(
        "Nhập đơn vị từ bảng ma, ten, loai, nganh, ma_cha, tu_ngay, den_ngay, nếu có cap_hoc, và việc chuyển đơn vị."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--successions",
            metavar="FILE",
            help=_("bảng chuyển đơn vị: ma_cu, ma_moi, thua_ke, quyet_dinh, ngay"),
        )

    def prepare(self, options, now, progress) -> Prepared:
        return prepare(options["file"], options["successions"], now, options["answers"])

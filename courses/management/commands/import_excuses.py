from courses.standing.excuses import prepare_excuses
from people.imports import ImportCommand


class Command(ImportCommand):
    help = "Nhập các trường hợp được miễn: ma_can_bo, yeu_cau, ly_do, tu_ngay, den_ngay (docs/imports.md)."

    def prepare(self, options, now, progress):
        return prepare_excuses(options["file"], now, answers=options["answers"], progress=progress)

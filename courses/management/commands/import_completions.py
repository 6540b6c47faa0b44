from courses.completions.filed import prepare_completions
from people.imports import ImportCommand


class Command(ImportCommand):
    help = "Nhập kết quả học đã có: ma_can_bo, khoa_hoc, ngay_hoan_thanh, minh_chung (docs/imports.md)."

    def prepare(self, options, now, progress):
        return prepare_completions(options["file"], now, answers=options["answers"], progress=progress)

"""A picture that is not small is cleaned in a process of its own, with limits of time and memory.

Whatever a hostile file makes of the libraries that read pictures, it ends there: the worker goes on with the next
piece of work, and the file is refused with a sentence.
"""

import resource
import subprocess
import sys
from pathlib import Path, PurePath
from tempfile import TemporaryFile

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _

from media.cleaning.bounds import BROKEN
from media.cleaning.pictures import cleaned

TOO_MUCH = _("Hình này cần quá nhiều bộ nhớ hoặc thời gian để xử lý. Thu nhỏ hoặc lưu lại thành JPEG rồi tải lên.")
# of processor, and on the clock of a machine that does other things too
MOST_SECONDS, MOST_WAITING = 20, 60
# what the process may have of its own; the interpreter with Pillow takes a tenth of it
MOST_BYTES = 256 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]
BROKEN_STATUS = 3


def cleaned_apart(upload: File) -> File:
    """Like `cleaning.cleaned`; raises ValidationError with one sentence also where it would take too much."""
    upload.seek(0)
    with TemporaryFile() as raw, TemporaryFile() as out:
        for piece in upload.chunks():
            raw.write(piece)
        raw.seek(0)
        name = PurePath(upload.name or "hinh").name
        command = [sys.executable, "-m", "media.cleaning.apart", name]
        try:
            status = subprocess.run(
                command, cwd=ROOT, stdin=raw, stdout=out, stderr=subprocess.DEVNULL, timeout=MOST_WAITING, check=False
            ).returncode
        except subprocess.TimeoutExpired:
            status = -1
        if status:
            raise ValidationError(BROKEN if status == BROKEN_STATUS else TOO_MUCH, code="broken_picture")
        out.seek(0)
        ending, _line, content = out.read().partition(b"\n")
    file = ContentFile(content, name=f"{PurePath(name).stem}{ending.decode()}")
    file.is_clean = True  # type: ignore[attr-defined]
    return file


def main(name: str) -> int:
    """Reads a picture from the standard input and writes the ending of its name, a line end and the clean picture."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        file = cleaned(File(sys.stdin.buffer, name=name))
    except ValidationError as error:
        return 1 if isinstance(error.__context__, MemoryError) else BROKEN_STATUS
    except MemoryError:
        return 1
    sys.stdout.buffer.write(PurePath(str(file.name)).suffix.encode() + b"\n" + file.read())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

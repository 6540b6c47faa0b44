"""The formats that questions come in and go out by."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from courses.questions.exchange import aiken, gift, gift_writing, moodle, moodle_writing, sheet
from courses.questions.exchange.item import BadFile, Item, Reading, Remark

# bytes of a file; a bank of 10,000 questions is a tenth of it
LARGEST = 30 * 1024 * 1024


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(_("Tệp lớn quá %(most)d MB; hãy chia nhỏ.") % {"most": LARGEST // 1024 // 1024})
        return path.read_bytes()
    except OSError:
        raise BadFile(_("Không mở được tệp %(name)s.") % {"name": path.name}) from None


def _text(path: Path) -> str:
    content = _content(path)
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise BadFile(_("Tệp không phải UTF-8; hãy lưu lại dạng UTF-8.")) from None
    if "\x00" in text:
        raise BadFile(_("Tệp không phải chữ thường; hãy chọn đúng dạng tệp."))
    return text


READERS: dict[str, Callable[[Path], Reading]] = {
    "gift": lambda path: gift.read(_text(path)),
    "aiken": lambda path: aiken.read(_text(path)),
    "moodlexml": lambda path: moodle.read(_content(path)),
    "xlsx": sheet.read,
}
BY_ENDING = {".gift": "gift", ".xml": "moodlexml", ".xlsx": "xlsx", ".csv": "xlsx"}


def kind_of(path: Path, said: str) -> str:
    """What somebody said, else by the ending of the name. Raises BadFile."""
    kind = said or BY_ENDING.get(path.suffix.lower(), "")
    if not kind:
        raise BadFile(_("Không rõ dạng tệp; hãy ghi --kind %(kinds)s.") % {"kinds": "|".join(READERS)})
    return kind


# each gives the file, and what of each question it does not say
WRITERS: dict[str, Callable[[Iterable[Item]], tuple[str, list[Remark]]]] = {
    "gift": gift_writing.write,
    "moodlexml": moodle_writing.write,
}


def read(path: Path, kind: str) -> Reading:
    """May raise BadFile or TableError, each one sentence."""
    reading = READERS[kind](path)
    if not reading.items and not reading.rejected:
        raise BadFile(_("Không tìm thấy câu hỏi nào trong tệp."))
    return reading

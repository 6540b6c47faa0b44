"""Whether a document is what its name says.

puremagic names the content by its first bytes; a zip, which it cannot tell apart, is opened to look
(`media.contents.containers`); plain text, which has no mark, is read.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import IO

import puremagic
from django.conf import settings
from django.utils.translation import gettext as _

from media.contents.containers import MACRO, ZIP, NotReadable, kind_of

# puremagic's longest mark stands at byte 0x9001 (an image of a disc)
HEAD = 64 * 1024
PIECE = 1024 * 1024
CONTAINERS = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp", ZIP})
# what a browser or another program would open as more than text, though it may be text to the last letter
OPENED = frozenset(
    {"text/html", "application/xhtml+xml", "image/svg+xml", "application/rtf", "application/postscript"}
    | {"application/pdf"}
)
# what the detector overlooks: behind a mark of UTF-8 or spaces, or a part of a page
MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*(#!|<(!doctype|html|head|body|script|style|iframe|svg|\?))", re.IGNORECASE)
# bytes that no text has: control characters but tab, line ends and form feed
NO_TEXT = bytes(set(range(32)) - set(b"\t\n\r\f"))
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
OLD_OFFICE = "application/msword"


def ending_of(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def why_not(name: str, file: IO[bytes]) -> str:
    """One sentence that says what to do where the content is not what the name says, "" where it is. Reads plain text
    whole, of everything else the head and the list of a zip.
    """
    ending = ending_of(name)
    if ending not in settings.WAGTAILDOCS_EXTENSIONS:
        return _("Không nhận tệp “.%(ending)s”. Nhận: %(kinds)s.") % {
            "ending": ending[:20],
            "kinds": ", ".join(settings.WAGTAILDOCS_EXTENSIONS),
        }
    try:
        return _why_not(ending, file)
    finally:
        file.seek(0)


def _why_not(ending: str, file: IO[bytes]) -> str:
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        return _("Tệp này trống. Mở lại trên máy, lưu rồi tải lên lần nữa.")
    kinds = detected(head)
    if ending in CONTAINERS:
        return _why_not_container(ending, file, kinds)
    if CHECKS[ending](file, head, kinds):
        return ""
    return _not_what_it_says(ending)


def detected(head: bytes) -> set[str]:
    """The MIME types that the detector thinks of; empty where it knows none."""
    try:
        return {match.mime_type for match in puremagic.magic_string(head) if match.mime_type}
    except (puremagic.PureError, ValueError):
        return set()


def _why_not_container(ending: str, file: IO[bytes], kinds: set[str]) -> str:
    if OLD_OFFICE in kinds:
        return _("Tệp này có mật khẩu hoặc là bản Office cũ. Bỏ mật khẩu, lưu lại thành .%s rồi tải lên.") % ending
    if "application/zip" not in kinds:
        return _not_what_it_says(ending)
    try:
        kind = kind_of(file)
    except NotReadable:
        return _("Tệp này bị hỏng, hoặc chứa quá nhiều thứ bên trong. Lưu lại trên máy rồi tải lên lần nữa.")
    if kind == MACRO:
        return _("Tệp này có chương trình (macro) bên trong. Lưu lại thành tệp không có macro, hoặc PDF, rồi tải lên.")
    # any zip is what the name of a zip says
    return "" if ending in (kind, ZIP) else _not_what_it_says(ending)


def _not_what_it_says(ending: str) -> str:
    sentence = _("Nội dung tệp không phải là .%s như tên gọi. Mở tệp trên máy, lưu lại đúng loại rồi tải lên.")
    return sentence % ending


def _is_text(file: IO[bytes], head: bytes, kinds: set[str]) -> bool:
    """In UTF-8, UTF-16 with its mark, or an old code of one byte a letter; nothing that would run."""
    if kinds & OPENED or MARKUP.match(head):
        return False
    file.seek(0)
    if head.startswith(WIDE):
        return _is_wide(file)
    return all(piece.translate(None, NO_TEXT) == piece for piece in _pieces(file))


def _is_wide(file: IO[bytes]) -> bool:
    reader = codecs.getincrementaldecoder("utf-16")()
    try:
        return all("\0" not in reader.decode(piece) for piece in _pieces(file)) and not reader.decode(b"", final=True)
    except UnicodeDecodeError:
        return False


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


CHECKS: dict[str, Callable[[IO[bytes], bytes, set[str]], bool]] = {
    "pdf": lambda file, head, kinds: "application/pdf" in kinds,
    "mp3": lambda file, head, kinds: "audio/mpeg" in kinds,
    "txt": _is_text,
}

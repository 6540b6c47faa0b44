"""Text files of a table: CSV and what Excel saves as “Unicode Text”, in the encodings that offices still have."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from tabular.old_letters import readings, strange_words
from tabular.sheets import MAX_ROWS, RawRow, Sheet, TableError, not_a_spreadsheet, too_many_rows

DELIMITERS = ",;\t"
# what Excel takes as the separator of the file, and does not show as a row
SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?[ \r]*\n?", re.IGNORECASE)
SAMPLE_ROWS = 30
SAMPLE_BYTES = 256 * 1024
CHUNK = 1024 * 1024
# in which files in old letters are read, and what becomes of bytes that it has no letter for
OLD, KEPT = "cp1252", "byte kept as a sign"


def text_sheet(path: Path, head: bytes) -> Sheet:
    """The one sheet of a text file. Raises TableError where it cannot be read to its end."""
    encoding = _encoding(path, head)
    delimiter, skipped = _separator(path, encoding)
    if not delimiter:
        delimiter = _delimiter(path, encoding)

    def rows() -> Iterator[RawRow]:
        return _rows(path, encoding, delimiter, skipped)

    for number, _row in enumerate(rows()):
        if number > MAX_ROWS:
            raise too_many_rows()
    note = _("Tệp không dùng UTF-8, đã được đọc theo bảng mã Windows-%(page)s; hãy xem kỹ dấu của các tên.")
    return Sheet("", rows, notes=(note % {"page": encoding[2:]},) if encoding.startswith("cp") else ())


def _open(path: Path, encoding: str):
    # a letter that the encoding does not have stays visible as U+FFFD: its row is refused, not the file
    return path.open(encoding=encoding, errors=KEPT if encoding == OLD else "replace", newline="")


def _as_a_sign(error: UnicodeError) -> tuple[str, int]:
    """A byte that Windows-1252 leaves open is a letter in VISCII."""
    assert isinstance(error, UnicodeDecodeError)
    return chr(error.object[error.start]), error.start + 1


codecs.register_error(KEPT, _as_a_sign)


def _rows(path: Path, encoding: str, delimiter: str, skipped: int) -> Iterator[RawRow]:
    with _open(path, encoding) as handle:
        handle.read(skipped)
        reader = csv.reader(handle, delimiter=delimiter, strict=True)
        line = 0
        while True:
            try:
                cells = next(reader, None)
            except csv.Error:
                raise TableError(
                    _("Dấu ngoặc kép sau dòng %(line)d không đóng đúng; hãy sửa rồi nhập lại.") % {"line": line}
                ) from None
            if cells is None:
                return
            line += 1
            if any(cell.strip() for cell in cells):
                yield RawRow(line, cells)


def _separator(path: Path, encoding: str) -> tuple[str, int]:
    """The separator that the first line names, and how many characters that line has; "" and 0 where it names none."""
    with _open(path, encoding) as handle:
        match = SEPARATOR.match(handle.read(20))
    return (match[1], match.end()) if match else ("", 0)


def _delimiter(path: Path, encoding: str) -> str:
    """Comma, semicolon as Excel writes it under Vietnamese settings, or tabulator: the one that gives many rows of
    equal length, and long ones.
    """
    scores = {}
    for delimiter in DELIMITERS:
        rows = islice(_rows(path, encoding, delimiter, 0), SAMPLE_ROWS)
        try:
            widths = Counter(len(row.cells) for row in rows)
        except TableError:
            # quotation marks that make sense with another one only; if with none, the first reading says so
            widths = Counter()
        scores[delimiter] = max((width * count**2 for width, count in widths.items() if width > 1), default=0)
    return max(scores, key=lambda delimiter: scores[delimiter])


# --- encodings


def _encoding(path: Path, head: bytes) -> str:
    # its mark begins with that of UTF-16
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in head:
        for place, encoding in enumerate(("utf-16-le", "utf-16-be")):
            if _is_bare_utf16(head, place):
                return encoding
        raise not_a_spreadsheet()
    right, wrong = _as_utf8(path)
    if wrong <= right:
        return "utf-8-sig"
    return _old_encoding(path)


def _is_bare_utf16(head: bytes, letters: int) -> bool:
    """Every second byte of letters, digits and separators is zero, and never the other one, which is the first or the
    second of two: `letters` 0 or 1.
    """
    return b"\x00" not in head[letters::2] and head[1 - letters :: 2].count(0) > len(head) // 4


def _as_utf8(path: Path) -> tuple[int, int]:
    """How many letters beyond ASCII are right in UTF-8, and how many bytes are not."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    right = wrong = 0
    with path.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            if chunk.isascii():
                continue
            text = decoder.decode(chunk)
            bad = text.count("\ufffd")
            wrong += bad
            right += len(text) - len(text.encode("ascii", "ignore")) - bad
    return right, wrong


def _old_encoding(path: Path) -> str:
    """Windows-1258 where it reads as Vietnamese, else Windows-1252, in which TCVN3, VNI and VISCII are recognised."""
    with path.open("rb") as handle:
        sample = handle.read(SAMPLE_BYTES)
    strange = strange_words(sample.decode("cp1258", "replace"))
    old = sample.decode(OLD, KEPT)
    least = min(map(strange_words, (old, *readings(old).values())))
    return "cp1258" if not strange or (strange < strange_words(old) and strange <= least) else OLD

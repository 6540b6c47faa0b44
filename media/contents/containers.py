"""Looks into a zip for what it is: a Word file, a spreadsheet and slides are all zips, and so is what carries macros.

Nothing is unpacked but two small entries, and those within bounds: a zip of a megabyte may hold a petabyte.
"""

import re
import zipfile
import zlib
from typing import IO

# bytes of the list of entries: Python reads all of it at once
MOST_OF_LIST = 2 * 1024 * 1024
# bytes unpacked of an entry that says what the whole is; Office writes a few thousand
MOST_OF_ENTRY = 1024 * 1024
# bytes that all entries say they hold, and how often more than they take; more is made to fill a disk
MOST_UNPACKED, MOST_TIMES = 1024**3, 1000
# of the record at the end of a zip (APPNOTE.TXT of PKWARE, 4.3.16): its mark, its length, and the longest comment
END, END_LENGTH, LONGEST_COMMENT = b"PK\x05\x06", 22, 65535
TYPES, MIMETYPE = "[Content_Types].xml", "mimetype"
# the main part of each kind of Office Open XML (ECMA-376, part 1, 11 to 13)
OFFICE = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}
# of OpenDocument (ODF 1.3, part 2, 3.3)
OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
# where Office and LibreOffice keep programs
MACROS = re.compile(r"(^|/)vbaproject\.bin$|^(basic|scripts)/", re.IGNORECASE)
ZIP, MACRO = "zip", "macro"
UNREADABLE = (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError)


class NotReadable(ValueError):
    """No zip, a broken one, or one beyond the bounds."""


def kind_of(file: IO[bytes]) -> str:
    """ "docx", "xlsx", "pptx", "odt", "ods", "odp", "zip" for any other, "macro" for what carries a program. Raises
    NotReadable.
    """
    try:
        _refuse_long_list(file)
        file.seek(0)
        with zipfile.ZipFile(file) as container:
            return _kind(container)
    except UNREADABLE as error:
        raise NotReadable(str(error)) from None
    finally:
        file.seek(0)


def _refuse_long_list(file: IO[bytes]) -> None:
    size = file.seek(0, 2)
    file.seek(max(size - END_LENGTH - LONGEST_COMMENT, 0))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_LENGTH:
        raise NotReadable("no end")
    # a list of four gigabytes is how a larger zip (ZIP64) says that it stands elsewhere
    if int.from_bytes(tail[at + 12 : at + 16], "little") > MOST_OF_LIST:
        raise NotReadable("too many entries")


def _kind(container: zipfile.ZipFile) -> str:
    entries = container.infolist()
    unpacked, packed = sum(one.file_size for one in entries), sum(one.compress_size for one in entries)
    if unpacked > MOST_UNPACKED or unpacked > MOST_TIMES * max(packed, MOST_TIMES):
        raise NotReadable("holds too much")
    names = {one.filename for one in entries}
    if any(MACROS.search(name) for name in names):
        return MACRO
    if TYPES in names:
        types = _read(container, TYPES)
        if b"macroenabled" in types.lower():
            return MACRO
        return next((kind for mark, kind in OFFICE.items() if mark in types), ZIP)
    if MIMETYPE in names:
        return OPEN.get(_read(container, MIMETYPE).strip(), ZIP)
    return ZIP


def _read(container: zipfile.ZipFile, name: str) -> bytes:
    with container.open(name) as entry:
        content = entry.read(MOST_OF_ENTRY + 1)
    if len(content) > MOST_OF_ENTRY:
        raise NotReadable(f"{name} is too long")
    return content

"""What a PDF says, as a screen reader gets it.

pypdf reads every glyph by itself and passes `/ActualText` by, with which a letter set of two glyphs (ô̆ is ô and a mark)
says what both are together; so the content is walked here.
"""

import io
import re
import unicodedata

from pypdf import PdfReader
from pypdf.generic import ContentStream

SHOWS = {b"Tj", b"TJ", b"'", b'"'}


def words_of(pdf: bytes, page: int = 0) -> str:
    """The text of a page in reading order, spaces made one, in NFC."""
    reader = PdfReader(io.BytesIO(pdf))
    leaf = reader.pages[page]
    fonts = {name: _letters(font.get_object()) for name, font in leaf["/Resources"]["/Font"].items()}
    said: list[str] = []
    _read(leaf.get_contents().get_data(), leaf["/Resources"], fonts, reader, said)
    return unicodedata.normalize("NFC", " ".join("".join(said).split()))


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page."""
    return [words_of(pdf, page) for page in range(len(PdfReader(io.BytesIO(pdf)).pages))]


def alternatives_of(pdf: bytes) -> list[str]:
    """What a screen reader says instead of the pictures."""
    reader = PdfReader(io.BytesIO(pdf))
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return [str(one["/Alt"]) for one in objects if isinstance(one, dict) and "/Alt" in one]


def _read(data: bytes, resources, fonts: dict, reader, said: list[str]) -> None:
    stack, font = [], {}
    stream = ContentStream(None, reader)
    stream.set_data(data)
    for operands, operator in stream.operations:
        if operator == b"Tf":
            font = fonts[operands[0]]
        elif operator == b"BDC":
            actual = operands[1].get("/ActualText") if hasattr(operands[1], "get") else None
            stack.append(actual is not None)
            said.append(_text(actual) if actual is not None else " ")
        elif operator == b"BMC":
            stack.append(False)
        elif operator == b"EMC":
            if not stack.pop():
                said.append(" ")
        elif operator in SHOWS and not any(stack):
            pieces = operands[0] if isinstance(operands[0], list) else [operands[0]]
            said.extend(_decoded(piece, font) for piece in pieces if not isinstance(piece, int | float))


def _text(actual) -> str:
    return actual if isinstance(actual, str) else bytes(actual).decode("utf-16")


def _decoded(piece, font: dict[int, str]) -> str:
    raw = piece if isinstance(piece, bytes) else piece.original_bytes
    return "".join(font[int.from_bytes(raw[place : place + 2], "big")] for place in range(0, len(raw), 2))


def _letters(font) -> dict[int, str]:
    cmap = font["/ToUnicode"].get_data().decode()
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", cmap, re.MULTILINE)
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}

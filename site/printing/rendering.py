"""One function: a design and data in, a PDF or a PNG out.

Typst releases the GIL while it works. A compiler is kept for each design and thread, since making one costs more than
a page does. The same data, design and time give the same bytes.
"""

import json
import re
import threading
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from printing.fonts import MissingLetter, fonts

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)
NO_GLYPH = re.compile(r'the text `"(?P<letter>.+?)"` could not be displayed')
# joiners are part of words; other invisible signs only turn a line round or hide something in it
JOINERS = {"\u200c", "\u200d"}

# Typst keeps what it worked out for the next ten documents, about 0.3 MB a page of a certificate: after data of so many
# signs (some hundred pages) it is made to let go at once, or ten batches would stay in the worker's memory
LARGE = 300_000
KEPT_FOR = 11
EMPTY = Path(__file__).parent / "empty.typ"

_of_thread = threading.local()


class PrintingError(RuntimeError):
    """The design could not be set: a fault in it, or data of another shape than it reads."""


def render(design: Path, data: Mapping[str, Any], at: datetime = NO_DAY) -> bytes:
    """The PDF, tagged and archivable. `at` is the moment that the file says it was made at.

    Raises MissingLetter where no font has a letter of the data, PrintingError where the design fails.
    """
    return _compiled(design, data, format="pdf", pdf_standards=STANDARDS, timestamp=at.astimezone(UTC))


def picture(design: Path, data: Mapping[str, Any], ppi: int = 96) -> bytes:
    """The only page as PNG. Raises what `render` raises: Typst itself draws an empty box for a missing letter."""
    render(design, data)
    return _compiled(design, data, format="png", ppi=ppi)


def plain(value: Any) -> Any:
    """Text in NFC without control signs, at any depth of the data; other values as they are."""
    if isinstance(value, str):
        return "".join(_sign(sign) for sign in unicodedata.normalize("NFC", value))
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def _sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cc":
        return " "
    return "" if kind in ("Cf", "Cs", "Co", "Cn") and sign not in JOINERS else sign


def _compiled(design: Path, data: Mapping[str, Any], **how) -> bytes:
    data_json = json.dumps(plain(data), ensure_ascii=False)
    try:
        document = _compiler(design).compile(sys_inputs={"data": data_json}, **how)
    except typst.TypstError as error:
        if match := NO_GLYPH.search(error.message):
            raise MissingLetter(_letter(match["letter"])) from None
        # the diagnostic shows lines of the design; only the message is certain to hold no data
        raise PrintingError(f"{design.name}: {error.message}") from error
    finally:
        if len(data_json) > LARGE:
            _let_go()
    if not isinstance(document, bytes):
        raise PrintingError(f"{design.name}: a picture has one page, this has {len(document or [])}")
    return document


def _compiler(design: Path) -> typst.Compiler:
    kept = _of_thread.__dict__.setdefault("compilers", {})
    if design not in kept:
        kept[design] = typst.Compiler(design, root=design.parent, font_paths=fonts(), ignore_system_fonts=True)
    return kept[design]


def _let_go() -> None:
    """0.1 s; what was kept for an earlier document is freed once so many others came after it."""
    for _turn in range(KEPT_FOR):
        _compiler(EMPTY).compile(format="pdf")


def _letter(written: str) -> str:
    r"""The letter as Typst's message writes it: some as \u{e81}."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), written)

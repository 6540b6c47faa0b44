"""Renders a design with data to a PDF or a PNG. Typst releases the GIL while it works. A compiler is kept for each
design and thread, since creating one costs more than a page. The same data, design and time give the same bytes.
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
# joiners are part of words; other invisible signs only change the direction of a line or hide text
JOINERS = {"\u200c", "\u200d"}

# Typst caches its work for the next ten documents, about 0.3 MB for each page of a certificate. After data of so many
# signs (some hundred pages) the cache is emptied, or ten batches would stay in the worker's memory
LARGE = 300_000
KEPT_FOR = 11
EMPTY = Path(__file__).parent / "empty.typ"

_of_thread = threading.local()


class PrintingError(RuntimeError):
    """The design could not be compiled: it has a fault, or the data has another shape than it expects."""


def render(design: Path, data: Mapping[str, Any], at: datetime = NO_DAY) -> bytes:
    """The PDF, tagged and archivable. `at` is its creation time.

    Raises MissingLetter where no font has a letter of the data, PrintingError where the design fails.
    """
    return _compiled(design, data, format="pdf", pdf_standards=STANDARDS, timestamp=at.astimezone(UTC))


def picture(design: Path, data: Mapping[str, Any], ppi: int = 96) -> bytes:
    """The only page as PNG. Raises what `render` raises, since Typst itself draws an empty box for a missing letter."""
    render(design, data)
    return _compiled(design, data, format="png", ppi=ppi)


def pictures(design: Path, data: Mapping[str, Any], ppi: int = 96) -> list[bytes]:
    """Every page as PNG. Raises what `render` raises."""
    render(design, data)
    document = _compile(design, data, format="png", ppi=ppi)
    return [document] if isinstance(document, bytes) else list(document or [])


def plain(value: Any) -> Any:
    """The data with all texts in NFC without control signs; other values stay unchanged."""
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
    document = _compile(design, data, **how)
    if not isinstance(document, bytes):
        raise PrintingError(f"{design.name}: a picture has one page, this has {len(document or [])}")
    return document


def _compile(design: Path, data: Mapping[str, Any], **how) -> bytes | list[bytes] | None:
    data_json = json.dumps(plain(data), ensure_ascii=False)
    try:
        return _compiler(design).compile(sys_inputs={"data": data_json}, **how)
    except typst.TypstError as error:
        if match := NO_GLYPH.search(error.message):
            raise MissingLetter(_letter(match["letter"])) from None
        # the diagnostic shows lines of the design; only the message is sure to hold no data
        raise PrintingError(f"{design.name}: {error.message}") from error
    finally:
        if len(data_json) > LARGE:
            _let_go()


def _compiler(design: Path) -> typst.Compiler:
    kept = _of_thread.__dict__.setdefault("compilers", {})
    if design not in kept:
        kept[design] = typst.Compiler(design, root=design.parent, font_paths=fonts(), ignore_system_fonts=True)
    return kept[design]


def _let_go() -> None:
    """Empties Typst's cache by compiling enough empty documents; takes 0.1 s."""
    for _turn in range(KEPT_FOR):
        _compiler(EMPTY).compile(format="pdf")


def _letter(written: str) -> str:
    r"""The letter in Typst's message, which writes some as \u{e81}."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), written)

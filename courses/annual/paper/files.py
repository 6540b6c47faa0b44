"""The files of a report from its snapshot: the same snapshot gives the same bytes. Times inside are the snapshot's."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.annual.paper import verifier
from courses.annual.paper.document import MOTTO, NATION, SUBJECT_MM, Paper, paper_of
from courses.annual.paper.word import docx_of
from courses.annual.paper.workbook import xlsx_of
from courses.annual.snapshot import LANGUAGE, Snapshot, digest
from printing import MissingLetter, PrintingError, render
from printing.fonts import MissingFont, require

DESIGN = Path(__file__).parent / "designs" / "report.typ"
DATA, LIST, WORD, PDF, SHEETS, VERIFIER = (
    *("du-lieu.json", "tep.sha256", "bao-cao.docx", "bao-cao.pdf", "so-lieu.xlsx", "kiem_tra.py"),
)
FONT, PACKAGE = "Liberation Serif", "fonts-liberation"


class CannotBeMade(Exception):
    """A file cannot be written on this machine; the message is one Vietnamese sentence that says what to do."""


def files_of(snapshot: Snapshot) -> dict[str, bytes]:
    """{name: bytes}, the list of hashes last. Writes into the data which files there are. Raises CannotBeMade."""
    snapshot.data["files"] = sorted([*snapshot.csvs, DATA, WORD, PDF, SHEETS, VERIFIER])
    data = snapshot.canonical.encode()
    at = datetime.fromisoformat(snapshot.data["taken_at"])
    with override(LANGUAGE):
        paper = paper_of(snapshot.data, digest(data))
        made = {
            WORD: docx_of(paper, at),
            PDF: pdf_of(paper, at),
            SHEETS: xlsx_of(snapshot, digest(data), at),
            **snapshot.csvs,
            DATA: data,
            VERIFIER: Path(verifier.__file__).read_bytes(),
        }
    return {**made, LIST: "".join(_listed(made)).encode()}


def _listed(files: dict[str, bytes]) -> Iterator[str]:
    for name in sorted(files):
        yield f"{digest(files[name])}  {name}\n"


def pdf_of(paper: Paper, at: datetime) -> bytes:
    data: dict[str, Any] = {**asdict(paper), "nation": NATION, "motto": MOTTO, "subject_mm": SUBJECT_MM}
    try:
        require(FONT, PACKAGE)
        return render(DESIGN, data, at.replace(microsecond=0))
    except (MissingFont, MissingLetter) as missing:
        raise CannotBeMade(str(missing)) from None
    except PrintingError as error:
        raise CannotBeMade(_("Chưa dựng được bản PDF: %s") % error) from error

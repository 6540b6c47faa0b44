"""The report as a Word document, in Times New Roman, which offices have; same layout as the PDF."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from courses.annual.paper.document import MOTTO, NATION, Paper, PaperTable
from tabular.same_bytes import packed_again

FONT = "Times New Roman"


def docx_of(paper: Paper, at: datetime) -> bytes:
    """Bytes that depend on nothing but the paper and the moment."""
    # here, not above: loading lxml and its templates takes a quarter of a second, and most processes write none
    from courses.annual.paper.word_parts import Writer

    writer = Writer(FONT, at.astimezone(UTC).replace(tzinfo=None, microsecond=0), paper.title)
    _head(writer, paper)
    _subject(writer, paper)
    for place, (kind, words) in enumerate(paper.blocks, start=1):
        # who signs never stands alone on a page
        writer.block(kind, words, with_next=place == len(paper.blocks))
    _foot(writer, paper)
    for table in paper.tables:
        _annex(writer, paper, table)
    out = BytesIO()
    writer.document.save(out)
    return packed_again(out.getvalue(), at)


def _head(writer: Any, paper: Paper) -> None:
    left, right = writer.columns((72, 90))
    for line in paper.superior:
        writer.line(left, line, 12.5)
    for line in paper.organisation:
        writer.line(left, line, 12.5, bold=True)
    writer.rule(left, 24)
    writer.line(right, NATION, 12.5, bold=True)
    writer.line(right, MOTTO, 13.5, bold=True)
    writer.rule(right, 56)
    left, right = writer.columns((72, 90))
    writer.line(left, paper.number, 13)
    writer.line(right, paper.day, 13.5, italic=True)


def _subject(writer: Any, paper: Paper) -> None:
    body = writer.document
    writer.line(body, "BÁO CÁO", 14, bold=True, before=14, style="Heading 1")
    for line in paper.subject:
        writer.line(body, line, 14, bold=True)
    writer.rule(body, 40)
    if len(paper.addressees) == 1:
        writer.line(body, f"Kính gửi: {paper.addressees[0]}.", 14, before=6, after=6)
        return
    left, right = writer.columns((58, 104))
    writer.line(left, "Kính gửi:", 14, align="right", before=6, after=6)
    for place, one in enumerate(paper.addressees, start=1):
        is_last = place == len(paper.addressees)
        sign = "." if is_last else ";"
        writer.line(right, f"- {one}{sign}", 14, align="left", before=6 if place == 1 else 0, after=6 * is_last)


def _foot(writer: Any, paper: Paper) -> None:
    left, right = writer.columns((74, 88))
    writer.line(left, "Nơi nhận:", 12, bold=True, italic=True, align="left")
    for line in paper.recipients:
        writer.line(left, line, 11, align="left")
    for line in paper.signing:
        writer.line(right, line, 13.5, bold=True)
    # room for the signature and the seal
    writer.line(right, "", 13.5, after=70)
    writer.line(right, paper.signer, 13.5, bold=True)


def _annex(writer: Any, paper: Paper, table: PaperTable) -> None:
    body = writer.document
    writer.line(body, table.heading, 14, bold=True, style="Heading 2", new_page=True)
    writer.line(body, table.title, 14, bold=True)
    writer.line(body, paper.attached, 13, italic=True, after=6)
    writer.table(table.columns, table.rows)
    if table.note:
        writer.line(body, table.note, 11, italic=True, align="left", before=4)

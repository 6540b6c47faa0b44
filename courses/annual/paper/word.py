"""The report as a Word document, in Times New Roman, which offices have; same layout as the PDF."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from courses.annual.paper.document import MOTTO, NATION, SUBJECT_MM, Foot, Head, Paper, PaperTable
from tabular.same_bytes import packed_again

FONT = "Times New Roman"
# in mm: of the rule under the motto, which is as long as the motto in 13.5 points, and of that under the issuing body,
# a third to a half of its words, for each of its capitals
MOTTO_MM, UNDER = 58.4, 0.95


def docx_of(paper: Paper, at: datetime) -> bytes:
    """Bytes that depend on nothing but the paper and the moment."""
    # here, not above: loading lxml and its templates takes a quarter of a second, and most processes write none
    from courses.annual.paper.word_parts import Writer

    writer = Writer(FONT, at.astimezone(UTC).replace(tzinfo=None, microsecond=0), paper.title)
    head(writer, paper)
    _subject(writer, paper)
    for place, (kind, words) in enumerate(paper.blocks, start=1):
        # who signs never stands alone on a page
        writer.block(kind, words, with_next=place == len(paper.blocks))
    foot(writer, paper)
    for table in paper.tables:
        _annex(writer, paper, table)
    out = BytesIO()
    writer.document.save(out)
    return packed_again(out.getvalue(), at)


def head(writer: Any, paper: Head) -> None:
    """The body above, the issuing body, nation and motto, number, place and day."""
    left, right = writer.columns((68, 94))
    for line in paper.superior:
        writer.line(left, line, 12)
    for line in paper.organisation:
        writer.line(left, line, 12, bold=True)
    writer.rule(left, UNDER * len(paper.organisation[-1]) if paper.organisation else 0)
    writer.line(right, NATION, 12, bold=True)
    writer.line(right, MOTTO, 13.5, bold=True)
    writer.rule(right, MOTTO_MM)
    left, right = writer.columns((68, 94))
    writer.line(left, paper.number, 13)
    writer.line(right, paper.day, 13.5, italic=True)


def _subject(writer: Any, paper: Paper) -> None:
    body = writer.document
    writer.line(body, "BÁO CÁO", 14, bold=True, before=14, style="Heading 1")
    for line in paper.subject:
        writer.line(body, line, 14, bold=True)
    writer.rule(body, SUBJECT_MM)
    if len(paper.addressees) == 1:
        writer.line(body, f"Kính gửi: {paper.addressees[0]}.", 14, before=6, after=6)
        return
    left, right = writer.columns((58, 104))
    writer.line(left, "Kính gửi:", 14, align="right", before=6, after=6)
    for place, one in enumerate(paper.addressees, start=1):
        is_last = place == len(paper.addressees)
        sign = "." if is_last else ";"
        writer.line(right, f"- {one}{sign}", 14, align="left", before=6 if place == 1 else 0, after=6 * is_last)


def foot(writer: Any, paper: Foot) -> None:
    """Who gets it and who signs, with room for signature and seal."""
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
    writer.annex()
    writer.line(body, table.heading, 14, bold=True, style="Heading 2")
    writer.line(body, table.title, 14, bold=True)
    writer.line(body, paper.attached, 13, italic=True, after=6)
    writer.table(table.columns, table.rows, table.widths)
    if table.note:
        writer.line(body, table.note, 11, italic=True, align="left", before=4)

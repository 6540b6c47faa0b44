"""The few things of which the Word document is made: lines, columns without borders, rules, tables, page numbers."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from tabular.formulas import CONTROL

ALIGNED = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
BLACK = RGBColor(0, 0, 0)
UNBROKEN = re.compile(r"\S{50}")
# between the margins of A4, in mm
WIDTH = 162
# what a cell keeps free left and right of its text, in mm together
IN_CELL = 3.8


class Writer:
    def __init__(self, font: str, at: datetime, title: str):
        self.document = Document()
        self.font = font
        # cells that hold a line already: a new one has an empty paragraph, which the first line takes
        self.begun: dict[int, Any] = {}
        self._properties(at, title)
        self._styles()
        self._page()

    def _properties(self, at: datetime, title: str) -> None:
        about = self.document.core_properties
        about.title, about.author, about.last_modified_by, about.comments = title, "", "", ""
        about.language, about.revision = "vi-VN", 1
        about.created = about.modified = at

    def _styles(self) -> None:
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
            style = self.document.styles[name]
            style.font.name, style.font.size, style.font.color.rgb = self.font, Pt(14), BLACK
            style.font.bold, style.font.italic = name != "Normal", False
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            for script in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(qn(f"w:{script}"), self.font)
            style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        self.document.styles["Normal"].element.get_or_add_rPr().append(language)

    def _page(self) -> None:
        """A4, margins and page number as the decree's annex I says; none on the first page."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(18)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        run = paragraph.add_run("2")
        run.font.size = Pt(13)
        # the formats are the documented way to the elements of paragraph and run
        field.append(run.font.element)
        paragraph.paragraph_format.element.append(field)

    def columns(self, widths: Iterable[int]) -> list[Any]:
        """Cells side by side without borders, `widths` in mm."""
        widths = list(widths)
        table = self.document.add_table(rows=1, cols=len(widths))
        self._measure(table, widths)
        for cell, width in zip(table.rows[0].cells, widths, strict=True):
            cell.width = Mm(width)
        return list(table.rows[0].cells)

    def _measure(self, table: Any, widths: Iterable[float]) -> None:
        """Word goes by the cells, others by the grid: both say the same."""
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)

    def line(
        self,
        place: Any,
        words: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        align: str = "center",
        before: float = 0,
        after: float = 0,
        indent: float = 0,
        style: str | None = None,
    ) -> Any:
        paragraph = self._paragraph(place, style)
        paragraph.alignment = ALIGNED[align]
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after, shape.left_indent = Pt(before), Pt(after), Mm(indent)
        # no XML may hold a control sign, which a paste from elsewhere brings
        run = paragraph.add_run(CONTROL.sub(" ", words))
        run.font.name, run.font.size, run.font.bold, run.font.italic = self.font, Pt(size), bold, italic
        return paragraph

    def _paragraph(self, place: Any, style: str | None) -> Any:
        is_new_cell = place is not self.document and id(place) not in self.begun
        if is_new_cell:
            self.begun[id(place)] = place
            made = place.paragraphs[0]
        else:
            made = place.add_paragraph(style=style) if style else place.add_paragraph()
        made.paragraph_format.line_spacing = 1
        return made

    def rule(self, place: Any, length: float) -> None:
        """A line under what stands above: the border of an empty paragraph that is as wide as `length` in mm."""
        width = WIDTH if place is self.document else place.width.mm - IN_CELL
        # clear of what hangs below the letters
        paragraph = self.line(place, "", 2, before=2)
        side = Mm(max((width - length) / 2, 0))
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Emu(side)
        borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{name}"), value)
        borders.append(top)
        # the order of a paragraph's properties is part of the format
        shape = paragraph.paragraph_format.element.get_or_add_pPr()
        shape.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")

    def block(self, kind: str, words: str, *, with_next: bool = False) -> None:
        styles = {"heading": "Heading 2", "smaller": "Heading 3"}
        bold = kind in styles
        align = "left" if bold else "justify"
        if UNBROKEN.search(words):
            # no justified line ends before a word that is as long as a line
            align = "left"
        made = self.line(
            self.document, words, 14, bold=bold, align=align, before=6 if bold else 0, after=6, style=styles.get(kind)
        )
        made.paragraph_format.first_line_indent = Mm(10)
        made.paragraph_format.keep_with_next = bold or with_next

    def annex(self) -> None:
        """What follows stands on pages of its own, which are counted from one, and the first bears no number."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        for element in self.document.element.body.findall(qn("w:sectPr")):
            # the order of a section's properties is part of the format
            element.find(qn("w:pgMar")).addnext(start)
        section.different_first_page_header_footer = True

    def table(self, columns: list[str], rows: list[list[str]], widths: list[float]) -> None:
        """`widths` of the columns in mm."""
        table = self.document.add_table(rows=1 + len(rows), cols=len(columns), style="Table Grid")
        self._measure(table, widths)
        for place, (row, texts) in enumerate(zip(table.rows, (columns, *rows), strict=True)):
            for column, (cell, words) in enumerate(zip(row.cells, texts, strict=True)):
                cell.width = Mm(widths[column])
                align = "left" if column == 1 and place else "center"
                bold = place in (0, len(rows))
                self.line(cell, words, 11 if place else 9.5, bold=bold, align=align)
        self.begun.clear()
        self._repeat_head()

    def _repeat_head(self) -> None:
        """The first row of the last table stands on each of its pages."""
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table = self.document.element.body.findall(qn("w:tbl"))[-1]
        table.find(qn("w:tr")).get_or_add_trPr().append(repeated)

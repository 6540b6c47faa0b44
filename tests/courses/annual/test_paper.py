"""The Word document is laid out as decree 30/2020/NĐ-CP, annex I, says, in whatever program opens it."""

import zipfile
from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree

from django.utils import timezone

from courses.annual.paper.document import NATION, WIDTH, Paper, PaperTable, recipients, widths_of
from courses.annual.paper.word import docx_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AT = timezone.make_aware(datetime(2026, 12, 14, 8))
HASH = "a" * 64
TABLE = PaperTable("Phụ lục I", "LỚP", ["TT", "Đơn vị", "Lớp", "Tiền"], [["1", "Xã A", "2", "13.000.000"]], "", [])


def drawn():
    table = PaperTable(**{**vars(TABLE), "widths": widths_of(TABLE.rows, 4)})
    paper = Paper(
        superior=[], organisation=["ỦY BAN NHÂN DÂN", "XÃ A"], number="Số: /BC", day="A, ngày",
        recipients=["- Lưu: VT."], signing=["CHỦ TỊCH"], signer="", subject=["Kết quả"], addressees=["UBND"],
        tables=[table, table],
        blocks=[["p", "Lời."], ["p", f"Mã băm: {HASH}./."]], attached="(Kèm theo)", title="Báo cáo",
    )  # fmt: skip
    with zipfile.ZipFile(BytesIO(docx_of(paper, AT))) as archive:
        return ElementTree.fromstring(archive.read("word/document.xml"))


def text_of(element):
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def test_the_grid_of_each_table_says_what_its_cells_say():
    for table in drawn().iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        for row in table.iter(f"{W}tr"):
            cells = [int(cell.get(f"{W}w")) for cell in row.iter(f"{W}tcW")]
            assert all(abs(one - other) <= 1 for one, other in zip(grid, cells, strict=True))


def test_nation_has_room_in_one_line_and_each_annex_counts_its_own_pages():
    body = drawn()
    assert NATION in text_of(body)
    sections = list(body.iter(f"{W}sectPr"))
    assert [one.find(f"{W}pgNumType") is not None for one in sections] == [False, True, True]
    assert all(one.find(f"{W}titlePg") is not None for one in sections)
    for section in sections:
        margins = section.find(f"{W}pgMar")
        assert [round(int(margins.get(f"{W}{side}")) / 56.7) for side in ("top", "bottom", "left", "right")] == [
            *(20, 20),
            *(30, 18),
        ]


def test_a_hash_does_not_pull_its_line_apart_and_who_signs_is_not_alone():
    paragraphs = {text_of(one): one for one in drawn().iter(f"{W}p")}
    last = paragraphs[f"Mã băm: {HASH}./."]
    assert last.find(f"{W}pPr/{W}jc").get(f"{W}val") in ("left", "start")
    assert last.find(f"{W}pPr/{W}keepNext") is not None
    assert paragraphs["Lời."].find(f"{W}pPr/{W}jc").get(f"{W}val") == "both"


def test_money_has_a_wide_column_and_the_words_take_the_rest():
    narrow, wide = widths_of([["1", "Xã", "2"]], 3), widths_of([["1", "Xã", "13.000.000.000"]], 3)
    assert wide[2] > 25 > narrow[2]
    assert round(sum(wide), 1) == round(sum(narrow), 1) == WIDTH


def test_recipients_end_as_the_decree_writes_them():
    assert recipients("Như trên;\n- Lưu: VT.") == ["- Như trên;", "- Lưu: VT."]

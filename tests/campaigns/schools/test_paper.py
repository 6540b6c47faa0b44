"""Printed lessons: few sheets, none mostly white, letters as large as a card allows, fronts that meet their backs."""

import json
import re
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader
from sharing import shared

from campaigns.schools.blocks import lesson_body
from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.lines import with_lines
from campaigns.schools.paper import DESIGN, GRIDS, answer_cards_data, pack_data, pieces_of
from campaigns.starter.lessons import create_schools
from pages.home.page import create_home
from printing import render
from printing.rendering import _compiler, plain

BLOCKS = dict(lesson_body())
# pages of a pack; two are a sheet
PAGES = {"lop-4-5": 16, "lop-6-9": 11, "lop-10-12": 13, "viec-qua-dien-thoai": 9}
# dots an inch at which pages are measured, and millimetres of a band
DOTS, BAND = 25.4 * 2, 5
MM = DOTS / 25.4


@shared
def lessons():
    create_schools(create_home(), lambda line: None)
    return {page.slug: page for page in SchoolLessonPage.objects.all()}


def drawn(data: dict) -> list[Image.Image]:
    """Its pages in grey."""
    pages = _compiler(DESIGN).compile(format="png", ppi=DOTS, sys_inputs={"data": json.dumps(plain(data))})
    return [Image.open(BytesIO(page)).convert("L") for page in (pages if isinstance(pages, list) else [pages])]


def inked(picture: Image.Image) -> list[bool]:
    """Of each line of dots, whether anything stands in it."""
    rows = picture.point(lambda grey: 255 if grey < 190 else 0)
    width, height = rows.size
    return [rows.crop((0, y, width, y + 1)).getbbox() is not None for y in range(height)]


def covered(page: Image.Image) -> float:
    """The share of the bands between the margins in which something stands, not counting the frames at the sides."""
    width, height = page.size
    within = page.crop((int(20 * MM), int(12 * MM), width - int(20 * MM), height - int(12 * MM)))
    rows, band = inked(within), int(BAND * MM)
    bands = [any(rows[y : y + band]) for y in range(0, len(rows), band)]
    return sum(bands) / len(bands)


def is_for_a_pen(faces: list[dict]) -> bool:
    frames = (part.get("name") == "frame" for face in faces for part in face["parts"])
    return faces[0]["writing"] or any(frames)


@pytest.mark.parametrize("slug", PAGES)
def test_a_pack_is_as_few_pages_as_it_needs_and_none_is_mostly_white(lessons, slug):
    data = pack_data(lessons[slug])
    pages = [page.extract_text() for page in PdfReader(BytesIO(render(DESIGN, data))).pages]
    assert len(pages) == PAGES[slug]
    # a back is the other side of its front
    backs = [n for n, text in enumerate(pages, 1) if "– mặt sau" in text]
    assert len(backs) == len(data["double"])
    assert all(n % 2 == 0 for n in backs)
    assert min(map(covered, drawn({**data, "single": [], "double": []}))) >= 0.7
    for piece in (*data["single"], *data["double"]):
        sides = drawn({**data, "script": None, "single": [], "double": [piece]})
        for side, faces in zip(sides, (piece["fronts"], piece["backs"]), strict=False):
            # what is to be written or drawn on leaves room, but all of the page for it
            edges = [y for y, ink in enumerate(inked(side)) if ink]
            assert (edges[-1] - edges[0]) / side.height >= 0.8, piece["heads"]
            assert is_for_a_pen(faces) or covered(side) >= 0.6, (piece["heads"], covered(side))


@pytest.mark.parametrize("slug", PAGES)
def test_words_fill_their_cards_and_none_hangs_over(lessons, slug):
    data = pack_data(lessons[slug])
    for piece in [piece for piece in (*data["single"], *data["double"]) if piece["cards"]]:
        sides = drawn({**data, "script": None, "single": [], "double": [piece]})
        for side, faces in zip(sides, (piece["fronts"], piece["backs"]), strict=False):
            left, top, width, height = 12, 19.5, 186 / piece["columns"], (297 - 11 - 19.5) / piece["rows"]
            for place in range(len(faces)):
                column, row = place % piece["columns"], place // piece["columns"]
                if len(faces) % 2 and piece["columns"] == 2 and place == len(faces) - 1:
                    continue
                box = (left + column * width + 4, top + row * height + 6, left + (column + 1) * width - 4)
                inside = side.crop([int(edge * MM) for edge in (*box, top + (row + 1) * height - 3)])
                rows = [y for y, ink in enumerate(inked(inside)) if ink]
                assert (rows[-1] - rows[0]) / inside.height >= 0.45, (piece["heads"], place)


def test_cards_meet_their_backs(lessons):
    """Turned over along its long edge, the first card of a row has its back last in the row, as high on its page."""
    (piece,) = pieces_of([lessons["lop-4-5"].part("A2")])
    data = {**pack_data(lessons["lop-4-5"]), "script": None, "single": [], "double": [piece]}
    front, back = PdfReader(BytesIO(render(DESIGN, data))).pages
    places: dict[str, tuple[float, float]] = {}

    def note(text, within, at, *_font):
        if match := re.match(r"A2 · \d( – mặt sau)?", text.strip()):
            places[match[0]] = (
                at[4] * within[0] + at[5] * within[2] + within[4],
                at[4] * within[1] + at[5] * within[3] + within[5],
            )

    for page in (front, back):
        page.extract_text(visitor_text=note)
    half = float(front.mediabox.width) / 2
    for n in range(1, 7):
        (x, y), (back_x, back_y) = places[f"A2 · {n}"], places[f"A2 · {n} – mặt sau"]
        assert back_y == pytest.approx(y, abs=1)
        assert (x < half) != (back_x < half)


def test_a_card_for_the_whole_class_is_a_shape_seen_from_three_metres(lessons):
    """A letter of 12 mm is read from three metres."""
    (piece,) = pieces_of([lessons["lop-4-5"].part("A3")])
    data = {**pack_data(lessons["lop-4-5"]), "script": None, "single": [], "double": [piece]}
    front, back = drawn(data)
    for side in (front, back):
        card = side.crop((int(17 * MM), int(24 * MM), int(100 * MM), int(148 * MM)))
        shape = card.crop((0, 0, card.width, int(card.height * 0.5)))
        left, top, right, bottom = shape.point(lambda grey: 255 if grey < 190 else 0).getbbox()
        assert min(right - left, bottom - top) >= 50 * MM
        name = card.crop((0, int(card.height * 0.52), card.width, int(card.height * 0.74)))
        rows = [y for y, ink in enumerate(inked(name)) if ink]
        assert rows[-1] - rows[0] >= 12 * MM


def test_the_letter_of_an_answer_card_is_read_from_three_metres(lessons):
    """It is at least 40 mm high, measured on paper, on each of the four cards of one sheet."""
    data = answer_cards_data(lessons["lop-4-5"].schools)
    (page,) = drawn(data)
    for column, row in ((0, 0), (1, 0), (0, 1), (1, 1)):
        left, top, width, height = 12 + 93 * column, 19.5 + 133.25 * row, 93, 133.25
        card = page.crop([int(edge * MM) for edge in (left + 3, top + 3, left + width - 3, top + height - 3)])
        rows = {y for y, ink in enumerate(inked(card)) if ink}
        # the last lines with ink, without one between them that has none
        first = last = max(rows)
        while first - 1 in rows:
            first -= 1
        assert last - first >= 40 * MM


def cards(*letters: int, back: str = "<p>Sau</p>"):
    value = {
        "code": "X1",
        "title": "Bộ thẻ",
        "hint": "",
        "cards": [
            {"name": str(n), "front": f"<p>{'chữ ' * (many // 4)}</p>", "back": back} for n, many in enumerate(letters)
        ],
    }
    block = BLOCKS["cards"]
    return block, block.to_python(value)


class Part:
    def __init__(self, block, value):
        self.block_type, self.block, self.value = block.name or "cards", block, value


@pytest.mark.parametrize(
    ("letters", "grid", "faces"),
    [
        ((40,), (1, 2), 2),
        ((40, 40), (2, 2), 4),
        ((40, 40, 40), (1, 3), 3),
        ((40,) * 5, (2, 3), 5),
        ((40,) * 8, (2, 4), 8),
        # shared out evenly, not eight and one
        ((40,) * 9, (2, 3), 9),
        # more words need more room
        ((300,) * 6, (2, 3), 6),
        ((600,) * 4, (2, 2), 4),
        ((3000,) * 2, (1, 1), 2),
    ],
)
def test_cards_are_dealt_out_so_that_a_page_is_full(letters, grid, faces):
    (piece,) = pieces_of([Part(*cards(*letters))])
    assert (piece["columns"], piece["rows"]) == grid
    assert len(piece["fronts"]) == len(piece["backs"]) == faces


def test_two_small_sets_share_a_sheet_unless_one_has_no_backs():
    small, plain_set = Part(*cards(40, 40, 40)), Part(*cards(40, 40, 40, back=""))
    (piece,) = pieces_of([small, Part(*cards(40, 40, 40))])
    assert len(piece["fronts"]) == 6
    assert len(pieces_of([small, plain_set])) == 2


def test_what_ends_with_dots_has_two_lines_to_write_on_where_it_has_a_page_of_its_own(lessons):
    line = {"fill": "line"}
    (page,) = pieces_of([lessons["lop-10-12"].part("C5")])
    (numbered,) = [node for part in page["fronts"][0]["parts"] for node in part["nodes"] if node["kind"] == "list"]
    assert numbered["items"][1][0]["runs"][-3:] == [line, {"break": True}, line]
    (card,) = pieces_of([lessons["lop-6-9"].part("B2")])
    (numbered,) = [node for part in card["fronts"][0]["parts"] for node in part["nodes"] if node["kind"] == "list"]
    assert numbered["items"][0][0]["runs"].count(line) == 1


@pytest.mark.parametrize("count", GRIDS)
def test_every_number_of_cards_has_its_place(count):
    columns, rows = GRIDS[count]
    assert count <= columns * rows <= count + 1


def test_a_sheet_with_more_words_than_a_page_goes_on_and_loses_none(lessons):
    words = [f"từ{n}" for n in range(3000)]
    part = lessons["lop-6-9"].part("B4")
    block = part.block
    value = block.to_python(
        {**block.get_prep_value(part.value), "front": [{"type": "words", "value": f"<p>{' '.join(words)}</p>"}]}
    )
    part = Part(block, value)
    part.block_type = "sheet"
    data = {**pack_data(lessons["lop-6-9"]), "script": None, "double": [], "single": pieces_of([part])}
    pages = PdfReader(BytesIO(render(DESIGN, data))).pages
    assert len(pages) >= 2
    printed = set(re.findall(r"từ\d+", "".join(page.extract_text() for page in pages)))
    assert len(printed) >= 2990


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("<p>Em hứa: ☐ một ☐ hai</p>", "<p>Em hứa:<br>☐ một<br>☐ hai</p>"),
        ("<p><b>Lần:</b> ☐ một</p>", "<p><b>Lần:</b><br>☐ một</p>"),
        ("<p>☐ một</p>", "<p>☐ một</p>"),
        ("<p>Ai? ............</p>", '<p>Ai? <span class="fill"></span></p>'),
        ("<p>ngày ....../......</p>", "<p>ngày ....../......</p>"),
    ],
)
def test_boxes_begin_a_line_and_dots_become_one(words, printed):
    assert with_lines(words) == printed

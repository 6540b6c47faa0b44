"""A teacher prints a lesson: A4 pages, cards that meet their backs, and never a navigation bar on paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader

A4 = {"format": "A4", "prefer_css_page_size": True}


@pytest.fixture
def teacher(someone):
    """At a phone without scripts."""
    return someone(None, script=False).page


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize(("slug", "most"), [("lop-4-5", 20), ("lop-6-9", 18), ("lop-10-12", 20)])
def test_a_lesson_is_printed_from_its_page(trial, teacher, slug, most):
    teacher.goto(f"{trial.url}/truong-hoc/{slug}/")
    assert teacher.evaluate("document.documentElement.scrollWidth <= innerWidth")
    teacher.emulate_media(media="print")
    for hidden in (".safe", ".nav", ".crumbs", ".foot", "nav[aria-labelledby=de-in]"):
        assert not teacher.locator(hidden).first.is_visible()
    assert teacher.get_by_role("heading", name="Tiến trình 45 phút").is_visible()
    printed = teacher.locator(".printed")
    assert {printed.nth(n).evaluate("e => getComputedStyle(e).breakBefore") for n in range(printed.count())} == {"page"}
    assert printed.count() <= pages_of(teacher.pdf(**A4)) <= most


@pytest.mark.parametrize("slug", ["lop-4-5", "lop-6-9", "lop-10-12"])
def test_words_fill_their_cards_and_none_is_cut_off(trial, teacher, slug):
    """Letters in the corner of a card are read by nobody behind the first row, and what hangs over is lost."""
    teacher.goto(f"{trial.url}/truong-hoc/{slug}/")
    teacher.set_viewport_size({"width": 673, "height": 1123})
    teacher.emulate_media(media="print")
    inside = """faces => faces.map(face => {
        const all = document.createRange(), box = face.getBoundingClientRect();
        all.selectNodeContents(face);
        return (all.getBoundingClientRect().bottom - box.top) / box.height;
    })"""
    filled = teacher.locator(".faces > .card, .n2 .fit, .n4 .fit").evaluate_all(inside)
    assert all(0.45 <= share <= 1 for share in filled), filled


def test_a_card_for_the_whole_class_is_a_shape_seen_from_three_metres(trial, teacher):
    teacher.goto(f"{trial.url}/truong-hoc/lop-4-5/in/a3/")
    teacher.set_viewport_size({"width": 673, "height": 1123})
    teacher.emulate_media(media="print")
    shapes = teacher.locator(".face > .shape")
    assert shapes.count() == 8
    # millimetres are 3.78 pixels; a letter of 12 mm is read from three metres
    assert shapes.first.bounding_box()["width"] >= 50 * 3.78
    assert (
        teacher.locator(".shape ~ p b").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") * 0.7
        >= 12 * 3.78
    )


def test_cards_meet_their_backs(trial, teacher):
    """Turned over along its long edge, the first card of a row has its back last in the row, as high on its page."""
    teacher.goto(f"{trial.url}/truong-hoc/lop-4-5/in/a2/")
    teacher.set_viewport_size({"width": 794, "height": 1123})
    teacher.emulate_media(media="print")
    place = "e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.width, r.height] }"
    sheet = teacher.locator(".deal").evaluate(place)
    title = teacher.locator(".printed").evaluate(place)[1]
    backs_begin = teacher.locator(".faces.back").evaluate(place)[1]
    for number in range(6):
        front = teacher.locator(".faces.front > .card").nth(number).evaluate(place)
        back = teacher.locator(".faces.back > .card").nth(number).evaluate(place)
        assert front[2:] == pytest.approx(back[2:], abs=1)
        assert front[0] - sheet[0] == pytest.approx(sheet[0] + sheet[2] - (back[0] + back[2]), abs=1)
        assert front[1] - title == pytest.approx(back[1] - backs_begin, abs=1)


@pytest.mark.parametrize(("address", "count"), [("lop-4-5/in/a2", 2), ("lop-6-9/in/b2", 2), ("lop-6-9/in/e", 1)])
def test_one_sheet_fills_no_more_paper_than_it_says(trial, teacher, address, count):
    teacher.goto(f"{trial.url}/truong-hoc/{address}/")
    assert pages_of(teacher.pdf(**A4)) == count


def test_a_search_without_a_script_leaves_nothing_in_the_address(trial, teacher):
    teacher.goto(f"{trial.url}/tim-kiem/")
    teacher.get_by_label("Tìm gì?").fill("duong day nong")
    teacher.get_by_role("button", name="Tìm", exact=True).click()
    assert teacher.url == f"{trial.url}/tim-kiem/"
    # the answer has the address of the form, so nothing else says that it is there
    teacher.get_by_role("main").get_by_role("link", name="Gọi cho ai", exact=True).wait_for()
    assert teacher.context.cookies() == []

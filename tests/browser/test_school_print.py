"""A teacher prints a lesson from her phone, and never a navigation bar on paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader


@pytest.fixture
def teacher(someone):
    """At a phone without scripts."""
    return someone(None, script=False).page


@pytest.mark.parametrize("slug", ["lop-4-5", "lop-6-9", "lop-10-12"])
def test_a_lesson_is_printed_from_its_page(trial, teacher, slug):
    teacher.goto(f"{trial.url}/truong-hoc/{slug}/")
    assert teacher.evaluate("document.documentElement.scrollWidth <= innerWidth")
    whole = teacher.get_by_role("link", name="In cả bài (PDF)").get_attribute("href")
    pack = teacher.request.get(trial.url + whole)
    assert pack.headers["content-type"] == "application/pdf"
    assert len(PdfReader(BytesIO(pack.body())).pages) > 10
    # who prints the page itself has no navigation on paper
    teacher.emulate_media(media="print")
    for hidden in (".safe", ".nav", ".crumbs", ".foot", "nav[aria-labelledby=de-in]"):
        assert not teacher.locator(hidden).first.is_visible()
    assert teacher.get_by_role("heading", name="Tiến trình 45 phút").is_visible()


def test_a_search_without_a_script_leaves_nothing_in_the_address(trial, teacher):
    teacher.goto(f"{trial.url}/tim-kiem/")
    teacher.get_by_label("Tìm gì?").fill("duong day nong")
    teacher.get_by_role("button", name="Tìm", exact=True).click()
    assert teacher.url == f"{trial.url}/tim-kiem/"
    # the answer has the address of the form, so nothing else says that it is there
    teacher.get_by_role("main").get_by_role("link", name="Gọi cho ai", exact=True).wait_for()
    assert teacher.context.cookies() == []

"""Lessons for schools: read, printed sheet by sheet, edited in /cms/; word for word what the starter text says."""

import gzip
import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader
from sharing import shared

from campaigns.schools.blocks import lesson_body
from campaigns.schools.blocks.sheets import FaceBlock
from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage
from campaigns.starter.lessons import LESSONS, create_schools, read
from pages.home.page import create_home
from pages.shell.surfaces import stylesheet
from pages.text_blocks import QuoteBlock, TableBlock

BLOCKS = {**dict(lesson_body()), **FaceBlock().child_blocks, "quote": QuoteBlock(), "table": TableBlock()}
# HTML and CSS, compressed
LIMIT = 14 * 1024
# where the page is (3), the page and its class, what all lessons share, the way up to it, its languages with their
# locale, restrictions; its approval, what comes next; the menu asks nothing of an anonymous visitor
LESSON_QUERIES = 14


@shared
def schools():
    return create_schools(create_home(), lambda line: None)


@pytest.fixture
def lessons(schools):
    return list(SchoolLessonPage.objects.order_by("path"))


def words(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def text(response) -> str:
    return " ".join(re.sub("<[^>]+>", " ", words(response)).split())


# --- reading


def whole(client, slug: str) -> str:
    """Every page of a lesson: its first, the script, the board form, each sheet."""
    first = client.get(f"/truong-hoc/{slug}/")
    found = re.findall(rf'href="(/truong-hoc/{slug}/(?:loi-thay-co|chep-bang|phieu/[\w-]+)/)"', first.content.decode())
    return " ".join([text(first), *(text(client.get(address)) for address in dict.fromkeys(found))])


def test_the_schools_page_lists_the_lessons_and_what_they_share(schools, client):
    html = words(client.get("/truong-hoc/"))
    for slug, grades in (
        ("lop-4-5", "Lớp 4–5"),
        ("lop-6-9", "Lớp 6–9"),
        ("lop-10-12", "Lớp 10–12"),
        (LESSONS[-1], "Từ 16"),
    ):
        assert f'href="/truong-hoc/{slug}/"' in html
        assert grades in html
    assert "Khi học sinh nói điều nguy hiểm" in html
    assert "Điều chỉnh theo lớp học" in html
    assert html.count("Không hỏi trải nghiệm riêng trước lớp") == 1


def test_a_schools_page_without_lessons_says_so(schools, lessons, client):
    for lesson in lessons:
        lesson.unpublish()
    assert "Chưa có bài nào được đăng." in words(client.get("/truong-hoc/"))


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("lop-4-5", ["Ba điều giữ em an toàn", "Bàn tay tin cậy", "Không ạ, em hỏi mẹ đã!", "A9", "cô trực"]),
        ("lop-6-9", ["Lời mời này có thật không?", "Năm tin nhắn", "Ai giữ giấy tờ của mình?", "B7", "Bạn K nói"]),
        ("lop-10-12", ["Đi làm, đi xa, đi đúng", "Phiên tòa ngược", "Mật khẩu khẩn", "C9", "Điều 2 (khái niệm)"]),
        (
            LESSONS[-1],
            ["Lời mời việc trong điện thoại", "Anh Phong", "Cùng xem nhé", "Bảy mục", "tài khoản ấy chặn anh"],
        ),
    ],
)
def test_a_lesson_has_script_cards_worksheets_and_safety_rules(schools, client, slug, said):
    html = whole(client, slug)
    for sentence in (*said, "Tiến trình 45 phút", "Đọc trước khi dạy", "Thầy/cô nói:", "Chưa duyệt", "Chuẩn bị"):
        assert sentence in html
    assert "Trang E: Khi học sinh nói điều nguy hiểm" in html


@pytest.mark.parametrize("slug", LESSONS)
def test_nothing_of_the_starter_text_is_lost_on_its_way_to_the_page(schools, client, slug):
    """Every sentence of the file stands on the page, but for marks and dotted lines."""

    def plain(said: str) -> str:
        return re.sub(r"[\W_]+", " ", re.sub(r"\b\d\.\s|\.{3,}", " ", said)).strip()

    page_text = plain(whole(client, slug).replace("&quot;", ""))
    for block in read(slug)["block"]:
        for value in [block.get(name, "") for name in ("title", "lead", "front", "back", "note")]:
            for line in value.splitlines():
                cells = [cell for cell in line.split("|") if plain(cell)] if line.startswith("|") else [line]
                for cell in cells:
                    assert plain(cell.replace("*", "")).casefold() in page_text.casefold()


def test_the_minutes_of_each_lesson_follow_each_other_up_to_45(lessons):
    for lesson in lessons:
        lesson.full_clean()
        (timeline,) = [part for part in lesson.body if part.block_type == "timeline"]
        timeline.block.clean(timeline.value)
        assert timeline.value["steps"][-1]["ends"] == 45


def test_every_starter_block_is_what_its_editor_accepts(schools, lessons):
    for lesson in lessons:
        for part in lesson.body:
            part.block.clean(part.value)
    for part in schools.shared:
        part.block.clean(part.value)


def test_the_answers_of_a_quiz_are_folded_away(schools, client):
    html = words(client.get("/truong-hoc/lop-6-9/phieu/b6/"))
    assert "<summary>Đáp án</summary><p>1 D · 2 C · 3 A · 4 B · 5 D" in html


def test_making_the_lessons_twice_touches_nothing(schools, lessons):
    lesson = lessons[0]
    lesson.title = "Tên của biên tập viên"
    lesson.save_revision().publish()
    create_schools(create_home(), lambda line: None)
    assert SchoolLessonPage.objects.count() == len(LESSONS)
    assert SchoolLessonPage.objects.get(pk=lesson.pk).title == "Tên của biên tập viên"


def test_every_block_has_an_id_at_every_depth(lessons):
    def without(value) -> list:
        if isinstance(value, dict):
            missing = [value] if {"type", "value"} <= value.keys() and not value.get("id") else []
            return missing + [gap for part in value.values() for gap in without(part)]
        return [gap for part in value for gap in without(part)] if isinstance(value, list) else []

    assert [gap for lesson in lessons for gap in without(list(lesson.body.raw_data))] == []


# --- printing


def said(response) -> str:
    assert response.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_one_sheet_can_be_printed_by_itself(schools, client):
    response = client.get("/truong-hoc/lop-6-9/in/b2/")
    printed = said(response)
    assert "Thẻ kiểm tra lời mời" in printed
    assert "Năm tin nhắn giả định" not in printed
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_the_whole_lesson_is_one_file(schools, lessons, client):
    printed = said(client.get("/truong-hoc/lop-6-9/in/"))
    for part in lessons[1].printed:
        assert part.value["title"] in printed
    assert "Đáp án: 1 D · 2 C · 3 A · 4 B · 5 D" in printed
    lessons[1].unpublish()
    gone = client.get("/truong-hoc/lop-6-9/in/")
    assert gone.status_code == 410
    assert "Bài này đã được thu hồi" in gone.content.decode()


def test_the_sheet_for_when_a_pupil_tells_of_danger_goes_with_every_lesson(schools, lessons, client):
    for lesson in lessons:
        assert 'href="/truong-hoc/#e"' in words(client.get(lesson.url))
        printed = said(client.get(f"{lesson.url}in/e/"))
        assert "Bây giờ em có an toàn không?" in printed
        assert "113" in printed


def test_the_page_of_all_lessons_leads_to_its_own_sheet_alone(schools, client):
    link = re.search(r'class="noprint alone" href="([^"]+)"', client.get("/truong-hoc/").content.decode())[1]
    assert "Bây giờ em có an toàn không?" in said(client.get(link))
    assert client.get("/truong-hoc/in/a1/").status_code == 404


def test_a_sheet_that_is_not_there_or_not_public_is_not_found(schools, lessons, client):
    assert client.get("/truong-hoc/lop-6-9/in/a1/").status_code == 404
    assert client.get("/truong-hoc/lop-99/in/a1/").status_code == 404
    lessons[0].unpublish()
    assert client.get("/truong-hoc/lop-4-5/in/a1/").status_code == 410


def test_a_letter_that_no_font_has_is_named(schools, lessons, client):
    lessons[0].title = "Chữ 龍"
    lessons[0].save_revision().publish()
    response = client.get("/truong-hoc/lop-4-5/in/")
    assert response.status_code == 503
    assert "Chưa in được chữ “龍”" in response.content.decode()


def test_notes_to_the_teacher_are_not_printed_on_what_pupils_get(schools, client):
    html = words(client.get("/truong-hoc/lop-6-9/phieu/b3/"))
    assert '<div class="note info noprint"><h3>Dặn thầy cô</h3>' in html
    note = "Tớ lo cho cậu, mình cùng xem năm câu này nhé"
    assert note in said(client.get("/truong-hoc/lop-6-9/in/"))
    assert note not in said(client.get("/truong-hoc/lop-6-9/in/b3/"))


# --- weight and cost


@pytest.mark.parametrize("slug", ["", *LESSONS])
def test_a_page_weighs_little(schools, client, slug):
    html = client.get(f"/truong-hoc/{slug}/" if slug else "/truong-hoc/").content
    weight = len(gzip.compress(html, 6)) + len(gzip.compress(stylesheet("school" if slug else "text").encode(), 6))
    assert weight <= LIMIT


def test_a_lesson_costs_the_same_however_long_it_is(schools, lessons, client, django_assert_max_num_queries):
    client.get(lessons[0].url)
    with django_assert_max_num_queries(LESSON_QUERIES):
        client.get(lessons[0].url)
    lessons[0].body = list(lessons[0].body.raw_data) * 2
    lessons[0].save(clean=False)
    client.get(lessons[1].url)
    with django_assert_max_num_queries(LESSON_QUERIES + 3):
        client.get(lessons[0].url)


def test_lessons_are_found_by_teachers(schools, client):
    html = words(client.get("/tim-kiem/", {"q": "phien toa nguoc", "cho": "giao_vien"}))
    assert 'href="/truong-hoc/lop-10-12/"' in html
    assert "Bài học ở trường" in html


# --- editing


def test_a_gap_in_the_minutes_is_named(db):
    step = {"things": "", "script": "<p>x</p>"}
    steps = [{**step, "begins": 0, "ends": 5, "title": "A"}, {**step, "begins": 6, "ends": 9, "title": "Bàn tay"}]
    block = BLOCKS["timeline"]
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({"steps": steps}))
    assert "“Bàn tay” phải bắt đầu ở phút 5" in str(refused.value.block_errors)


def test_minutes_that_disagree_are_refused(lessons):
    lessons[0].minutes = 40
    with pytest.raises(ValidationError, match="Tiến trình dài 45 phút, bài ghi 40 phút"):
        lessons[0].save()


def test_a_code_stands_once_in_a_lesson(lessons):
    raw = list(lessons[0].body.raw_data)
    lessons[0].body = [*raw, raw[1]]
    with pytest.raises(ValidationError, match="Mã “A1” có hai lần"):
        lessons[0].save()


def test_a_table_has_as_many_cells_as_columns():
    block = BLOCKS["table"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"columns": ["A", "B"], "rows": [["1"]]}))


def test_a_right_answer_is_one_of_the_answers():
    block = BLOCKS["quiz"].child_blocks["questions"].child_block
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"text": "<p>?</p>", "choices": ["Một", "Hai"], "right": "D"}))


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_has_an_icon_a_description_and_a_preview(name, db):
    block = BLOCKS[name]
    assert block.meta.icon != "placeholder"
    assert block.meta.description
    assert block.is_previewable
    assert str(block.bind(block.get_preview_value()).render()).strip()


def test_a_manager_edits_lessons_and_a_teacher_does_not_enter(schools, lessons, cast, client_of):
    edit = f"/cms/pages/{lessons[0].pk}/edit/"
    html = words(client_of(cast.manager).get(edit))
    assert "chuẩn bị" in html.lower()
    assert client_of(cast.teacher).get(edit).status_code == 302
    assert client_of(cast.editor).get(edit).status_code == 302


def test_only_lessons_stand_below_the_schools_page():
    assert SchoolsPage.allowed_subpage_models() == [SchoolLessonPage]
    assert SchoolLessonPage.allowed_subpage_models() == []


def test_who_teaches_finds_the_lessons_in_the_menu(schools, cast, client_of):
    entry = '<a href="/truong-hoc/">Trường học</a>'
    assert entry in client_of(cast.teacher).get("/hoc-tap/").content.decode()
    assert entry not in client_of(cast.learner).get("/hoc-tap/").content.decode()


def test_the_log_is_offered_to_who_may_write_in_it(schools, cast, client_of):
    for who, offered in ((None, True), (cast.teacher, True), (cast.trainer, False), (cast.learner, False)):
        page = words(client_of(who).get("/truong-hoc/lop-4-5/"))
        assert ("/truong-hoc/nhat-ky/ghi/?bai=" in page) == offered, who

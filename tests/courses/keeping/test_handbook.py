"""The handbook: a course whole on paper, as it stands on its pages, and nothing that is for reviewers."""

import io
import json
from datetime import date

import pytest
from bodies import block, full_body, items
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import approve, make_course, make_page
from numbers_called import public_contact
from PIL import Image
from printed import alternatives_of, pages_of
from pypdf import PdfReader
from sharing import shared
from telephones import of_bytes
from wagtail.models import Locale

from courses.content.blocks import lesson_body
from courses.content.lesson import LessonPage, ModulePage
from courses.content.structure import structure
from courses.keeping import handbook
from courses.keeping.printed_blocks import FORMS, FORMS_OF_FILES
from courses.learning.outline import outline
from courses.starter.edition import modules_of
from courses.starter.loading import write_course
from courses.starter.seeding import _catalogue
from media.models import DocumentFile, Picture, Recording
from media.scenes import SCENES
from outbox.draining import drain
from pages.contacts.contact import Contact
from pages.home.page import create_home
from pages.serving import version
from printing.texts import paragraphs, rich

ADDRESS = "/hoc-tap/so-tay/nhan-dien-nan-nhan.pdf"


DECISION = {
    "ask": "Anh chị chọn hướng nào?",
    "options": items(
        {"text": "Chờ thêm.", "verdict": "harmful", "consequence": "Em bị đưa đi.", "remark": "Chờ là mất."},
        {"text": "Báo ngay.", "verdict": "best", "consequence": "Công an nhận tin.", "remark": "Đúng việc."},
        {"text": "Hỏi lại.", "verdict": "acceptable", "consequence": "Chậm một giờ.", "remark": "Được, mà chậm."},
    ),
}
CHECK = {
    "ask": "Đâu là cách ép?",
    "options": items(
        {"text": "Lời dọa.", "right": True, "feedback": "Dọa là ép."},
        {"text": "Chuyến xe.", "right": False, "feedback": "Đó là chở."},
    ),
}
# kind: (value, what must stand on paper)
WRITTEN = {
    "scene": ("Chiều thứ ba.\n\nAnh Sơn đến xã.", ["TÌNH HUỐNG GIẢ ĐỊNH", "Chiều thứ ba.", "Anh Sơn đến xã."]),
    "decision": (
        DECISION,
        ["ANH CHỊ QUYẾT ĐỊNH", "Anh chị chọn hướng nào?", "Chờ thêm.", "Gây hại", "Em bị đưa đi.", "Chờ là mất.",
         "Cách tốt nhất", "Công an nhận tin.", "Chấp nhận được", "Được, mà chậm."],
    ),
    "check": (CHECK, ["TỰ KIỂM TRA", "Đâu là cách ép?", "Lời dọa.", "Đúng", "Dọa là ép.", "Chưa đúng", "Đó là chở."]),
    "text": (
        "<h2>Cách hỏi</h2><p>Hỏi <b>từng câu</b> &amp; nghe.</p><ul><li>Nói chậm</li></ul><ol><li>Mời ngồi</li></ol>",
        ["Cách hỏi", "Hỏi từng câu & nghe.", "Nói chậm", "1. Mời ngồi"],
    ),
    "steps": (
        {"title": "Ba mươi phút đầu", "steps": items({"do": "Mời ngồi riêng", "who": "Người tiếp", "when": "Ngay"})},
        ["Ba mươi phút đầu", "LÀM GÌ", "AI LÀM", "KHI NÀO", "Mời ngồi riêng", "Người tiếp", "Ngay"],
    ),
    "say": (
        {"right": items("Anh không lo một mình."), "wrong": items("Sao không chạy?"), "because": "Câu sau là trách."},
        ["NÊN NÓI", "ĐỪNG NÓI", "“Anh không lo một mình.”", "“Sao không chạy?”", "Vì sao: Câu sau là trách."],
    ),
    "law": (
        {"quote": "Nghiêm cấm mua bán người.", "article": "Điều 3 khoản 1", "plain": "Cấm hẳn.", "url": ""},
        ["Nghiêm cấm mua bán người.", "Điều 3 khoản 1", "Nói cho dễ hiểu: Cấm hẳn."],
    ),
    "term": ({"word": "Đồng thuận", "meaning": "Bằng lòng khi đã hiểu."}, ["Đồng thuận: Bằng lòng khi đã hiểu."]),
    "takeaway": ("Thấy lạ thì báo.", ["MANG VỀ", "Thấy lạ thì báo."]),
    "checklist": ({"title": "Trước khi hỏi", "items": items("Có nơi riêng")}, ["Trước khi hỏi", "Có nơi riêng"]),
    "callout": (
        {"tone": "bad", "title": "Dừng lại khi", "text": "<p>người đó sợ.</p>"},
        ["NGUY HIỂM", "Dừng lại khi", "người đó sợ."],
    ),
    "case": (
        {"title": "Ở bàn tiếp dân", "story": "<p>Chị A đến.</p>", "question": "Làm gì?", "answer": "<p>Mời vào.</p>"},
        ["Ở bàn tiếp dân", "Chị A đến.", "Làm gì?", "Gợi ý: Mời vào."],
    ),
    "comparison": (
        {"title": "Nói thế nào", "do": items("Nói chậm rãi"), "dont": items("Hỏi dồn", "Ngắt lời")},
        ["Nói thế nào", "NÊN", "KHÔNG NÊN", "Nói chậm rãi", "Hỏi dồn", "Ngắt lời"],
    ),
}  # fmt: skip


def body(*blocks) -> str:
    return json.dumps(list(blocks), ensure_ascii=False)


def card(title, *lines):
    return block("card", {"title": title, "audience": "Người tiếp dân", "lines": items(*lines)})


@shared
def small_course():
    """Two modules of two lessons and one; cards, a term, sources."""
    made = make_course(lessons=2)
    made.second = make_page(made.course, ModulePage, "Mô-đun 2", objectives="Báo đúng nơi.")
    made.last = make_page(made.second, LessonPage, "Mục cuối", sources="Luật 53/2024/QH15\nBộ luật Hình sự")
    first = made.lessons[0]
    first.objective, first.sources = "Nghe ra ba điều.", "Luật 53/2024/QH15"
    first.body = body(block("term", WRITTEN["term"][0]))
    first.save()
    made.module.cards = body(card("Ba câu hỏi", "Ai làm gì?"))
    made.module.save()
    return made


@pytest.fixture
def here(cast, client_of):
    return client_of(cast.learner)


def printed(course) -> list[str]:
    """The pages of the handbook as somebody gets it who may open every lesson."""
    one = outline(course)
    return pages_of(handbook.handbook_pdf(one, version.current(), date(2026, 11, 29)))


def of_lesson(small_course, *blocks) -> str:
    lesson = small_course.lessons[0]
    lesson.body = body(*blocks)
    lesson.save()
    return " ".join(printed(small_course.course))


# --- what stands in it


def test_every_kind_of_block_has_a_form_on_paper():
    assert {*FORMS, *FORMS_OF_FILES} == {name for name, _block in lesson_body()}
    assert {*FORMS} == {*WRITTEN}


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_a_block_says_is_printed(small_course, kind):
    value, expected = WRITTEN[kind]
    said = of_lesson(small_course, block(kind, value))
    assert [words for words in expected if words not in said] == []


def test_a_number_is_printed_as_the_list_has_it_while_somebody_vouches_for_it(small_course):
    contact = public_contact(
        **{"number": "0236 3822 222", "name": "Sở Y tế", "when": "Khi cần", "hours": "24/7", "cost": "Miễn phí"},
    )
    said = of_lesson(small_course, block("contact", {"contact": contact.pk, "note": ""}))
    for words in ("0236 3822 222", "Sở Y tế", "Khi cần", "24/7 · Miễn phí"):
        assert words in said
    Contact.objects.filter(pk=contact.pk).update(public_since=None, confirmed_on=None)
    assert "0236" not in of_lesson(small_course, block("contact", {"contact": contact.pk, "note": ""}))


def test_the_blocks_of_older_lessons_are_printed(small_course):
    small_course.lessons[0].body = full_body()
    small_course.lessons[0].save()
    said = " ".join(printed(small_course.course))
    assert "Luật 53/2024/QH15, Điều 2" in said
    assert "Gợi ý" not in said


def test_a_drawing_and_a_photograph_are_said_by_their_alternative_texts(small_course):
    photo = Image.new("RGB", (900, 600), "navy")
    out = io.BytesIO()
    photo.save(out, "PNG")
    picture = Picture.objects.create(
        title="Nhà",
        description="Ngôi nhà bên sông",
        credit="Ảnh: Bhling",
        consent="không có người",
        file=ContentFile(out.getvalue(), "nha.png"),
    )
    drain()
    lesson = small_course.lessons[0]
    none = {"scene": "", "image": None, "alt": "", "caption": ""}
    lesson.body = body(
        block("picture", {**none, "scene": "clinic", "alt": "Trạm y tế buổi sáng", "caption": "Nơi hỏi riêng"}, 1),
        block("picture", {**none, "scene": "call-111"}, 2),
        block("picture", {**none, "image": picture.pk}, 3),
        block("picture", {**none, "image": picture.pk + 99}, 4),
    )
    lesson.save()
    pdf = handbook.handbook_pdf(outline(small_course.course), version.current(), date(2026, 11, 29))
    said = " ".join(pages_of(pdf))
    assert "Nơi hỏi riêng" in said
    assert "Nguồn: Ảnh: Bhling" in said
    spoken = alternatives_of(pdf)
    # the cover shows the first drawing, in its own words
    assert {"Trạm y tế buổi sáng", SCENES["clinic"], SCENES["call-111"], "Ngôi nhà bên sông"} <= {*spoken}


def test_a_recording_is_printed_by_its_words_and_a_file_by_its_name(small_course):
    heard = Recording.objects.create(
        title="Bài nghe", type="audio", duration=65, transcript="Lời của bài.", file=of_bytes(4096, "a.mp3")
    )
    seen = Recording.objects.create(
        title="Cách hỏi", type="video", duration=5, transcript="Lời của phim.", file=of_bytes(4096, "a.mp4")
    )
    file = DocumentFile.objects.create(title="Mẫu phiếu", file=of_bytes(4096, "phieu.pdf"))
    said = of_lesson(
        small_course,
        block("audio", {"recording": heard.pk, "title": ""}, 1),
        block("video", {"recording": seen.pk, "title": "Xem cách hỏi"}, 2),
        block("download", {"document": file.pk, "title": "", "note": "In hai mặt"}, 3),
        block("download", {"document": file.pk + 99, "title": "Đã mất", "note": ""}, 4),
    )
    expected = ["Bài nghe 1 phút 5 giây · 4 KB", "Lời của bài.", "Xem cách hỏi", "Lời của phim."]
    assert [words for words in [*expected, "Mẫu phiếu PDF, 4 KB · In hai mặt"] if words not in said] == []
    assert "Đã mất" not in said


def test_the_cover_says_the_course_its_approval_the_day_and_whom_to_call(small_course, cast):
    cover, *_pages, last = printed(small_course.course)
    assert "SỔ TAY KHÓA HỌC" in cover
    assert "Nhận diện nạn nhân bị mua bán" in cover
    assert "chưa duyệt" in cover
    assert "Bản in ngày 29/11/2026" in cover
    assert "Gọi 111" in cover
    assert "Gọi 111" in last
    approve(on=date(2026, 5, 2), by=cast.manager)
    approved = printed(small_course.course)
    assert "Trần Thị Lan duyệt nội dung ngày 02/05/2026" in approved[0]
    assert "chưa duyệt" not in " ".join(approved)


def test_the_approval_is_said_as_on_the_page_of_the_course(small_course, cast, here):
    small_course.course.note = "Không thay văn bản."
    small_course.course.save()
    approve(on=date(2026, 5, 2), by=cast.manager)
    said = handbook.status(structure(small_course.course))
    assert said == "Trần Thị Lan duyệt nội dung ngày 02/05/2026 · có sửa sau ngày duyệt · Không thay văn bản."
    assert said in " ".join(here.get(small_course.course.url).content.decode().split())


def test_the_contents_name_modules_and_lessons_in_order_with_their_pages(small_course):
    pages = printed(small_course.course)
    # a joiner keeps the number on the line
    contents = pages[1].replace("\u2060", "")
    named = ["Mô-đun 1", "Mục 1", "Mục 2", "Mô-đun 2", "Mục cuối", "Thẻ việc", "Từ cần hiểu", "Nguồn"]
    places = [contents.index(name) for name in named]
    assert places == sorted(places)
    # the final quiz is no lesson
    assert "Bài kiểm tra" not in contents
    assert "Mục cuối 4" in contents
    assert "Báo đúng nơi." in pages[3]
    assert pages[3].endswith("4")


def test_cards_terms_and_sources_come_last_each_source_once_with_its_pages(small_course):
    *_lessons, cards, last = printed(small_course.course)
    assert "Ba câu hỏi" in cards
    assert "Ai làm gì?" in cards
    assert "Đồng thuận: Bằng lòng khi đã hiểu." in last
    assert last.count("Luật 53/2024/QH15") == 1
    # each number is a link, which the reader of the text sets apart
    last = last.replace(" ,", ",").replace(" )", ")")
    assert "Luật 53/2024/QH15 (trang 3, 4)" in last
    assert "Bộ luật Hình sự (trang 4)" in last


def test_a_withdrawn_lesson_is_not_in_it(small_course):
    small_course.last.unpublish()
    said = " ".join(printed(small_course.course))
    assert "Mục cuối" not in said
    assert "Mô-đun 2" not in said
    assert "Bộ luật Hình sự" not in said


def test_a_shut_lesson_is_named_and_not_shown(small_course, here):
    second = small_course.lessons[1]
    second.body, second.sources = body(block("takeaway", "Chưa tới lúc.")), "Nghị định 162"
    second.save()
    assert "Chưa tới lúc." in " ".join(pages_of(here.get(ADDRESS).content))
    small_course.course.order_enforced = True
    small_course.course.save()
    said = " ".join(pages_of(here.get(ADDRESS).content))
    assert "Mục 2" in said
    assert "Mục này chưa mở." in said
    assert "Chưa tới lúc." not in said
    assert "Nghị định 162" not in said


def test_nothing_that_is_for_reviewers_is_printed(db):
    list(write_course("luat-moi-2024", _catalogue(create_home())))
    said = " ".join(printed(LessonPage.objects.first().get_parent().get_parent().specific))
    notes = set()

    def collect(value):
        if isinstance(value, dict):
            notes.update(str(value[key]) for key in ("for_reviewer", "read_at") if value.get(key))
            value = list(value.values())
        for inner in value if isinstance(value, list) else ():
            collect(inner)

    collect(modules_of("luat-moi-2024"))
    assert len(notes) > 10
    assert [note for note in notes if " ".join(note.split()) in said] == []
    assert "chưa đối chiếu" not in said.lower()


def test_it_says_whom_a_lesson_or_a_block_concerns_most(small_course):
    lesson = small_course.lessons[0]
    lesson.sectors = ["cong_an"]
    named = {"text": "Cất máy trước khi nói.", "sectors": ["bien_phong"], "duties": []}
    lesson.body = json.dumps([block("takeaway", named), block("takeaway", "Hỏi trước khi chạm.", 10)])
    lesson.save_revision().publish()
    said = " ".join(printed(small_course.course))
    assert "Nhất là: Công an" in said
    assert "nhất là: biên phòng mang về cất máy trước khi nói." in said.lower()
    assert said.count("Nhất là:") == 2


# --- the file and its address


def test_the_file_is_archivable_for_screen_readers_and_a5(small_course, here):
    response = here.get(ADDRESS)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="so-tay-nhan-dien-nan-nhan.pdf"'
    assert "no-store" in response["Cache-Control"]
    reader = PdfReader(io.BytesIO(response.content))
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == (420, 595)
    assert "<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert reader.metadata.title == "Sổ tay khóa học: Nhận diện nạn nhân bị mua bán"
    # a reader that shows bookmarks leads to modules and lessons
    assert reader.outline


def test_it_is_for_who_is_signed_in(small_course, client):
    response = client.get(ADDRESS)
    assert response.status_code == 302
    assert response["Location"].startswith("/tai-khoan/login/")


def test_an_unknown_course_and_one_without_lessons_have_none(here):
    course = make_course(lessons=0).course
    assert here.get(ADDRESS).status_code == 404
    assert ADDRESS not in here.get(course.url).content.decode()
    assert ADDRESS not in here.get("/hoc-tap/the/nhan-dien-nan-nhan/").content.decode()
    assert here.get("/hoc-tap/so-tay/khong-co.pdf").status_code == 404


def test_a_letter_that_no_font_has_is_named(small_course, here):
    small_course.last.body = body(block("takeaway", "Chữ 中"))
    small_course.last.save()
    response = here.get(ADDRESS)
    assert response.status_code == 503
    assert "fonts-noto-cjk" in response.content.decode()


def test_the_course_and_its_cards_lead_to_it(small_course, here, client):
    for address in (small_course.course.url, "/hoc-tap/the/nhan-dien-nan-nhan/"):
        assert f'href="{ADDRESS}"' in here.get(address).content.decode()
    assert ADDRESS not in client.get(small_course.course.url).content.decode()


def test_it_is_in_the_language_in_which_the_person_reads(small_course, cast, here):
    lao = Locale.objects.get_or_create(language_code="lo")[0]
    pages = [small_course.course.copy_for_translation(lao, copy_parents=True)]
    pages += [page.copy_for_translation(lao) for page in (small_course.module, *small_course.lessons)]
    for page in pages:
        page.title = f"{page.title} (Lào)"
        page.save_revision().publish()
    said = " ".join(pages_of(here.get(ADDRESS).content))
    assert "(Lào)" not in said
    cast.learner.reads_in = "lo"
    cast.learner.save()
    content = here.get(ADDRESS).content
    assert "Mục 1 (Lào)" in " ".join(pages_of(content))
    assert PdfReader(io.BytesIO(content)).trailer["/Root"]["/Lang"].startswith("lo")


def queries(here) -> int:
    """Of the first request after something was published."""
    version.raise_version()
    with CaptureQueriesContext(connection) as asked:
        assert here.get(ADDRESS).status_code == 200
    return len(asked)


def test_the_number_of_queries_does_not_grow_with_lessons(small_course, here):
    file = DocumentFile.objects.create(title="Mẫu phiếu", file=of_bytes(1, "phieu.pdf"))
    full = [block(kind, value, number) for number, (kind, (value, _expected)) in enumerate(WRITTEN.items())]
    full.append(block("download", {"document": file.pk, "title": "", "note": ""}, 90))
    small_course.last.body = body(*full)
    small_course.last.save()
    queries(here)
    few = queries(here)
    for number in range(12):
        make_page(small_course.module, LessonPage, f"Thêm {number}", body=body(*full))
    assert queries(here) == few


def test_while_nothing_is_published_it_is_printed_once(small_course, here, monkeypatch):
    first = here.get(ADDRESS).content
    monkeypatch.setattr(handbook, "render", lambda *_given: pytest.fail("printed again"))
    assert here.get(ADDRESS).content == first


# --- texts


def test_rich_text_keeps_what_an_editor_can_set_and_no_address_within_the_site():
    nodes = rich(
        '<h3>Nhỏ</h3><p>A <b>đậm <i>cả hai</i></b><br/>B <a href="https://a.vn/">ngoài</a> '
        '<a linktype="page" id="3">trong</a></p><ul><li>một<ul><li>sâu</li></ul></li><li><p>hai</p></li></ul>'
    )
    assert [node["kind"] for node in nodes] == ["heading", "p", "list"]
    assert nodes[1]["runs"] == [
        "A ",
        {"text": "đậm ", "bold": True, "italic": False, "href": ""},
        {"text": "cả hai", "bold": True, "italic": True, "href": ""},
        {"break": True},
        "B ",
        {"text": "ngoài", "bold": False, "italic": False, "href": "https://a.vn/"},
        " ",
        "trong",
    ]
    one, two = nodes[2]["items"]
    assert [node["kind"] for node in one] == ["p", "list"]
    assert one[1]["items"] == [[{"kind": "p", "runs": ["sâu"]}]]
    assert two == [{"kind": "p", "runs": ["hai"]}]


def test_a_small_heading_without_a_larger_one_skips_no_level(small_course):
    said = of_lesson(small_course, block("text", "<h3>Nhỏ</h3><p>A</p><h2>Lớn</h2><h3>Nhỏ dưới</h3><p>B</p>"))
    assert "Nhỏ A Lớn Nhỏ dưới B" in said


def test_a_blank_line_begins_a_paragraph_and_a_single_one_a_line():
    assert paragraphs("một\nhai\r\n\r\nba\n") == [
        {"kind": "p", "runs": ["một", {"break": True}, "hai"]},
        {"kind": "p", "runs": ["ba"]},
    ]
    assert paragraphs("  ") == []

"""Each block draws itself with and without what is optional, refuses what would shut people out, and has a preview."""

import json
import re
from datetime import date
from io import BytesIO

import pytest
from bodies import block, full_body, items
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from factories import make_course
from numbers_called import public_contact
from PIL import Image
from telephones import of_bytes

from courses.content.blocks import lesson_body
from courses.content.bodies import render
from courses.content.lesson import LessonPage
from media.models import DocumentFile, Picture, Recording
from outbox.draining import drain
from pages.contacts.contact import Contact

# a page that is drawn asks for its content type
pytestmark = pytest.mark.django_db
KINDS = dict(lesson_body())


def png() -> ImageFile:
    out = BytesIO()
    Image.new("RGB", (900, 600), "navy").save(out, "PNG")
    return ImageFile(BytesIO(out.getvalue()), name="to-giay.png")


def picture(**fields):
    """With its sizes made, as the worker makes them after an upload."""
    picture = Picture.objects.create(title="Tờ giấy", file=png(), **fields)
    drain()
    return picture


def recording(kind="audio", **fields):
    name = "nghe.mp3" if kind == "audio" else "xem.mp4"
    fields = {"duration": 160, "transcript": "Lời của bài.", **fields}
    return Recording.objects.create(title="Bài nghe", type=kind, file=of_bytes(491520, name), **fields)


def document(**fields):
    return DocumentFile.objects.create(title="Mẫu phiếu", file=of_bytes(92160, "phieu.pdf"), **fields)


def drawn(kind, value) -> str:
    page = LessonPage(title="Mục", body=json.dumps([block(kind, value)]))
    return " ".join(" ".join(str(piece) for piece in render(page).pieces).split())


def cleaned(kind, value):
    return KINDS[kind].clean(KINDS[kind].to_python(value))


def test_text_keeps_its_mark_up():
    assert "<p>Hỏi <b>từng câu</b></p>" in drawn("text", "<p>Hỏi <b>từng câu</b></p>")


def test_a_picture_has_its_words_its_caption_and_its_source():
    value = {"image": picture(description="Một tờ giấy", credit="Sở Y tế").pk, "alt": "", "caption": "Tờ khai"}
    html = drawn("picture", value)
    assert 'alt="Một tờ giấy"' in html
    assert "Tờ khai" in html
    assert "Sở Y tế" in html
    assert 'loading="lazy"' in html
    assert 'width="800"' in html


def test_no_learner_waits_for_a_picture_to_be_made():
    picture = Picture.objects.create(title="Tờ giấy", file=png(), description="Một tờ giấy")
    value = {"image": picture.pk, "alt": "", "caption": ""}
    assert "Một tờ giấy" in drawn("picture", value)
    assert not picture.renditions.exists()
    drain()
    assert "<picture>" in drawn("picture", value)


def test_words_of_the_lesson_replace_those_of_the_library():
    html = drawn("picture", {"image": picture(description="Một tờ giấy").pk, "alt": "Tờ khai trống", "caption": ""})
    assert 'alt="Tờ khai trống"' in html
    assert "figcaption" not in html


def test_a_picture_without_words_is_refused_unless_it_only_decorates():
    with pytest.raises(ValidationError) as refused:
        cleaned("picture", {"image": picture().pk, "alt": "", "caption": ""})
    assert "Hình này chưa có lời tả" in str(refused.value.as_json_data())
    assert cleaned(
        "picture",
        {"image": picture(is_decoration=True, credit="Sở Y tế", consent="không có người").pk, "alt": "", "caption": ""},
    )


@pytest.mark.parametrize("kind", ["audio", "video"])
def test_a_recording_says_its_length_and_size_and_gives_its_words(kind, settings):
    html = drawn(kind, {"recording": recording(kind, credit="Đài xã").pk, "title": "Nghe mục này"})
    assert "Nghe mục này" in html
    assert "2 phút 40 giây · 480 KB" in html
    assert "Lời của bài." in html
    assert "Đài xã" in html
    assert "autoplay" not in html


@pytest.mark.parametrize("kind", ["audio", "video"])
def test_a_recording_without_a_title_takes_the_librarys_and_one_without_length_says_its_size(kind):
    html = drawn(kind, {"recording": recording(kind, duration=0, transcript="").pk, "title": ""})
    assert "Bài nghe" in html
    assert "480 KB" in html
    assert "phút" not in html


@pytest.mark.parametrize("kind", ["audio", "video"])
def test_a_recording_without_its_words_is_refused(kind):
    with pytest.raises(ValidationError) as refused:
        cleaned(kind, {"recording": recording(kind, transcript=" ").pk, "title": ""})
    assert "Bản ghi này chưa có lời đọc" in str(refused.value.as_json_data())


def test_a_callout_has_an_icon_beside_its_colour():
    html = drawn("callout", {"tone": "bad", "title": "Nguy hiểm", "text": "<p>Gọi 113.</p>"})
    assert 'class="note bad"' in html
    assert "<svg" in html


def test_a_case_always_says_that_it_is_assumed():
    value = {"title": "Ở bàn tiếp dân", "story": "<p>Chị A.</p>", "question": "", "answer": ""}
    html = drawn("case", value)
    assert "Tình huống giả định" in html
    assert "<details>" not in html
    html = drawn("case", {**value, "question": "Làm gì trước?", "answer": "<p>Mời ngồi.</p>"})
    assert "Làm gì trước?" in html
    assert "<details>" in html


def test_a_comparison_has_two_lists():
    html = drawn("comparison", {"title": "Nói thế nào", "do": items("Nói chậm"), "dont": items("Hỏi dồn")})
    assert '<ul class="yes"><li>Nói chậm</li></ul>' in html
    assert '<ul class="no-do"><li>Hỏi dồn</li></ul>' in html


def test_law_is_quoted_with_its_source_and_perhaps_its_address():
    value = {"quote": "Trích.", "source": "Luật 53/2024/QH15, Điều 2", "url": ""}
    html = drawn("law", value)
    assert "<cite>Luật 53/2024/QH15, Điều 2</cite>" in re.sub("</?a[^>]*>", "", html)
    # the article leads to what else cites it, and nowhere else
    assert re.findall('href="([^"]*)"', html) == ["/tra-luat/53-2024-qh15/dieu-2/"]
    assert 'href="https://vanban.chinhphu.vn/x"' in drawn("law", {**value, "url": "https://vanban.chinhphu.vn/x"})


def test_a_download_says_its_kind_and_size():
    html = drawn("download", {"document": document().pk, "title": "", "note": ""})
    assert "Mẫu phiếu" in html
    assert "PDF, 90 KB" in html
    assert "In hai mặt" in drawn("download", {"document": document().pk, "title": "Phiếu", "note": "In hai mặt"})


def number(**fields) -> Contact:
    return public_contact(**{"number": "0236 3822 222", "called_on": date(2026, 11, 2), **fields})


def unconfirmed(**fields) -> Contact:
    return Contact.objects.create(**{"number": "0236 3822 222", "name": "Trung tâm", "when": "Cần hỏi", **fields})


def test_a_contact_dials_as_the_list_of_numbers_has_it():
    contact = number()
    html = drawn("contact", {"contact": contact.pk, "note": ""})
    assert 'href="tel:02363822222"' in html
    assert "<p>Cần hỏi</p>" in html
    assert "·" not in html
    Contact.objects.filter(pk=contact.pk).update(hours="24/7", cost="Miễn phí")
    html = drawn("contact", {"contact": contact.pk, "note": "Khi nghi"})
    assert "24/7 · Miễn phí" in html
    assert "<p>Khi nghi</p>" in html


def test_a_number_for_which_nobody_vouches_any_more_gives_way_to_111():
    contact = unconfirmed()
    for chosen in (contact.pk, None, 987654):
        html = drawn("contact", {"contact": chosen, "note": ""})
        assert "0236" not in html
        assert 'href="tel:111"' in html


def test_only_confirmed_numbers_of_the_province_can_be_chosen_and_none_typed(units):
    block = KINDS["contact"]
    good = number()
    for wrong in (unconfirmed(number="0236 1"), number(number="0236 2", unit=units.tay_giang)):
        with pytest.raises(ValidationError):
            block.clean(block.to_python({"contact": wrong.pk, "note": ""}))
    assert block.clean(block.to_python({"contact": good.pk, "note": ""}))["contact"] == good
    assert set(block.child_blocks) == {"contact", "note", "sectors", "duties"}


def test_a_chosen_number_comes_out_of_the_form_and_goes_back_into_it():
    block, good = KINDS["contact"], number()
    sent = block.value_from_datadict({"x-contact": f"{good.pk}", "x-note": ""}, {}, "x")
    assert sent["contact"] == good
    # Wagtail's script takes the values of a select as a list
    assert block.get_form_state(sent)["contact"] == [f"{good.pk}"]
    assert block.get_form_state(block.get_default())["contact"] == [""]


def test_a_file_that_is_gone_does_not_break_the_lesson():
    missing = document()
    missing.file.storage.delete(missing.file.name)
    assert "PDF" in drawn("download", {"document": missing.pk, "title": "", "note": ""})


@pytest.mark.parametrize("kind", ["picture", "audio", "video", "download"])
def test_a_block_whose_file_was_deleted_says_so_instead_of_breaking(kind):
    value = {"picture": "image", "download": "document"}.get(kind, "recording")
    assert "Chưa chọn" in drawn(kind, {value: 987654, "title": "", "alt": "", "caption": "", "note": ""})


@pytest.mark.parametrize("kind", list(KINDS))
def test_editors_find_each_block_with_icon_words_and_preview(kind, client_of, cast):
    definition = KINDS[kind]
    assert definition.meta.icon != "placeholder"
    assert definition.meta.description
    assert definition.is_previewable
    for files in (False, True):
        if files:
            picture(description="Một tờ giấy")
            recording("audio")
            recording("video")
            document()
        html = definition.render(definition.get_preview_value())
        assert len(html) > 30
        assert ("Chưa chọn" in html) == (not files and kind in ("audio", "video", "download"))


def decision(*verdicts):
    options = [{"text": f"Cách {v}", "verdict": v, "consequence": f"Rồi {v}", "remark": f"Bàn {v}"} for v in verdicts]
    return {"ask": "Anh chị làm gì?", "options": items(*options)}


def check(*rights):
    options = [{"text": f"Câu {n}", "right": right, "feedback": f"Vì {n}"} for n, right in enumerate(rights)]
    return {"ask": "Câu nào đúng?", "options": items(*options)}


def test_a_decision_and_a_check_are_drawn_for_the_person():
    page = LessonPage(
        title="Mục",
        body=json.dumps([block("decision", decision("best", "harmful"), 1), block("check", check(True, False), 2)]),
    )
    body = render(page)
    first, second = body.choices.values()
    assert [(o.text, o.tone, o.label, o.consequence, o.remark) for o in first.options] == [
        ("Cách best", "ok", "Cách tốt nhất", "Rồi best", "Bàn best"),
        ("Cách harmful", "bad", "Gây hại", "Rồi harmful", "Bàn harmful"),
    ]
    assert [(o.text, o.tone, o.label, o.consequence) for o in second.options] == [
        ("Câu 0", "ok", "Đúng", ""),
        ("Câu 1", "warn", "Chưa đúng", ""),
    ]
    assert body.untried == [first, second]
    tried = body.with_tries({first.block_id: first.options[1].id, second.block_id: "an option that is gone"})
    assert tried.choices[first.block_id].answer.text == "Cách harmful"
    assert [choice.kind for choice in tried.untried] == ["check"]


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("decision", decision("best"), "Cần từ hai đến năm lựa chọn."),
        ("decision", decision("best", *["harmful"] * 5), "Cần từ hai đến năm lựa chọn."),
        ("decision", decision("harmful", "acceptable"), "Đánh dấu đúng một cách là tốt nhất"),
        ("decision", decision("best", "best"), "Đánh dấu đúng một cách là tốt nhất"),
        ("check", check(False, False), "Đánh dấu đúng một phương án là đúng"),
        ("check", check(True, True), "Đánh dấu đúng một phương án là đúng"),
        ("check", check(True), "Cần từ hai đến năm lựa chọn."),
        (
            "law",
            {"quote": "Trích.", "article": "", "plain": "", "source": "", "url": ""},
            "Ghi điều, khoản và số văn bản",
        ),
        ("picture", {"scene": "", "image": None, "alt": "", "caption": ""}, "Chọn một hình vẽ có sẵn hoặc"),
        ("picture", {"scene": "no-such", "image": None, "alt": "", "caption": ""}, "Hãy chọn một lựa chọn hợp lệ"),
    ],
)
def test_what_would_not_work_is_refused_in_one_sentence(kind, value, sentence):
    with pytest.raises(ValidationError) as refused:
        cleaned(kind, value)
    assert sentence in json.dumps(refused.value.as_json_data(), default=str, ensure_ascii=False)


def test_a_draft_may_still_be_unfinished():
    definition = KINDS["decision"]
    definition.defer_required_validation()
    try:
        assert cleaned("decision", decision("harmful"))
    finally:
        definition.restore_deferred_validation()


def test_a_scene_or_a_picture_never_both():
    both = {"scene": "clinic", "image": picture(description="x").pk, "alt": "", "caption": ""}
    with pytest.raises(ValidationError) as refused:
        cleaned("picture", both)
    assert "Chọn một hình thôi" in str(refused.value.as_json_data())
    assert cleaned("picture", {**both, "image": None})


def test_a_scene_is_drawn_into_the_page_once_with_its_words():
    value = {"scene": "clinic", "image": None, "alt": "", "caption": "Ở trạm"}
    page = LessonPage(title="Mục", body=json.dumps([block("picture", value, n) for n in (1, 2)]))
    html = " ".join(str(piece) for piece in render(page).pieces)
    assert html.count('<div class="scene" role="img" aria-label="Trạm y tế: rèm kéo kín') == 1
    assert html.count('<img src="/static/scenes/clinic.svg" width="480" height="270" alt="Trạm y tế: rèm kéo kín') == 1
    assert "<figcaption>Ở trạm</figcaption>" in html
    assert 'aria-label="Trạm."' in drawn("picture", {**value, "alt": "Trạm."})


def test_the_story_the_steps_and_the_words_to_say():
    assert "Tình huống giả định" in drawn("scene", "Một.\n\nHai.")
    assert "<p>Một.</p>" in drawn("scene", "Một.\n\nHai.").replace("</p> <p>", "</p>\n<p>")
    steps = {"title": "", "steps": items({"do": "Mời ngồi", "who": "Tiếp dân", "when": ""}, {"do": "Nghe"})}
    html = drawn("steps", steps)
    assert "<b>Mời ngồi</b>" in html
    assert html.count("Ai làm:") == 1
    assert "·" not in html
    html = drawn("say", {"right": items("Mời chị."), "wrong": items("Sao dại?"), "because": ""})
    assert '<ul class="yes"><li>“Mời chị.”</li></ul>' in html
    assert "Vì sao" not in html
    assert "Nhớ." in drawn("takeaway", "Nhớ.")
    assert "<dfn>Từ</dfn>" in drawn("term", {"word": "Từ", "meaning": "Nghĩa."})


def test_law_in_plain_words_names_its_article():
    value = {"quote": "Trích.", "article": "Điều 2", "plain": "Dễ hiểu.", "source": "Công báo", "url": ""}
    html = drawn("law", value)
    assert "<cite>Điều 2; Công báo</cite>" in html
    assert "<b>Nói cho dễ hiểu:</b> Dễ hiểu." in html


def test_no_block_brings_a_style_or_a_script_into_the_page(client_of, cast):
    small_course = make_course()
    small_course.lessons[0].body = full_body()
    small_course.lessons[0].save()
    html = client_of(cast.learner).get(small_course.lessons[0].url).content.decode()
    for forbidden in (' style="', "<style", "onclick=", "javascript:", "<script>"):
        assert forbidden not in html
    assert html.count("<h1") == 1


def test_edited_words_of_an_item_keep_its_tick():
    first = json.loads(full_body())
    page = LessonPage(title="Mục", body=json.dumps(first))
    before = render(page).items
    first[1]["value"]["items"][0]["value"] = "Có nơi thật riêng tư"
    page.body = json.dumps(first)
    assert render(page).items == before

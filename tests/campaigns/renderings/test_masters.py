"""Every master: all its words are in the PDF, it looks as it did, and what does not fit is refused.

`REFERENCES=write pytest …` draws the reference pictures anew; look at them before they are committed.
"""

import os
from datetime import date, time
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from printed import alternatives_of, pages_of
from pypdf import PdfReader
from starter_kit import NATIONAL, messages, order, passage, source

from campaigns.renderings import drawing
from campaigns.renderings.composing import (
    Composed,
    Source,
    Unprintable,
    composed,
    numbered,
    picture_data,
    unnumbered,
)
from campaigns.renderings.formats import FORMATS, PICTURES
from campaigns.renderings.texts.own_words import OwnWords

DAY = date(2026, 11, 30)
# millimetres
PAPER = {
    "a4": (210, 297),
    "a3": (297, 420),
    "to-gap": (297, 210),
    "the-cua": (297, 210),
    "the": (210, 297),
    "bang-ron": (3000, 700),
    "loa": (210, 297),
}
REFERENCES = Path(__file__).parent / "references"
# dots along the longer side of a reference
SIDE = 240
# letters that fonts lose: ơ̆ and ô̆ have no form of their own, ƀ ŏ ĕ ŭ stand in few fonts (content/facts.md)
HARD = "Kuô̆k hô̆i Thươ̆ng ƀă ŏ ĕ ŭ z’lụ ‘na ƀơ̆"
LAO = "ບໍ່ມີຜູ້ໃດ ຖືວ່າ ເປັນຂ້ອຍ"
HAS_LAO = Path("/usr/share/fonts/truetype/noto/NotoSansLao-Regular.ttf").exists()


def written(text: str, key: str = "2.1") -> Source:
    """The message with this text in every slot."""
    passages = {one.slot: passage(text, text[:12].strip()) for one in messages()[key].passages}
    return Source(source(key).message, passages, source(key).scene, NATIONAL)


def whole_of(name: str, what: str) -> Composed:
    if what == "vi":
        return composed(order("2.1", name))
    return composed(order("2.1", name, source=written(HARD if what == "hard" else LAO)))


@cache
def drawn(name: str, what: str = "vi") -> tuple[bytes, list[bytes], dict]:
    """(PDF, a small picture of each page, what it was made of)."""
    one, data = FORMATS[name], numbered(whole_of(name, what), 1042, 2, DAY)
    width, height = PAPER[name]
    dots = SIDE / max(width, height) * 25.4
    return drawing.pdf(one, data), drawing.pages(one, data, dots), data


CASES = [
    pytest.param(name, what, marks=[] if what != "lao" or HAS_LAO else [pytest.mark.skip("fonts-noto-core")])
    for name in FORMATS
    for what in ("vi", "hard", "lao")
]


@pytest.mark.parametrize(("name", "what"), CASES)
def test_every_word_is_in_the_pdf_with_number_version_and_hotline(name, what):
    pdf, _pictures, data = drawn(name, what)
    # what a screen reader hears, without spaces: some are made by the layout
    heard = "".join("".join(pages_of(pdf)).split())
    spoken = [line for said in data["texts"].values() for line in (*said["lines"], said["title"])]
    if name == "loa":
        spoken = [line for said in data["texts"].values() for line in said["lines"]]
    for line in spoken:
        said = "".join(line.replace("{số trực}", "0235 3796 111").split())
        # Typst 0.15 says ນັ້ twice where a word has it (`tests/printed.py`); LAO has none, so it is read back whole
        assert said in heard, line
    assert "111" in heard
    assert "Tờsố1042·bản2·11/2026" in heard
    assert "/to/1042/2/" in heard
    assert len(PdfReader(BytesIO(pdf)).pages) == FORMATS[name].pages


@pytest.mark.parametrize(("name", "what"), CASES)
def test_it_looks_as_it_did(name, what):
    _pdf, pictures, _data = drawn(name, what)
    for place, content in enumerate(pictures, start=1):
        path = REFERENCES / f"{name}-{what}-{place}.png"
        picture = Image.open(BytesIO(content)).convert("L")
        if os.environ.get("REFERENCES") == "write":
            picture.quantize(16).save(path, optimize=True)
        reference = Image.open(path).convert("L")
        assert picture.size == reference.size
        # of 255; a line that moved or a face that changed is some 3 and more
        assert ImageStat.Stat(ImageChops.difference(picture, reference)).mean[0] < 2, path.name


def test_bleed_is_three_millimetres_on_each_side_and_fonts_are_embedded():
    data = numbered(whole_of("a4", "vi"), 1042, 2, DAY, bleed=True)
    page = PdfReader(BytesIO(drawing.pdf(FORMATS["a4"], data))).pages[0]
    points = 72 / 25.4
    assert float(page.mediabox.width) == pytest.approx(216 * points, abs=0.1)
    assert float(page.mediabox.height) == pytest.approx(303 * points, abs=0.1)
    for font in page["/Resources"]["/Font"].values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile3" in inner or "/FontFile2" in inner
    # words and lines, no picture of dots
    assert not [one for one in page.images if one.image is not None and one.image.width > 100]


def test_the_scene_is_told_and_a_message_without_one_has_words_and_weave_only():
    pdf, _pictures, data = drawn("a4")
    assert data["scene_alt"] in alternatives_of(pdf)
    bare = composed(order("2.5", "a4"))
    assert bare.data["scene"] == ""
    heard = "".join(pages_of(drawing.pdf(FORMATS["a4"], numbered(bare, 7, 1, DAY))))
    assert "Kẹt tiền" in heard


@pytest.mark.parametrize(
    ("name", "slot", "label"),
    [
        ("a4", "poster_ask", "Dòng Hỏi"),
        ("a3", "poster_title", "Tiêu đề"),
        ("to-gap", "leaflet_2", "Tờ gấp, mặt 2"),
        ("the-cua", "door_back", "Thẻ treo cửa, mặt sau"),
        ("the", "card_2", "Thẻ 2"),
        ("bang-ron", "poster_title", "Tiêu đề"),
        ("loa", "loud_60", "Loa"),
    ],
)
@pytest.mark.parametrize("text", ["Hỏi cho rõ đã rồi hãy đi. " * 90, "Nghiêngnghiêng" * 12], ids=["long", "one word"])
def test_what_does_not_fit_is_refused_with_its_place(name, slot, label, text):
    """A text too long, and a word that no line holds."""
    whole = composed(order("2.1", name, source=source(**{slot: text})))
    with pytest.raises(Unprintable, match=f"Chữ ở “{label}.*không vừa tờ này"):
        drawing.pdf(FORMATS[name], unnumbered(whole, DAY))


def test_a_letter_that_no_font_has_is_refused_with_its_package():
    whole = composed(order("2.1", "a4", source=source(poster_lead="Hỏi 한 đã")))
    with pytest.raises(Unprintable, match="“한” .U.D55C.: máy chủ cần cài gói phông chữ fonts-noto-cjk"):
        drawing.pdf(FORMATS["a4"], unnumbered(whole, DAY))


def test_no_number_is_broken_and_no_hyphen_is_put_into_an_address():
    """The longest place that still fits: the number stays whole on a line."""
    words = OwnWords("nhà sinh hoạt cộng đồng thôn Aur, bên sông, gần trường", date(2027, 7, 30), time(19))
    whole = composed(order("2.1", "the-cua", words=words))
    heard = pages_of(drawing.pdf(FORMATS["the-cua"], numbered(whole, 1042, 2, DAY)))[1]
    assert "0235 3796 111" in heard
    assert "ThứSáu30/07/2027lúc19:00,nhàsinhhoạtcộngđồng" in "".join(heard.split())
    assert "/to/1042/2/" in heard
    assert "\u00ad" not in heard


def test_a_commune_whose_place_is_too_long_is_told_so():
    words = OwnWords("nhà sinh hoạt cộng đồng " * 18)
    whole = composed(order("2.1", "the", words=words))
    drawing.pdf(FORMATS["the"], unnumbered(whole, DAY))
    with pytest.raises(Unprintable, match="Phần của xã"):
        drawing.pdf(FORMATS["a4"], unnumbered(composed(order("2.1", "a4", words=words)), DAY))


def test_what_is_not_approved_bears_its_stamp():
    draft = composed(order("2.1", "a4", source=source(approved=False)))
    assert unnumbered(draft, DAY)["stamp"] == "BẢN NHÁP – CHƯA DUYỆT"
    assert not draft.may_be_issued
    trial = composed(order("2.1", "a4", words=OwnWords("Nhà làng", approved=False)))
    assert unnumbered(trial, DAY)["stamp"] == "BẢN XEM THỬ"
    assert not trial.may_be_issued
    plain = composed(order("2.1", "a4"))
    assert (plain.may_be_issued, unnumbered(plain, DAY)["stamp"]) == (True, "")


def test_one_unapproved_sentence_makes_a_draft_only_where_it_stands():
    mixed = source()
    mixed.passages["leaflet.4"] = passage("Hỏi UBND xã.", "Hỏi", approved=False)
    assert composed(order("2.1", "to-gap", source=mixed)).unapproved == ("leaflet.4",)
    assert composed(order("2.1", "a4", source=mixed)).unapproved == ()
    mixed.passages["audience.men"] = passage("Anh em hỏi.", approved=False)
    assert composed(order("2.1", "a4", source=mixed, audience="men")).unapproved == ("audience.men",)


def test_a_number_typed_into_a_place_is_refused():
    for place in ("Nhà làng, gọi 0905 123 456", "Nhà làng 0905-123-456", "gọi số 1022"):
        with pytest.raises(Unprintable, match="số điện thoại"):
            composed(order("2.1", "a4", words=OwnWords(place)))


def test_without_the_national_number_nothing_is_printed():
    bare = Source(source().message, source().passages, "", {})
    with pytest.raises(Unprintable, match="Số 111"):
        composed(order("2.1", "a4", source=bare))


def test_a_sheet_that_lacks_a_text_says_which():
    lacking = source()
    del lacking.passages["loud.60"]
    with pytest.raises(Unprintable, match="Loa 60 giây"):
        composed(order("2.1", "loa", source=lacking))


def test_for_a_group_the_words_to_it_stand_on_poster_and_script():
    for name in ("a4", "loa"):
        whole = composed(order("2.1", name, audience="elders"))
        heard = " ".join(pages_of(drawing.pdf(FORMATS[name], numbered(whole, 3, 1, DAY))))
        assert "mời họ qua UBND xã trước" in heard


def test_the_script_for_the_loudspeaker_is_black_and_at_least_sixteen_points():
    """But for its foot; `steps` in the design end at 16."""
    _pdf, pictures, _data = drawn("loa")
    picture = Image.open(BytesIO(pictures[0])).convert("RGB")
    assert all(max(colour) - min(colour) < 12 for _count, colour in picture.getcolors(1 << 20))


@pytest.mark.parametrize("size", PICTURES.values(), ids=lambda size: size.key)
def test_a_picture_to_post_has_its_size_and_looks_as_it_did(size):
    content = drawing.to_post(picture_data(source(), "card.1", size, DAY))
    picture = Image.open(BytesIO(content))
    assert picture.size == (size.width, size.height)
    small = picture.convert("L").resize((size.width // 8, size.height // 8))
    path = REFERENCES / f"hinh-{size.key}.png"
    if os.environ.get("REFERENCES") == "write":
        small.quantize(16).save(path, optimize=True)
    difference = ImageChops.difference(small, Image.open(path).convert("L"))
    assert ImageStat.Stat(difference).mean[0] < 2


def test_the_same_words_and_contact_give_the_same_mark():
    one, other = composed(order("2.1", "a4")), composed(order("2.1", "a4", contact=None))
    assert one.mark == composed(order("2.1", "a4")).mark
    assert one.mark != other.mark

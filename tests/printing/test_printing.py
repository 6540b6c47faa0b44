"""What is printed: archivable, readable by a screen reader, exactly the letters of the data, and nothing evaluated."""

import io
import unicodedata
from datetime import UTC, datetime

import pytest
from PIL import Image
from printed import words_of
from pypdf import PdfReader

from printing import MissingLetter, PrintingError, picture, render

HARD = "ƀ ŏ ĕ ô̆ ơ̆ Ƀ Ŏ Ĕ Ô̆ Ơ̆ ư̆ ê̆ č ñ ‘na Nguyễn Thị Hường Đặng Ỹ ằ ẵ ặ"
HOSTILE = r'#panic() $x^2$ [a] *b* _c_ @d <e> \ // /* */ `f` "g" ~ -- = h'


@pytest.fixture
def design(tmp_path):
    path = tmp_path / "slip.typ"
    path.write_text(
        "#let data = json(bytes(sys.inputs.data))\n"
        '#set document(title: "Mẩu giấy")\n'
        '#set text(lang: "vi", font: data.font, fallback: false)\n'
        "= #data.title\n#data.text\n"
    )
    return path


def content_of(text, font="Source Sans Pro") -> dict:
    return {"title": "Mẩu giấy", "text": text, "font": font}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_hard_letter_of_the_province_is_printed_however_it_is_encoded(design, form):
    assert HARD in words_of(render(design, content_of(unicodedata.normalize(form, HARD))))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_serif_has_every_letter_of_vietnamese_and_those_that_are_one_sign(design, form):
    simple = " ".join(word for word in HARD.split() if "\u0306" not in word)
    assert simple in words_of(render(design, content_of(unicodedata.normalize(form, simple), "Libertinus Serif")))


def test_data_is_never_markup(design):
    # ligatures and quotes of the font may not change it either
    assert HOSTILE in words_of(render(design, content_of(HOSTILE)))


def test_the_file_is_pdf_a_2a_and_pdf_ua_1(design):
    reader = PdfReader(io.BytesIO(render(design, content_of("Chữ"))))
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("vi")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root


def test_the_same_data_gives_the_same_bytes(design):
    at = datetime(2026, 11, 28, 3, tzinfo=UTC)
    assert render(design, content_of("Chữ"), at) == render(design, content_of("Chữ"), at)
    assert render(design, content_of("Chữ"), at) != render(design, content_of("Chữ khác"), at)


@pytest.mark.parametrize("make", [render, picture])
@pytest.mark.parametrize(("letter", "package"), [("中", "fonts-noto-cjk"), ("ꬰ", "fonts-noto-core")])
def test_a_letter_without_a_font_is_refused_naming_it_and_the_package(design, make, letter, package):
    with pytest.raises(MissingLetter) as refused:
        make(design, content_of(f"Ông {letter}"))
    assert (refused.value.letter, refused.value.package) == (letter, package)
    assert letter in str(refused.value)
    assert package in str(refused.value)


def test_control_and_turning_signs_are_left_out(design):
    assert "a b cd" in words_of(render(design, content_of("a\x01b \u202ec\u200bd\x00")))


def test_a_fault_in_a_design_is_reported_without_the_data(design):
    design.write_text(design.read_text() + "\n#data.khong_co")
    with pytest.raises(PrintingError) as failed:
        render(design, content_of("Alăng Thị Hà"))
    assert "slip.typ" in str(failed.value)
    assert "Alăng" not in str(failed.value)


def test_a_picture_shows_what_is_printed(design):
    drawn = Image.open(io.BytesIO(picture(design, content_of("Chữ")))).convert("L")
    assert drawn.getextrema()[0] < 60
    empty = Image.open(io.BytesIO(picture(design, {**content_of(""), "title": "i"}))).convert("L")
    assert drawn.histogram() != empty.histogram()


def test_after_a_large_document_nothing_is_kept_and_the_next_is_as_before(design, monkeypatch):
    small = render(design, content_of("Chữ"))
    monkeypatch.setattr("printing.rendering.LARGE", 1000)
    assert "Hết" in words_of(render(design, content_of("Dài " * 400 + "Hết")), -1)
    assert render(design, content_of("Chữ")) == small


def test_a_picture_is_of_one_page(design):
    design.write_text(design.read_text() + "\n#pagebreak()\nHai")
    with pytest.raises(PrintingError):
        picture(design, content_of("Một"))

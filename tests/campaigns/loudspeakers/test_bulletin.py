"""The bulletin as paper: one A4, black on white, no letter below 16 pt, as it looked, or refused.

`REFERENCES=write pytest …` draws the reference pictures anew; look at them before they are committed.
"""

import os
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from printed import pages_of
from pypdf import PdfReader
from starter_kit import messages

from campaigns.loudspeakers.bulletin import DESIGN, TooLong, drawn, qr
from printing import pictures

REFERENCES = Path(__file__).parent / "references"
# letters that fonts lose (content/facts.md)
HARD = "Kuô̆k hô̆i Thươ̆ng ƀă ŏ ĕ ŭ z’lụ ‘na ƀơ̆"
LAO = "ບໍ່ມີຜູ້ໃດ ຖືວ່າ ເປັນຂ້ອຍ"
HAS_LAO = Path("/usr/share/fonts/truetype/noto/NotoSansLao-Regular.ttf").exists()


def data(text: str = "", title: str = "Việc nhẹ, lương cao? Hỏi cho rõ đã.", draft: str = "") -> dict:
    script = {one.slot: one.text for one in messages()["2.1"].passages}["loud.60"]
    said = (text or script).replace("[tên thôn]", "thôn Aur")
    return {
        "title": title,
        "place": "thôn Aur",
        "when": "17:30, đọc khoảng 57 giây, đến hết ngày 31/07/2027",
        "lines": [said],
        "draft": draft,
        "numbers": [["111", "miễn phí, ngày đêm"], ["113", "đang nguy hiểm"], ["115", "cấp cứu"]],
        "number": "Lịch số 42",
        "ask": "Phát xong, quét mã rồi bấm một lần.",
        "qr": qr("https://la-chan.danang.gov.vn/loa/abcdefghijklmnop/"),
        "alt": "Mã để ghi là đã phát",
    }


CASES = {
    "vi": data(),
    "hard": data(f"{HARD}. " * 8, HARD),
    "lao": data(f"{LAO} " * 12, LAO),
    "draft": data(draft="BẢN NHÁP – CHƯA DUYỆT"),
}


@pytest.mark.parametrize("name", [*CASES])
def test_one_sheet_looks_as_it_did_and_says_every_word(name):
    if name == "lao" and not HAS_LAO:
        pytest.skip("fonts-noto-core")
    pdf = drawn(CASES[name])
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    heard = "".join("".join(pages_of(pdf)).split())
    for said in (*CASES[name]["lines"], CASES[name]["title"], CASES[name]["ask"], CASES[name]["draft"]):
        assert "".join(said.split()) in heard
    (content,) = pictures(DESIGN, CASES[name], 24)
    picture, path = Image.open(BytesIO(content)).convert("RGB"), REFERENCES / f"bulletin-{name}.png"
    assert all(max(colour) - min(colour) < 12 for _count, colour in picture.getcolors(1 << 20)), "black on white"
    grey = picture.convert("L")
    if os.environ.get("REFERENCES") == "write":
        REFERENCES.mkdir(exist_ok=True)
        grey.quantize(16).save(path, optimize=True)
    reference = Image.open(path).convert("L")
    assert grey.size == reference.size
    assert ImageStat.Stat(ImageChops.difference(grey, reference)).mean[0] < 2


@pytest.mark.parametrize("words", [130, 180, 220])
def test_no_letter_is_smaller_than_sixteen_points(words):
    pdf = drawn(data(" ".join(["nghiêng"] * words)))
    sizes = {float(one) for one in re.findall(rb"/\w+ ([\d.]+) Tf", content_of(pdf))}
    assert min(sizes) >= 16, sizes


def content_of(pdf: bytes) -> bytes:
    return PdfReader(BytesIO(pdf)).pages[0].get_contents().get_data()


@pytest.mark.parametrize("text", ["Hỏi cho rõ đã rồi hãy đi. " * 120, "Nghiêngnghiêng" * 12], ids=["long", "one word"])
def test_what_does_not_fit_is_refused_not_cut(text):
    with pytest.raises(TooLong):
        drawn(data(text))

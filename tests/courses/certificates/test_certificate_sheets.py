"""A certificate on paper: opened for real, read as a screen reader does, scanned as a phone does."""

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
import time_machine
import zxingcpp
from django.utils import timezone
from factories import make_person, make_posting
from PIL import Image
from printed import words_of
from pypdf import PdfReader
from sharing import shared

from courses.certificates import batches, sheets
from courses.certificates.certificate import Certificate
from courses.certificates.issuers import Issuer
from courses.certificates.issuing import issue, revoke
from courses.completions.completion import Completion
from courses.standing.rules import seed_requirements
from outbox.draining import drain
from outbox.effects import Effect
from outbox.private_files import private_files
from printing import MissingLetter, picture

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
HARD = "Bh’riu Ƀơnướch ƀ ŏ ĕ Kuô̆k hô̆i Thươ̆ng Ô̆ng Nguyễn Thị Hường"
HOSTILE = r'#panic() $x$ [a] *b* _c_ @d <e> \u{41} // `f` "g" = h'


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def issuer(cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    return Issuer.objects.create(
        unit=cast.units.da_nang,
        superior="Ủy ban nhân dân thành phố Đà Nẵng",
        organisation="Sở Nội vụ",
        mark="SNV",
        place="Đà Nẵng",
        signer_title="Giám đốc",
        signer_name="Trần Văn Bình",
    )


def certificate_of(person, unit) -> Certificate:
    make_posting(person, unit)
    done = {"person": person, "course_key": COURSE, "completed_on": NOW.date(), "source": "quiz", "approved": True}
    completion = Completion.objects.create(**done)
    issue([completion], NOW)
    return Certificate.objects.select_related("person").get(person=person)


def pages_of(pdf: bytes):
    return PdfReader(io.BytesIO(pdf)).pages


def drawn(certificate) -> Image.Image:
    data = {"title": "Mẫu", "organisation": "Sở Nội vụ", "certificates": [sheets.sheet(certificate)]}
    return Image.open(io.BytesIO(picture(sheets.DESIGN, data, 150))).convert("L")


@pytest.mark.parametrize("design", ["det", "nghi_dinh"])
@pytest.mark.parametrize("name", ["Alăng Thị Hà", HARD, HOSTILE])
def test_it_says_what_it_must_letter_by_letter(issuer, cast, design, name):
    Issuer.objects.update(design=design)
    certificate = certificate_of(make_person(name, "TG/07"), cast.units.tay_giang)
    words = words_of(sheets.pdf_of(certificate))
    for sentence in [
        name,
        "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG SỞ NỘI VỤ Số: 1/2026/CN-SNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập – Tự do – Hạnh phúc",
        "GIẤY CHỨNG NHẬN cấp cho",
        "Đơn vị: Xã Tây Giang · Mã cán bộ: TG/07",
        "Có giá trị đến hết ngày 23/11/2028",
        "Đà Nẵng, ngày 24 tháng 11 năm 2026 GIÁM ĐỐC",
        "Trần Văn Bình",
        certificate.written_code,
    ]:
        assert sentence in words
    # the address may be broken at the end of a line
    assert certificate.address in words.replace(" ", "")


@pytest.mark.parametrize("design", ["det", "nghi_dinh"])
def test_it_is_one_page_of_a4_landscape_archivable_and_tagged(issuer, cast, design):
    Issuer.objects.update(design=design)
    reader = PdfReader(io.BytesIO(sheets.pdf_of(certificate_of(make_person(HARD), cast.units.tay_giang))))
    (page,) = reader.pages
    millimetres = [round(float(side) / 72 * 25.4) for side in (page.mediabox.width, page.mediabox.height)]
    assert millimetres == [297, 210]
    root = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower() == "vi-vn"
    assert reader.metadata.title == "Giấy chứng nhận 1/2026/CN-SNV"
    assert reader.metadata.author == "Sở Nội vụ"
    # the sign of a QR code is told in words
    assert "Mã QR dẫn đến trang kiểm tra" in _alternatives(root["/StructTreeRoot"])


def _alternatives(element) -> str:
    element = element.get_object()
    if isinstance(element, list):
        return " ".join(_alternatives(child) for child in element)
    if not hasattr(element, "get"):
        return ""
    own = element.get("/Alt")
    own = own if isinstance(own, str) else ""
    return own + (_alternatives(element["/K"]) if "/K" in element else "")


@pytest.mark.parametrize("design", ["det", "nghi_dinh"])
def test_a_phone_reads_the_way_to_the_check_from_the_paper(issuer, cast, design):
    Issuer.objects.update(design=design)
    certificate = certificate_of(make_person(), cast.units.tay_giang)
    picture_of_it = drawn(certificate)
    (barcode,) = zxingcpp.read_barcodes(picture_of_it)
    assert barcode.text == certificate.address
    dark = sum(picture_of_it.histogram()[:128])
    assert 0.01 < dark / (picture_of_it.width * picture_of_it.height) < 0.4


def test_the_longest_names_stay_on_one_page(issuer, cast):
    Issuer.objects.update(superior="Ủ" * 40 + " " + "Ủ" * 70, organisation="Sở Nội vụ " * 11, signer_name="Ô" * 70)
    person = make_person("Nguyễn Thị Hường " * 8)
    make_posting(person, cast.units.tay_giang)
    completion = Completion.objects.create(person=person, course_key=COURSE, completed_on=NOW.date(), source="quiz")
    (certificate,) = issue([completion], NOW)
    certificate.course_title = "Nhận diện nạn nhân bị mua bán " * 8
    assert len(pages_of(sheets.pdf_of(certificate))) == 1


def test_the_same_certificate_gives_the_same_file(issuer, cast):
    certificate = certificate_of(make_person(), cast.units.tay_giang)
    assert sheets.pdf_of(certificate) == sheets.pdf_of(Certificate.objects.get(pk=certificate.pk))


def test_days_are_written_as_the_decree_asks():
    assert sheets.place_and_day("Đà Nẵng", date(2026, 2, 3)) == "Đà Nẵng, ngày 03 tháng 02 năm 2026"
    assert sheets.place_and_day("Đà Nẵng", date(2026, 9, 13)) == "Đà Nẵng, ngày 13 tháng 9 năm 2026"


def test_a_name_that_cannot_be_printed_is_refused_and_told(issuer, cast, client_of):
    person = make_person("Ông 中")
    certificate = certificate_of(person, cast.units.tay_giang)
    with pytest.raises(MissingLetter):
        sheets.pdf_of(certificate)
    response = client_of(person).get(f"/hoc-tap/chung-nhan/{certificate.pk}.pdf")
    assert response.status_code == 503
    assert "“中” (U+4E2D): máy chủ cần cài gói phông chữ fonts-noto-cjk" in response.content.decode()


# --- many in one


@shared(on=NOW - timedelta(minutes=5))
def three(issuer, cast):
    return [certificate_of(make_person(name), cast.units.tay_giang) for name in ("Ba", "An", "Chi")]


def batch(cast, client_of, who="trainer", **fields):
    unit = {"unit": cast.units.tay_giang.pk, "course": "", "first": "", "last": ""}
    return client_of(getattr(cast, who)).post("/bao-cao/chung-nhan/", {**unit, **fields})


def test_a_unit_is_printed_in_one_file_by_name_without_the_revoked(three, cast, client_of):
    revoke(three[2], NOW.date(), "Nhầm", cast.trainer, NOW)
    for _click in range(2):
        assert batch(cast, client_of)["Location"] == "/bao-cao/viec/"
    drain(kinds={batches.BATCH})
    effect = Effect.objects.get(kind=batches.BATCH)
    assert (effect.state, effect.done, effect.total) == ("done", 2, 2)
    client = client_of(cast.trainer)
    response = client.get(f"/bao-cao/viec/{effect.pk}/tep/")
    assert response["Content-Disposition"] == 'attachment; filename="chung-nhan-2026-11-24.pdf"'
    pdf = b"".join(response.streaming_content)
    assert [words_of(pdf, page).count(name) for page, name in enumerate(("cấp cho An", "cấp cho Ba"))] == [1, 1]
    assert "In chứng nhận: " in client.get("/bao-cao/viec/").content.decode()
    assert client_of(cast.manager).get(f"/bao-cao/viec/{effect.pk}/tep/").status_code == 404


def test_a_finished_file_that_is_gone_from_the_disk_is_said_in_one_sentence(three, cast, client_of):
    batch(cast, client_of)
    drain(kinds={batches.BATCH})
    effect = Effect.objects.get(kind=batches.BATCH)
    private_files.delete(effect.result["file"])
    answer = client_of(cast.trainer).get(f"/bao-cao/viec/{effect.pk}/tep/")
    said = "Tệp này không còn trên máy chủ. Quay lại trang có nó, rồi tạo hoặc tải lên lại."
    assert (answer.status_code, said in answer.content.decode()) == (404, True)
    # of others nothing is told
    assert said not in client_of(cast.manager).get(f"/bao-cao/viec/{effect.pk}/tep/").content.decode()


def test_more_than_a_file_holds_become_several_in_a_zip(three, cast, client_of, monkeypatch):
    monkeypatch.setattr(batches, "PAGES_A_FILE", 2)
    batch(cast, client_of)
    drain(kinds={batches.BATCH})
    effect = Effect.objects.get(kind=batches.BATCH)
    with zipfile.ZipFile(private_files.open(effect.result["file"])) as archive:
        files = {name: len(pages_of(archive.read(name))) for name in archive.namelist()}
    assert files == {"chung-nhan-00001-00002.pdf": 2, "chung-nhan-00003-00003.pdf": 1}
    assert effect.result["download"].endswith(".zip")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"first": "2026-11-25"}, "Không có chứng nhận nào trong lựa chọn này"),
        ({"first": "2026-11-25", "last": "2026-11-01"}, "Ngày này trước ngày bắt đầu."),
        ({"first": "mai"}, "Ghi ngày/tháng/năm"),
        ({"unit": "x"}, "Đơn vị"),
    ],
)
def test_an_impossible_choice_is_reported(three, cast, client_of, fields, sentence):
    response = batch(cast, client_of, **fields)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Effect.objects.filter(kind=batches.BATCH).exists()


def test_a_unit_out_of_reach_cannot_be_chosen(three, cast, client_of):
    assert batch(cast, client_of, unit=cast.units.thanh_my.pk).status_code == 422
    assert batch(cast, client_of, who="observer").status_code == 403


def test_who_lost_the_role_meanwhile_gets_no_file(three, cast, client_of):
    batch(cast, client_of)
    cast.trainer.roles.update(ended_at=NOW)
    drain(kinds={batches.BATCH})
    effect = Effect.objects.get(kind=batches.BATCH)
    assert (effect.state, effect.result) == ("failed", {})


def test_one_unprintable_name_stops_a_batch_and_is_named_by_its_number(three, cast, client_of):
    certificate = certificate_of(make_person("Ông 中"), cast.units.tay_giang)
    batch(cast, client_of)
    drain(kinds={batches.BATCH})
    assert Effect.objects.get(kind=batches.BATCH).error.startswith(f"{certificate.full_number}: Chưa in được chữ “中”")

"""The printed sign-in sheet: people by unit, each with a code that opens her page; letters that no font has."""

from io import BytesIO

import pytest
from factories import make_person, make_posting
from pypdf import PdfReader

from courses.classes.held.sheets import address_of, sign_in_pdf
from courses.classes.planned.participant import Participant
from printing import MissingLetter

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(plan, cast, people, invite):
    whole = plan(unit=cast.units.da_nang, leader=cast.manager, seats=10)
    invite(whole, people.binh, people.an, cast.other_learner, by=cast.manager)
    return whole


def text_of(row) -> str:
    pages = PdfReader(BytesIO(sign_in_pdf(row, row.meetings.get()))).pages
    return "\n".join(page.extract_text() for page in pages)


def test_people_stand_by_unit_with_room_to_sign(sheet):
    text = text_of(sheet)
    for words in ("Lớp tháng Bảy", "Hội trường UBND xã", "Xã Tây Giang", "Xã Thạnh Mỹ", "Ký tên", "Zơrâm Văn Nam"):
        assert words in text
    assert text.index("Xã Tây Giang") < text.index("Bríu An") < text.index("Bríu Bình") < text.index("Xã Thạnh Mỹ")


def test_a_sheet_is_a4_and_its_codes_open_the_persons_page(sheet, settings):
    page = PdfReader(BytesIO(sign_in_pdf(sheet, sheet.meetings.get()))).pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    own = Participant.objects.first()
    assert address_of(own) == f"{settings.BASE_URL}/lop-tap-huan/ma/{own.token}/"
    assert len(own.token) >= 20


def test_a_letter_that_no_font_has_is_named(sheet, cast, invite):
    odd = make_person("Tên 漢 Lạ")
    make_posting(odd, cast.units.tay_giang)
    invite(sheet, odd, by=cast.manager)
    with pytest.raises(MissingLetter, match="漢"):
        sign_in_pdf(sheet, sheet.meetings.get())


def test_the_sheet_is_for_who_leads(client_of, cast, sheet):
    address = f"/lop-tap-huan/diem-danh/{sheet.meetings.get().pk}/phieu-ky.pdf"
    answer = client_of(cast.manager).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert client_of(cast.trainer).get(address).status_code == 404


def test_three_queries_for_any_number_of_people(sheet, django_assert_num_queries):
    meeting = sheet.meetings.get()
    sheet.unit.name  # noqa: B018, read beforehand as a page does
    with django_assert_num_queries(2):
        sign_in_pdf(sheet, meeting)

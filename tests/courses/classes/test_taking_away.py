"""What leaves a class as a file: the attendance, and the certificates of those who completed."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from courses.attempts.attempt import Attempt
from courses.certificates.certificate import Certificate
from courses.certificates.issuers import Issuer
from courses.classes.held.attendance import How, mark
from courses.classes.held.confirming import confirm
from outbox.draining import drain
from people.log.audit import Act, Entry
from people.times import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(plan, invite, people, cast):
    row = plan(today() - timedelta(days=1))
    invite(row, people.an, people.binh)
    said = {one.pk: "late" if one.person == people.an else "absent" for one in row.participants.all()}
    mark(cast.trainer, row.meetings.get(), said, How.LIST, timezone.now())
    return row


def test_the_attendance_as_csv_and_xlsx(client_of, cast, over):
    client, address = client_of(cast.unit_head), f"/lop-tap-huan/lop/{over.pk}/diem-danh"
    text = client.get(f"{address}.csv").content.decode("utf-8-sig").splitlines()
    assert text[0].split(";")[:3] == ["Họ tên", "Mã cán bộ", "Đơn vị khác"]
    assert [line.split(";")[3:] for line in text[1:]] == [["Đến muộn", "1", "đủ"], ["Vắng", "0", "chưa đủ"]]
    sheet = load_workbook(BytesIO(client.get(f"{address}.xlsx").content)).active
    about = {row[0].value: row[1].value for row in sheet.iter_rows(max_row=8)}
    assert (about["Lớp"], about["Xác nhận"]) == ("Lớp tháng Bảy", "chưa")
    assert Entry.objects.filter(act=Act.EXPORTED_PEOPLE, by=cast.unit_head, unit=over.unit).count() == 2


def test_a_class_of_another_commune_gives_no_file(client_of, cast, plan):
    other = plan(unit=cast.units.thanh_my, leader=cast.manager)
    for name in ("diem-danh.csv", "diem-danh.xlsx", "chung-nhan.pdf"):
        assert client_of(cast.trainer).get(f"/lop-tap-huan/lop/{other.pk}/{name}").status_code == 404
        assert client_of(cast.learner).get(f"/lop-tap-huan/lop/{other.pk}/{name}").status_code == 404


def test_the_certificates_of_those_who_completed_in_one_file(client_of, cast, over, people, course):
    Issuer.objects.create(
        unit=cast.units.da_nang, organisation="Sở Y tế", place="Đà Nẵng", mark="SYT", signer_title="GIÁM ĐỐC",
        signer_name="Nguyễn Văn B",
    )  # fmt: skip
    client, address = client_of(cast.trainer), f"/lop-tap-huan/lop/{over.pk}/chung-nhan.pdf"
    assert "Chưa ai trong lớp có chứng nhận" in client.get(address, follow=True).text
    at = timezone.now() - timedelta(days=9)
    Attempt.objects.create(
        person=people.an, quiz_key=course.quiz.translation_key, course_key=course.course.key, number=1, started_at=at,
        submitted_at=at, passed=True, score=4, max_score=4, rules={},
    )  # fmt: skip
    confirm(cast.unit_head, over, timezone.now())
    drain()
    assert Certificate.objects.get().person == people.an
    answer = client.get(address)
    pages = PdfReader(BytesIO(answer.content)).pages
    assert len(pages) == 1
    assert "Bríu An" in pages[0].extract_text()

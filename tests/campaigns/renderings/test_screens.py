"""The screens of `/in-an/`: a commune's editor prints, the province approves and takes back."""

import pytest
from django.utils import timezone
from numbers_called import public_contact

from campaigns.renderings.queued import own_sheets
from campaigns.renderings.sheets import SheetVersion
from campaigns.renderings.texts.passages import OpenPoint, Passage
from people.rights.reader import Reader
from people.roster.waiting import Desk
from people.times import today

pytestmark = pytest.mark.django_db


def address(it, name: str) -> str:
    return f"/in-an/xa/{it.tay_giang.pk}/{it.message.pk}/{name}/"


def queue_of(user):
    return own_sheets(Desk(Reader(user), today()))


def test_an_editor_comes_straight_to_her_commune_and_sees_every_format(
    approved, client_of, django_assert_max_num_queries
):
    client = client_of(approved.cast.editor)
    assert client.get("/in-an/")["Location"] == f"/in-an/xa/{approved.tay_giang.pk}/"
    with django_assert_max_num_queries(45):
        page = client.get(f"/in-an/xa/{approved.tay_giang.pk}/").content.decode()
    for label in ("Áp phích A4", "Tờ gấp 6 mặt", "Thẻ treo cửa", "Băng rôn", "Bài đọc trên loa"):
        assert label in page
    assert "chưa duyệt</span>" not in page
    assert client.get(f"/in-an/xa/{approved.tay_giang.pk}/?thong-diep=999999").status_code == 404


def test_she_prints_with_her_number_and_fetches_pdf_and_png(approved, client_of):
    contact = public_contact(number="0235 3796 200", unit=approved.units.tay_giang)
    client = client_of(approved.cast.editor)
    answer = client.post(address(approved, "the"), {"so": contact.pk})
    version = SheetVersion.objects.get()
    assert (version.contact_number, version.issued_by) == ("0235 3796 200", approved.cast.editor)
    assert answer["Location"] == f"/in-an/to/{version.sheet_id}/1/"
    assert client.get(answer["Location"]).status_code == 200
    pdf = client.get(f"{answer['Location']}to.pdf?le=1")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    png = client.get(f"{answer['Location']}2.png")
    assert (png["Content-Type"], png.content[1:4]) == ("image/png", b"PNG")
    assert client.get(f"{answer['Location']}3.png").status_code == 404
    # changed meanwhile: that version is not printed any more, and one click makes the next
    type(contact).objects.filter(pk=contact.pk).update(number="0235 3796 201")
    assert client.get(f"{answer['Location']}to.pdf").status_code == 422
    assert "In lại bản mới" in client.get(f"/in-an/xa/{approved.tay_giang.pk}/").content.decode()
    assert client.post(f"{answer['Location']}in-lai/")["Location"] == f"/in-an/to/{version.sheet_id}/2/"
    # nobody else's
    assert client_of(approved.cast.teacher).get(answer["Location"]).status_code == 403


def test_an_unapproved_sheet_says_which_texts_and_prints_stamped_only(printed, client_of):
    client = client_of(printed.cast.editor)
    page = client.get(address(printed, "a4")).content.decode()
    assert "BẢN NHÁP – CHƯA DUYỆT" in page
    assert "Dòng Hỏi" in page
    refused = client.post(address(printed, "a4"), {})
    assert refused.status_code == 422
    assert "chưa duyệt" in refused.content.decode()
    assert client.get(f"{address(printed, 'a4')}ban-nhap.pdf").content[:5] == b"%PDF-"
    assert not SheetVersion.objects.exists()
    assert client.get(address(printed, "khong-co")).status_code == 404


def test_what_does_not_fit_is_said_on_the_page(approved, client_of):
    Passage.objects.filter(slot="card.2").update(text="Giữ giấy tờ của mình. " * 60)
    client = client_of(approved.cast.editor)
    answer = client.post(address(approved, "the"), {})
    assert answer.status_code == 422
    assert "Chữ ở “Thẻ 2” dài quá nên không vừa tờ này" in answer.content.decode()


def test_the_province_settles_approves_and_corrects(printed, client_of):
    client = client_of(printed.cast.manager)
    point = OpenPoint.objects.first()
    page = f"/in-an/loi/{printed.message.pk}/"
    assert "† Giấy phép" in client.get(page).content.decode()
    bad = client.post(f"/in-an/loi/xac-nhan/{point.pk}/", {"answered_by": "Trưởng phòng", "answered_on": "mai"})
    assert bad.status_code == 422
    given = {"answered_by": "Trưởng phòng Việc làm", "answered_on": "01/06/2026", "paper": "Công văn 12"}
    future = client.post(f"/in-an/loi/xac-nhan/{point.pk}/", {**given, "answered_on": "01/06/2999"})
    assert future.status_code == 422
    assert client.post(f"/in-an/loi/xac-nhan/{point.pk}/", given)["Location"] == page
    row = point.passage
    shown = {f"thay-{row.pk}": row.written_at.isoformat(), "loi": row.pk}
    client.post(page, {**shown, f"thay-{row.pk}": timezone.now().isoformat()})
    assert not Passage.objects.get(pk=row.pk).is_approved
    client.post(page, shown)
    assert Passage.objects.get(pk=row.pk).is_approved
    called = client.post(f"/in-an/loi/sua/{row.pk}/", {"title": "HỎI", "text": "Hỏi 0905 123 456 nhé."})
    assert called.status_code == 422
    client.post(f"/in-an/loi/sua/{row.pk}/", {"title": "HỎI", "text": "Hỏi cho rõ."})
    assert (Passage.objects.get(pk=row.pk).text, Passage.objects.get(pk=row.pk).approved_at) == ("Hỏi cho rõ.", None)
    assert client_of(printed.cast.editor).get(page).status_code == 403


def test_the_province_takes_back_and_the_commune_ticks(approved, client_of):
    editor, manager = client_of(approved.cast.editor), client_of(approved.cast.manager)
    editor.post(address(approved, "a4"), {})
    version = SheetVersion.objects.get()
    assert manager.post("/in-an/rut/", {"message": approved.message.pk, "why": ""}).status_code == 422
    assert manager.post("/in-an/rut/", {"message": approved.message.pk, "why": "Lời đã sai."}).status_code == 302
    gallery = f"/in-an/xa/{approved.tay_giang.pk}/"
    assert [row.count for row in queue_of(approved.cast.editor)] == [1, 0]
    assert queue_of(approved.cast.learner) == []
    assert "Đã rút, hãy gỡ" in editor.get(gallery).content.decode()
    assert editor.post(f"{gallery}da-go/{version.pk}/").status_code == 302
    assert "Đã rút, hãy gỡ" not in editor.get(gallery).content.decode()
    assert "1/1 tờ" in manager.get("/in-an/rut/").content.decode()

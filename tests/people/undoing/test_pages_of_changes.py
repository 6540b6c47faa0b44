"""The pages of imports and bulk acts: what each did, what its undo would change, and the undo."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting

from outbox.draining import drain
from outbox.effects import Effect
from people.changes.change import BulkChange
from people.log.audit import Act, Entry
from people.persons.user import User
from people.postings.posting import Posting
from people.rights.roles import RoleKind, give
from people.roster.importing import prepare_roster
from people.undoing import carrying_out

PAGE = "/tai-khoan/thay-doi/"
HEADER = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
LINES = [f"N-{n},Người {n},n{n}@example.vn,,20455,Công chức,xac_minh,2025-07-01," for n in range(3)]

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(cast, tmp_path):
    return brought(tmp_path, *LINES)


def brought(tmp_path, *lines, **options):
    path = tmp_path / "roster.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    prepare_roster(path, timezone.now(), **options).carry_out()
    return BulkChange.objects.latest("pk")


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_an_import_is_listed_shown_row_by_row_told_first_and_then_undone(change, cast, client_of):
    client = client_of(cast.manager)
    assert "roster.csv" in words(client.get(PAGE))
    page = words(client.get(f"{PAGE}{change.pk}/"))
    assert "Xem trước hoàn tác cả 6 dòng" in page
    assert "Người 1" in page
    told = client.post(f"{PAGE}{change.pk}/", {"tat-ca": "1"}, follow=True)
    assert "Chưa có gì thay đổi" in words(told)
    assert "Hoàn tác 6 dòng" in words(told)
    assert Posting.objects.current().filter(person__staff_code__startswith="N-").count() == 3
    done = client.post(told.redirect_chain[-1][0], follow=True)
    assert "6 dòng trở lại như trước" in words(done)
    assert not Posting.objects.current().filter(person__staff_code__startswith="N-").exists()
    assert Entry.objects.get(act=Act.UNDID).by == cast.manager
    assert "Mọi dòng đã được hoàn tác" in words(client.get(f"{PAGE}{change.pk}/"))
    assert "Hoàn tác: Nhập danh sách cán bộ" in words(client.get(PAGE))


def test_a_posting_that_was_changed_is_told_as_it_was_and_as_it_is(change, cast, client_of, tmp_path):
    line = LINES[0].replace("xac_minh", "ho_tro_nan_nhan").rstrip(",") + ",2026-06-30"
    page = words(client_of(cast.manager).get(f"{PAGE}{brought(tmp_path, line).pk}/"))
    said = "Công chức, từ 01/07/2025, Xác minh, xác định nạn nhân → "
    assert re.search(said + "[^→<]*, từ 01/07/2025, đến 30/06/2026, Hỗ trợ nạn nhân", page)


def test_a_second_click_undoes_once(change, cast, client_of):
    client = client_of(cast.manager)
    told = client.post(f"{PAGE}{change.pk}/", {"tat-ca": "1"})["Location"]
    assert client.post(told)["Location"] == client.post(told)["Location"]
    assert BulkChange.objects.filter(undoes=change).count() == 1


def test_chosen_rows_go_back_and_the_others_stay(change, cast, client_of):
    client = client_of(cast.manager)
    row = change.rows.filter(kind="posting").first()
    told = client.post(f"{PAGE}{change.pk}/", {"dong": [row.pk], "chon": "1"}, follow=True)
    assert "1 dòng đã chọn" in words(told)
    client.post(told.redirect_chain[-1][0])
    assert Posting.objects.current().filter(person__staff_code__startswith="N-").count() == 2


@pytest.mark.parametrize("sent", [{}, {"chon": "1"}, {"dong": "x"}, {"dong": "9" * 40}])
def test_nothing_chosen_is_told_and_nothing_is_asked(change, cast, client_of, sent):
    response = client_of(cast.manager).post(f"{PAGE}{change.pk}/", sent)
    assert response.status_code == 422
    assert "Chưa chọn dòng nào" in words(response)
    assert not Effect.objects.filter(kind=carrying_out.CHECK).exists()


def test_a_row_of_another_change_is_not_undone_by_naming_it(change, cast, client_of, tmp_path):
    other = brought(tmp_path, "X-1,Người Khác,,,20455,,,2025-07-01,")
    told = client_of(cast.manager).post(f"{PAGE}{change.pk}/", {"dong": [other.rows.first().pk]}, follow=True)
    assert "Không còn dòng nào để hoàn tác" in words(told)


def test_rows_are_filtered_by_what_happened(change, cast, client_of):
    client = client_of(cast.manager)
    assert words(client.get(f"{PAGE}{change.pk}/?loai=person")).count('name="dong"') == 3
    assert words(client.get(f"{PAGE}{change.pk}/?viec=ended")).count('name="dong"') == 0
    assert words(client.get(f"{PAGE}{change.pk}/?loai=gì&viec=&tt=x")).count('name="dong"') == 6


def test_what_stays_is_listed_with_why(change, cast, client_of):
    client = client_of(cast.manager)
    User.objects.filter(staff_code="N-1").update(last_login=timezone.now())
    told = client.post(f"{PAGE}{change.pk}/", {"tat-ca": "1"}, follow=True)
    assert "đã đăng nhập hoặc đặt mật khẩu" in words(told)
    client.post(told.redirect_chain[-1][0])
    listed = words(client.get(f"{PAGE}{change.pk}/?tt=giu"))
    assert listed.count('name="dong"') == 1
    assert "đã đăng nhập hoặc đặt mật khẩu" in listed


def test_answers_to_the_questions_of_the_file_are_shown_to_who_sees_their_rows(cast, client_of, tmp_path, monkeypatch):
    make_person("Zơrâm Thị Na", "001")
    path, lines = tmp_path / "roster.csv", [f"{n},Người {n},,,20455,,,2025-07-01," for n in (1, 2, 3)]
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    call_command("import_roster", str(path), answer=["so_0_dau:2=nguoi_moi", "so_0_dau=bo_dong"], format="json")
    change = BulkChange.objects.latest("pk")
    change.answers = {
        **change.answers,
        "ten_khac": {"3": "ten_moi", "2.9": "ten_cu"},
        "cong_tac_nao": {"3": "2025-07-01"},
        "ma_viet_nhu_nhau": {"4": "00123"},
        "bo_tu_lau": {"*": "gi_do"},
    }
    change.save()
    said = words(client_of(cast.manager).get(f"{PAGE}{change.pk}/"))
    text = re.sub(r"<[^>]+>", "", said)
    assert "7 câu trả lời cho các câu hỏi của tệp" in text
    assert "Trả lời bằng --answer của lệnh nhập trên máy chủ." in text
    for line in (
        "khi Excel lưu mã như một con số, mọi dòng khác: Không nhập dòng này",
        "khi Excel lưu mã như một con số, dòng 2: Là người khác, mã khác",
        "Mã đã có, nhưng tên khác hẳn, dòng 9, trang tính thứ 2: Vẫn là người ấy, giữ tên cũ",
        "Dòng trùng ngày với nhiều công tác đã có, dòng 3: Là công tác từ ngày 01/07/2025",
        "Mã viết như mã của nhiều người đã có, dòng 4: Là mã 00123",
        "bo_tu_lau, mọi dòng khác: gi_do",
    ):
        assert line in text, line
    # who sees only some of the rows reads what was said of those and of all
    change.rows.exclude(line="2").update(unit=cast.units.thanh_my)
    change.rows.filter(line="2").update(unit=cast.units.tay_giang)
    monkeypatch.setattr("people.undoing.rights.import_reach", lambda user: {cast.units.tay_giang.pk})
    text = re.sub(r"<[^>]+>", "", words(client_of(cast.manager).get(f"{PAGE}{change.pk}/")))
    assert "dòng 2: Là người khác, mã khác" in text
    assert "mọi dòng khác: Không nhập dòng này" in text
    assert "dòng 3:" not in text
    assert "trang tính thứ 2" not in text
    BulkChange.objects.filter(pk=change.pk).update(by=cast.manager)
    text = re.sub(r"<[^>]+>", "", words(client_of(cast.manager).get(f"{PAGE}{change.pk}/")))
    assert f"{cast.manager.full_name} trả lời khi nhập." in text
    assert "dòng 3:" in text


def test_only_who_could_import_herself_sees_them(change, cast, client_of, units):
    head = make_person("Thủ trưởng", "H-1")
    give(head, RoleKind.UNIT_HEAD, units.tay_giang)
    for who in (cast.learner, cast.editor, cast.observer, cast.teacher, head):
        assert client_of(who).get(PAGE).status_code == 403, who
        assert client_of(who).get(f"{PAGE}{change.pk}/").status_code == 403, who
    local = make_person("Quản trị xã", "L-1")
    give(local, RoleKind.ADMINISTRATOR, units.tay_giang)
    assert client_of(local).get(PAGE).status_code == 403


def test_somebody_elses_look_is_nobodys_business(change, cast, client_of):
    told = client_of(cast.manager).post(f"{PAGE}{change.pk}/", {"tat-ca": "1"})["Location"]
    assert client_of(cast.administrator).get(told).status_code == 404
    assert client_of(cast.administrator).post(told).status_code == 404


def test_who_lost_the_role_between_look_and_undo_undoes_nothing(change, cast, client_of):
    client = client_of(cast.manager)
    told = client.post(f"{PAGE}{change.pk}/", {"tat-ca": "1"})["Location"]
    check = Effect.objects.get(kind=carrying_out.CHECK)
    cast.manager.roles.update(ended_at=timezone.now())
    assert client.post(told).status_code == 403
    row = carrying_out.confirm(check)
    assert "ngoài phạm vi" in row.error
    assert Posting.objects.current().filter(person__staff_code__startswith="N-").count() == 3


def test_rows_out_of_reach_are_neither_shown_nor_undone(change, cast, client_of, units, monkeypatch):
    make_posting(make_person("Ở Xa", "F-1"), units.thanh_my)
    monkeypatch.setattr("people.undoing.rights.import_reach", lambda user: {units.thanh_my.pk})
    client = client_of(cast.manager)
    assert "Không có dòng nào như vậy" in words(client.get(f"{PAGE}{change.pk}/"))
    told = client.post(f"{PAGE}{change.pk}/", {"dong": [change.rows.first().pk]}, follow=True)
    assert "Không còn dòng nào" in words(told)


def test_a_large_change_is_undone_in_the_background(change, cast, client_of, monkeypatch):
    monkeypatch.setattr(carrying_out, "ROWS_AT_ONCE", 2)
    client = client_of(cast.manager)
    told = client.post(f"{PAGE}{change.pk}/", {"tat-ca": "1"}, follow=True)
    assert "Đang chờ đến lượt" in words(told)
    drain()
    address = told.redirect_chain[-1][0]
    assert "Hoàn tác 6 dòng" in words(client.get(address))
    going = client.post(address, follow=True)
    assert "Đang hoàn tác" in words(going)
    drain()
    assert "6 dòng trở lại như trước" in words(client.get(going.redirect_chain[-1][0]))


def test_an_older_import_says_that_it_cannot_be_undone(cast, client_of):
    old = BulkChange.objects.create(kind="roster", name="cũ.xlsx", is_old=True)
    client = client_of(cast.manager)
    assert "không hoàn tác được" in words(client.get(PAGE))
    page = client.get(f"{PAGE}{old.pk}/")
    assert "không hoàn tác được" in words(page)
    client.post(f"{PAGE}{old.pk}/", {"tat-ca": "1"})
    assert not Effect.objects.filter(kind=carrying_out.CHECK).exists()


def test_the_same_queries_for_few_rows_and_for_many(cast, client_of, tmp_path):
    client = client_of(cast.manager)
    few = brought(tmp_path, *LINES)
    many = brought(tmp_path, *(f"M-{n},Người {n},,,20455,,,2025-07-01," for n in range(30)))
    counts = []
    for change in (few, many):
        client.get(f"{PAGE}{change.pk}/")
        with CaptureQueriesContext(connection) as caught:
            client.get(f"{PAGE}{change.pk}/")
        counts.append(len(caught))
    assert counts[0] == counts[1]
    with CaptureQueriesContext(connection) as listed:
        client.get(PAGE)
    assert len(listed) <= 12

"""What waits for somebody stands on her first page: its number, rows and act; nothing beyond her reach."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting
from sharing import shared

from courses.completions.completion import Completion
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from courses.standing.unheld import unheld
from people.merging import queued as merging_queued
from people.postings.posting import Posting
from people.rights.reader import Reader
from people.rights.roles import RoleKind, give
from people.roster import waiting
from people.roster.confirmations import confirm_roster
from people.roster.waiting import Desk, Waiting, waiting_for

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
COURSE = "nhan-dien-nan-nhan"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=1))
def province(units, cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    rebuild_all()
    return cast


def queue(user, day=date(2026, 11, 24)):
    return {str(one.title): one.count for one in waiting_for(Desk(Reader(user), day))}


def test_the_first_page_begins_with_what_waits_and_the_figures_stand_below(province, client_of):
    page = client_of(province.manager).get("/bao-cao/").content.decode()
    assert page.index("Việc cần làm") < page.index("cán bộ đã hoàn thành")
    assert 'href="/cms/"' in page
    assert "Đến hạn trong 30 ngày: 2" in page
    assert "Việc cần làm" not in client_of(province.manager).get(f"/bao-cao/{COURSE}/20455/").content.decode()


def test_each_number_is_that_of_the_list_behind_it(province, client_of):
    gone = make_person("Coor Thị Bốn", "TG-003")
    make_posting(gone, province.units.tay_giang, duties=())
    client = client_of(province.manager)
    for one in client.get("/bao-cao/").context["queue"]:
        if one.address.startswith("/bao-cao/can-bo/"):
            assert client.get(one.address).context["page"].paginator.count == one.count, one.title


def test_who_is_due_is_told_by_day(province):
    made = queue(province.manager)
    assert made["Đến hạn trong 60 ngày"] == made["Đến hạn trong 30 ngày"] == 2
    assert "Đến hạn trong 7 ngày" not in made
    assert queue(province.manager, date(2026, 12, 10))["Đến hạn trong 7 ngày"] == 2
    late = queue(province.manager, date(2026, 12, 16))
    assert late["Quá hạn hoặc hết hiệu lực"] == 2
    assert "Đến hạn trong 60 ngày" not in late


def test_rosters_wait_until_they_are_confirmed_and_again_when_they_change(province):
    before = queue(province.unit_head)["Đơn vị chưa xác nhận danh sách"]
    confirm_roster(province.units.tay_giang, province.unit_head, NOW)
    assert queue(province.unit_head)["Đơn vị chưa xác nhận danh sách"] == before - 1
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        make_posting(make_person("Mới", "TG-9"), province.units.tay_giang, at=timezone.now())
        assert queue(province.unit_head)["Danh sách đổi sau khi xác nhận"] == 1


def test_a_commune_where_nobody_holds_the_duty_is_named_beside_the_figure_too(province, client_of):
    found = unheld({province.units.da_nang.pk}, date(2026, 11, 24))
    assert {one.unit.code for one in found} == {"20458"}
    said = "1 xã, phường chưa có ai giữ nhiệm vụ"
    assert said not in client_of(province.manager).get(f"/bao-cao/{COURSE}/48/").content.decode()
    for person in (province.learner, province.other_learner):
        Completion.objects.create(person=person, course_key=COURSE, completed_on=date(2026, 11, 1), source="quiz")
    rebuild_all()
    assert said in client_of(province.manager).get(f"/bao-cao/{COURSE}/48/").content.decode()
    page = client_of(province.manager).get("/bao-cao/chua-co-nguoi/").content.decode()
    assert "Xã Avương" in page
    assert "/bao-cao/danh-sach/them/?don_vi=20458" in page
    make_posting(make_person("Người Avương", "AV-1"), province.units.avuong)
    assert unheld({province.units.da_nang.pk}, date(2026, 11, 24)) == []


def test_a_checked_file_waits_for_who_sent_it_until_it_is_applied(province, client_of):
    client = client_of(province.manager)
    head = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
    row = "TG-100,Arâl Thị Bước,,,20455,Công chức,ho_tro_nan_nhan,01/07/2025,"
    sent = SimpleUploadedFile("ds.csv", f"{head}\n{row}".encode())
    address = client.post("/bao-cao/danh-sach/", {"file": sent})["Location"]
    title = "Tệp danh sách đã kiểm tra, chờ nhập"
    assert queue(province.manager)[title] == 1
    assert title not in queue(province.administrator)
    client.post(address)
    assert title not in queue(province.manager)


def test_a_queue_tells_of_nobody_beyond_ones_reach(province):
    Posting.objects.filter(person=province.learner).update(end=date(2026, 10, 31))
    rebuild_all()
    other = make_person("Thủ Trưởng Khác", "AV-2")
    give(other, RoleKind.UNIT_HEAD, province.units.avuong)
    made = waiting_for(Desk(Reader(other), date(2026, 11, 24)))
    said = " ".join(f"{one.title} {[row.text for row in one.rows]}" for one in made)
    for name in ("Thạnh Mỹ", "Tây Giang", "Zơrâm"):
        assert name not in said
    assert "Đến hạn trong 30 ngày" not in said


def test_an_observer_has_figures_and_no_queue(province, client_of):
    assert "Việc cần làm" not in client_of(province.observer).get("/bao-cao/").content.decode()
    assert client_of(province.observer).get("/bao-cao/chua-co-nguoi/").status_code == 403


def test_an_empty_queue_says_so_and_what_comes_next(province, client_of):
    head = make_person("Ông Mới", "M-1")
    give(head, RoleKind.UNIT_HEAD, province.units.avuong)
    person = make_person("Người Avương", "AV-1", email="a@example.vn")
    person.last_login = NOW
    person.save()
    make_posting(person, province.units.avuong)
    confirm_roster(province.units.avuong, head, NOW)
    page = client_of(head).get("/bao-cao/").content.decode()
    assert "Hôm nay không có việc nào chờ." in page


def test_of_more_than_are_counted_it_is_said_that_they_are_more(province, client_of, monkeypatch):
    assert [Waiting("x", number, "").number for number in (1, 10_000, 10_001)] == ["1", "10000", "hơn 10000"]
    monkeypatch.setattr(waiting, "MOST", 1)
    monkeypatch.setattr("people.statements.kept._KEPT", {})
    assert "Đến hạn trong 30 ngày: hơn 1<" in client_of(province.manager).get("/bao-cao/").content.decode()


def test_among_very_many_people_likely_doubles_are_looked_for_by_who_opens_the_list(province, client_of, monkeypatch):
    title = "Hồ sơ có thể của cùng một người"
    monkeypatch.setattr(merging_queued, "MANY", 3)
    page = client_of(province.manager).get("/bao-cao/").content.decode()
    assert f"{title}</a>" in page
    assert f"{title}:" not in page
    assert title not in queue(province.unit_head)


def test_a_room_in_which_nothing_waits_for_anybody_is_not_asked(province, monkeypatch):
    """Of who leads training, ten rooms; that each is asked once something waits is in the tests of the rooms."""
    asked = []
    told = [
        one._replace(ask=lambda desk, one=one: asked.append(one.ask.__module__) or one.ask(desk))
        for one in waiting._SOURCES
    ]
    monkeypatch.setattr(waiting, "_SOURCES", told)
    queue(province.trainer)
    assert "courses.reports.roster.queued" in asked
    assert not [room for room in asked if room.startswith("courses.talk") or room.startswith("courses.classes")]


def test_under_cms_a_panel_leads_to_the_queue(province, client_of):
    assert 'href="/bao-cao/"' in client_of(province.manager).get("/cms/").content.decode()


# roles and reach; in which rooms anything waits; rosters and their names; files; duties and units; doubles by name and
# code; all other numbers in one. Heads and managers: three for plans. A room in which something waits asks for its rows
@pytest.mark.parametrize(("who", "most"), [("trainer", 11), ("unit_head", 11), ("manager", 16), ("administrator", 14)])
def test_a_queue_costs_the_same_queries_however_much_waits(province, who, most):
    def queries():
        with CaptureQueriesContext(connection) as spent:
            queue(getattr(province, who))
        return len(spent)

    queries()
    few = queries()
    for number in range(20):
        make_posting(make_person(f"Hôih Văn {number}", f"TG-9{number:02}"), province.units.tay_giang)
    rebuild_all()
    assert (queries(), few <= most) == (few, True), few

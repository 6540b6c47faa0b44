"""The list of everybody in one's reach: who is on it, what narrows it, what is shown of whom, and its files."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting, make_unit
from sharing import shared

from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from people.persons.user import User
from people.postings.posting import Posting
from people.rights.roles import RoleKind, give
from people.units.successions import rebuild_reach
from people.units.unit import Sector, UnitKind

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
TODAY = date(2026, 11, 24)
LONG_AGO = timezone.make_aware(datetime(2024, 1, 1))
LIST = "/bao-cao/can-bo/"
COURSE = "nhan-dien-nan-nhan"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=1))
def requirement(units):
    return seed_requirements(LONG_AGO)[0]


@shared(on=NOW - timedelta(minutes=1))
def province(requirement, cast):
    """Tây Giang: a learner, a policeman without duties who went, one to come; a police post below; Thạnh Mỹ: one."""
    units = cast.units
    post = make_unit("CA-01", "Công an xã Tây Giang", UnitKind.AGENCY, units.tay_giang, sector=Sector.POLICE)
    rebuild_reach()
    police = make_person("Bríu Văn Ba", "TG-002", phone="+84905000002")
    make_posting(police, post, duties=("xac_minh",), position="Đội trưởng")
    gone, coming = make_person("Coor Thị Bốn", "TG-003"), make_person("Arất Năm", "TG-004")
    make_posting(gone, units.tay_giang, end=date(2026, 1, 31))
    make_posting(coming, units.tay_giang, start=date(2026, 12, 1), duties=())
    cast.police, cast.gone, cast.coming = police, gone, coming
    User.objects.filter(pk=cast.learner.pk).update(last_login=NOW)
    rebuild_all()
    return cast


def codes(client, **asked):
    return [row.person.staff_code for row in client.get(LIST, asked).context["people"]]


def test_everybody_posted_in_reach_is_listed_by_given_name_whatever_their_duties(province, client_of):
    assert codes(client_of(province.trainer)) == ["TG-002", "TG-001"]  # Ba, Hà
    assert codes(client_of(province.manager)) == ["TG-002", "TG-001", "TM-001"]


def test_a_trainer_of_one_commune_finds_nobody_of_another_whatever_she_asks(province, client_of):
    client = client_of(province.trainer)
    for asked in ({"tim": "TM-001"}, {"tim": "TM-001", "cong_tac": "tat-ca"}, {"don_vi": "20695"}, {"tim": "nam"}):
        answer = client.get(LIST, asked)
        assert "TM-001" not in [row.person.staff_code for row in answer.context["people"]]
        assert "Zơrâm Văn Nam" not in answer.content.decode()
    assert client.get(LIST, {"don_vi": "20695"}).context["selection"].problems.keys() == {"don_vi"}
    assert client.get("/bao-cao/danh-sach/xuat.csv", {"don_vi": "20695"}).status_code == 400


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"tim": "briu van"}, ["TG-002"]),
        ({"tim": "0905 000 002"}, ["TG-002"]),
        ({"tim": "ha@example"}, ["TG-001"]),
        ({"nhiem_vu": "xac_minh"}, ["TG-002"]),
        ({"chuc_danh": "doi truong"}, ["TG-002"]),
        ({"nganh": "cong_an"}, ["TG-002"]),
        ({"don_vi": "20455"}, ["TG-002", "TG-001"]),
        ({"don_vi": "CA-01"}, ["TG-002"]),
        ({"don_vi": "xa thanh my"}, ["TM-001"]),
        ({"don_vi": "Xã Thạnh Mỹ (20695)"}, ["TM-001"]),
        ({"cong_tac": "da-thoi"}, ["TG-003"]),
        ({"cong_tac": "sap-den"}, ["TG-004"]),
        ({"ngay": "31/01/2026"}, ["TG-002", "TG-003", "TG-001", "TM-001"]),
        ({"yeu_cau": COURSE, "trang_thai": "not_started"}, ["TG-001", "TM-001"]),
        ({"yeu_cau": COURSE, "trang_thai": "30"}, ["TG-001", "TM-001"]),
        ({"yeu_cau": COURSE, "trang_thai": "7"}, []),
        ({"yeu_cau": COURSE, "trang_thai": "khong"}, ["TG-002"]),
        ({"trang_thai": "can-lam", "ngay": "16/12/2026"}, ["TG-001", "TM-001"]),
        ({"lien_he": "khong"}, ["TM-001"]),
        ({"dang_nhap": "chua"}, ["TG-002", "TM-001"]),
    ],
)
def test_the_list_is_narrowed_and_counted_alike(province, client_of, asked, expected, monkeypatch):
    client = client_of(province.manager)
    # the second time as where thousands are meant
    for few in (5000, 0):
        monkeypatch.setattr("courses.reports.roster.selection.FEW", few)
        page = client.get(LIST, asked)
        assert [row.person.staff_code for row in page.context["people"]] == expected
        assert page.context["page"].paginator.count == len(expected)


def test_everybody_includes_who_has_no_posting_for_the_province_alone(province, client_of):
    make_person("Tơ Ngôl Mười", "X-9")
    assert "X-9" in codes(client_of(province.manager), cong_tac="tat-ca")
    assert set(codes(client_of(province.unit_head), cong_tac="tat-ca")) == {"TG-001", "TG-002", "TG-003", "TG-004"}


def test_addresses_are_for_who_answers_for_the_person_today(province, client_of):
    """Who left for another commune is still found, without her telephone."""
    moved = make_person("Hiên Sáu", "TG-006", phone="+84905000006", email="sau@example.vn")
    make_posting(moved, province.units.tay_giang, end=date(2026, 6, 30))
    make_posting(moved, province.units.thanh_my, start=date(2026, 7, 1))
    for who, phone, email in [("trainer", "", ""), ("manager", "0905000006", "sau@example.vn")]:
        page = client_of(getattr(province, who)).get(LIST, {"ngay": "30/06/2026", "tim": "TG-006"})
        [row] = page.context["people"]
        assert (row.phone.replace(" ", ""), row.email) == (phone, email)
        file = client_of(getattr(province, who)).get("/bao-cao/danh-sach/xuat.csv?ngay=30/06/2026&tim=TG-006")
        [line] = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";")
        assert (line["Điện thoại"].lstrip("'"), line["Email"]) == (phone and "+84905000006", email)


def test_the_list_costs_the_same_queries_for_any_number_of_people(province, client_of):
    client = client_of(province.manager)

    def queries():
        with CaptureQueriesContext(connection) as spent:
            client.get(LIST, {"yeu_cau": COURSE})
        return len(spent)

    queries()
    few = queries()
    for number in range(20):
        make_posting(make_person(f"Hôih {number}", f"TG-9{number:02}"), province.units.tay_giang)
    assert queries() == few <= 18


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_narrowed_list_comes_back_as_a_file_without_a_change_or_a_note(province, client_of, kind):
    client = client_of(province.manager)
    before = set(Posting.objects.values_list("pk", "superseded_at"))
    for asked, rows in [("", 4), ("?don_vi=20455", 2), ("?cong_tac=da-thoi", 1), ("?cong_tac=sap-den", 1)]:
        file = client.get(f"/bao-cao/danh-sach/xuat.{kind}{asked}")
        sent = client.post("/bao-cao/danh-sach/", {"file": SimpleUploadedFile(f"ds.{kind}", file.content)})
        result = client.get(sent["Location"]).context["result"]
        assert (result["rejected"], result["notes"], result["questions"]) == ([], [], [])
        assert (result["created"], result["changed"], result["unchanged"]) == (0, 0, rows)
    assert set(Posting.objects.values_list("pk", "superseded_at")) == before


def test_who_may_not_see_people_has_no_list_and_no_file(province, client_of):
    for who in ("observer", "learner", "editor"):
        for address in (LIST, "/bao-cao/danh-sach/xuat.csv"):
            assert client_of(getattr(province, who)).get(address).status_code == 403


def test_an_empty_list_says_what_to_do(cast, client_of):
    head = make_person("Ông Mới", "M-1")
    give(head, RoleKind.UNIT_HEAD, cast.units.avuong)
    assert "chưa có ai công tác" in client_of(head).get(LIST).content.decode()
    assert "bỏ bớt một điều kiện" in client_of(head).get(LIST, {"tim": "khong ai"}).content.decode()

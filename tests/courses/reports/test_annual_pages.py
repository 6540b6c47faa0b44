"""`/bao-cao/nam/`: reports are made, fetched, looked up and made anew by who answers for the unit's people."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from reported import COURSE, NOW, completes, files_of, frozen_report, make_year, value
from sharing import shared

from courses.annual.freezing import refuse_while_importing
from courses.annual.patterns import ReportPattern
from courses.annual.periods import CutDay
from courses.annual.report import AnnualReport, ReportFile
from courses.reports.annual import jobs
from outbox.draining import run_at_once
from outbox.effects import Effect, EffectState
from people.changes.change import BulkChange
from people.guarding.insistence import Insistence
from people.log.audit import Act, Entry

LIST = "/bao-cao/nam/"


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW)
def year(units, cast):
    return make_year(units)


@shared(on=NOW)
def of_commune(units, year):
    return frozen_report(units.tay_giang)


@shared(on=NOW)
def of_province(units, year):
    return frozen_report(units.da_nang)


def asks(client, unit, **fields):
    return client.post(LIST, {"don_vi": unit.pk, "nam": "2026", "ky": "annual", "ngay": "", **fields})


def made(answer):
    """The report of the work that an answer leads to, which is done here."""
    run_at_once(Effect.objects.get(pk=int(re.search(r"/viec/(\d+)/", answer["location"])[1])))
    return AnnualReport.objects.order_by("-pk").first()


def test_a_trainer_comes_to_it_from_her_first_page(cast, year, client_of):
    page = client_of(cast.trainer).get("/bao-cao/", follow=True).content.decode()
    assert f'href="{LIST}"' in page
    assert "Báo cáo năm" in page


def test_a_head_makes_the_report_of_the_unit_and_fetches_each_file(cast, units, year, client_of):
    client = client_of(cast.unit_head)
    answer = asks(client, units.tay_giang)
    assert answer.status_code == 302
    report = made(answer)
    assert (report.unit, report.made_by, report.version) == (units.tay_giang, cast.unit_head, 1)
    page = client.get(client.get(answer["location"])["location"]).content.decode()
    for name, content in files_of(report).items():
        address = f"{LIST}{report.pk}/tep/{name}"
        assert address in page
        assert client.get(address).content == content
    assert report.digest in page


def test_asking_again_leads_to_the_frozen_one(cast, units, year, client_of, of_commune):
    report = of_commune
    answer = asks(client_of(cast.unit_head), units.tay_giang)
    assert answer["location"] == f"{LIST}{report.pk}/"
    assert not Effect.objects.filter(kind=jobs.ANNUAL).exists()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"nam": "2040"}, "14/12/2039"),
        ({"ky": "ad_hoc"}, "Hãy ghi ngày"),
        ({"ky": "ad_hoc", "ngay": "01/01/2025"}, "15/12/2025"),
        ({"ky": "ad_hoc", "ngay": "31/12/2026"}, "chưa đến"),
        ({"ky": "mid_year", "nam": "2027"}, "14/06/2027"),
        ({"nam": "hai nghìn"}, "Có chỗ cần sửa"),
    ],
)
def test_what_cannot_be_made_is_said_beside_the_field(cast, units, year, client_of, fields, says):
    answer = asks(client_of(cast.unit_head), units.tay_giang, **fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says.replace("14/12/2039", "15/12/2039") in page
    assert not Effect.objects.filter(kind=jobs.ANNUAL).exists()


def test_nobody_makes_one_of_another_unit(cast, units, year, client_of):
    assert asks(client_of(cast.unit_head), units.thanh_my).status_code == 422
    assert asks(client_of(cast.unit_head), units.da_nang).status_code == 422


def test_a_role_that_ended_meanwhile_makes_nothing(cast, units, year, client_of):
    answer = asks(client_of(cast.unit_head), units.tay_giang)
    cast.unit_head.roles.update(ended_at=NOW)
    assert made(answer) is None
    assert "không còn" in Effect.objects.get(kind=jobs.ANNUAL).error


def test_it_waits_for_an_import_that_is_being_written(cast, units, year, client_of):
    change = BulkChange.objects.create(kind="roster", name="a.xlsx", begun_at=NOW, last_at=NOW)
    answer = asks(client_of(cast.unit_head), units.tay_giang)
    assert made(answer) is None
    work = Effect.objects.get(kind=jobs.ANNUAL)
    assert work.state == EffectState.WAITING
    page = client_of(cast.unit_head).get(answer["location"]).content.decode()
    assert "Anh chị có thể rời trang" in page
    change.ended_at = NOW
    change.save()
    refuse_while_importing(NOW)


def test_a_new_version_says_why_and_what_changed(cast, units, year, client_of, of_commune):
    first = of_commune
    completes(year[2], NOW.date() - timedelta(days=30))
    client = client_of(cast.unit_head)
    answer = client.post(f"{LIST}{first.pk}/moi/", {"ly_do": "Bổ sung minh chứng", "sau": "1"})
    second = made(answer)
    assert (second.version, second.reason) == (2, "Bổ sung minh chứng")
    assert value(second, f"{COURSE}.hoan_thanh") == 2
    page = client.get(f"{LIST}{second.pk}/").content.decode()
    assert "Nhận diện nạn nhân bị mua bán: Đã hoàn thành: từ 1 thành 2" in page
    older = client.get(f"{LIST}{first.pk}/").content.decode()
    assert "phiên bản mới hơn" in older
    assert "Lập phiên bản mới" not in older


def test_a_second_attempt_of_the_same_work_makes_no_third_version(cast, units, year, client_of, of_commune):
    first = of_commune
    answer = client_of(cast.unit_head).post(f"{LIST}{first.pk}/moi/", {"ly_do": "Bổ sung", "sau": "1"})
    second = made(answer)
    Effect.objects.update(state=EffectState.WAITING, finished_at=None, attempts=0)
    assert made(answer) == second
    assert AnnualReport.objects.count() == 2


def test_a_new_version_without_a_reason_is_not_made(cast, units, year, client_of, of_commune):
    first = of_commune
    answer = client_of(cast.unit_head).post(f"{LIST}{first.pk}/moi/", {"ly_do": " ", "sau": "1"})
    assert answer.status_code == 422
    assert "Hãy ghi lý do" in answer.content.decode()


def test_a_reason_with_a_number_of_somebody_goes_through_the_guard(cast, units, year, client_of, of_commune):
    first = of_commune
    answer = client_of(cast.unit_head).post(f"{LIST}{first.pk}/moi/", {"ly_do": "Gọi 0905 123 456", "sau": "1"})
    assert answer.status_code == 422
    assert not Effect.objects.exists()
    assert not Insistence.objects.exists()


def test_a_number_is_looked_up_and_logged_for_its_person(cast, units, year, client_of, of_commune):
    report = of_commune
    number = report.people.get(person=year[0]).number
    page = client_of(cast.unit_head).get(f"{LIST}{report.pk}/?so={number}").content.decode()
    assert "Người Thứ 1" in page
    entry = Entry.objects.get(act=Act.SAW_PERSON)
    assert (entry.person, entry.by) == (year[0], cast.unit_head)
    assert "không có số" in client_of(cast.unit_head).get(f"{LIST}{report.pk}/?so=1").content.decode()


def test_files_with_rows_of_people_are_logged_and_the_report_itself_is_not(cast, units, year, client_of, of_commune):
    report = of_commune
    client = client_of(cast.unit_head)
    client.get(f"{LIST}{report.pk}/tep/bao-cao.pdf")
    logged = Entry.objects.filter(act=Act.EXPORTED_PEOPLE)
    assert not logged.exists()
    client.get(f"{LIST}{report.pk}/tep/can-bo.csv")
    client.get(f"{LIST}{report.pk}/tra-so.xlsx")
    assert [entry.detail for entry in logged.order_by("pk")] == ["csv", "annual"]


@pytest.mark.parametrize("who", ["unit_head", "trainer", "manager", "administrator"])
def test_who_answers_for_the_unit_sees_its_report(cast, units, year, client_of, who, of_commune):
    report = of_commune
    client = client_of(getattr(cast, who))
    assert client.get(f"{LIST}{report.pk}/").status_code == 200
    assert f"{LIST}{report.pk}/" in client.get(LIST).content.decode()


def test_a_report_of_the_province_is_for_the_province(cast, units, year, client_of, of_province):
    report = of_province
    addresses = ["", "tep/bao-cao.pdf", "tep/can-bo.csv", "tra-so.xlsx"]
    for address in addresses:
        assert client_of(cast.manager).get(f"{LIST}{report.pk}/{address}").status_code == 200
        assert client_of(cast.unit_head).get(f"{LIST}{report.pk}/{address}").status_code == 404
    assert client_of(cast.unit_head).post(f"{LIST}{report.pk}/moi/", {"ly_do": "x"}).status_code == 404
    assert f"{LIST}{report.pk}/" not in client_of(cast.unit_head).get(LIST).content.decode()


@pytest.mark.parametrize("who", ["observer", "learner", "editor", "teacher", "translator"])
def test_others_have_no_reports(cast, units, year, client_of, who, of_province):
    report = of_province
    client = client_of(getattr(cast, who))
    for address in ["", f"{report.pk}/", f"{report.pk}/tep/bao-cao.pdf", "mau/48/", "ngay-chot/"]:
        assert client.get(f"{LIST}{address}").status_code == 403, address


def copy_to(unit, report) -> None:
    """The same rows of another unit; drawing its papers is not what the list costs."""
    files = list(report.files.all())
    for row in (report, *files):
        row.pk, row._state.adding = None, True
    report.unit = unit
    report.save()
    for file in files:
        file.report = report
    ReportFile.objects.bulk_create(files)


def test_the_list_costs_the_same_however_many_there_are(
    cast, units, year, client_of, of_commune, django_assert_num_queries
):
    client = client_of(cast.manager)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for unit in (units.da_nang, units.avuong, units.thanh_my):
        copy_to(unit, of_commune)
    with django_assert_num_queries(len(one)):
        client.get(LIST)


# --- the pattern and the cut days


def pattern_fields(client, code):
    form = client.get(f"{LIST}mau/{code}/").context["form"]
    return {name: form.initial.get(name) or "" for name in form.fields}


def test_an_office_edits_its_wording_and_the_next_report_says_it(cast, units, year, client_of):
    client = client_of(cast.unit_head)
    fields = pattern_fields(client, "20455")
    assert "Ủy ban nhân dân thành phố Đà Nẵng" in fields["addressees"]
    fields |= {
        "wording": "# Kết quả\nXã ta có {tap_huan.phai} người.",
        "signing": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    }
    assert client.post(f"{LIST}mau/20455/", fields).status_code == 302
    report = frozen_report(units.tay_giang)
    # with the learner of the cast
    assert "Xã ta có 5 người." in report.data
    assert ReportPattern.objects.get().unit == units.tay_giang


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("wording", "Có {tap_huan.phia} người", "phia"),
        ("wording", "UBND huyện Tây Giang", "huyện"),
        ("addressees", "UBND huyện Tây Giang", "huyện"),
        ("subject", "Kết quả {tap_huan.phai}", "tap_huan.phai"),
        ("signing", "CHỦ TỊCH\nPHÓ CHỦ TỊCH", "TM."),
        ("mark", "bc/ubnd", "BC-SYT"),
    ],
)
def test_a_pattern_that_would_print_nonsense_is_not_saved_and_nothing_typed_is_lost(
    cast, year, client_of, name, text, says
):
    client = client_of(cast.unit_head)
    answer = client.post(f"{LIST}mau/20455/", pattern_fields(client, "20455") | {name: text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert text.splitlines()[0].replace("{", "{") in page
    assert not ReportPattern.objects.exists()


def test_a_pattern_of_another_unit_is_not_there(cast, year, client_of):
    assert client_of(cast.unit_head).get(f"{LIST}mau/20695/").status_code == 404


def test_the_province_sets_the_cut_days_and_nobody_else(cast, year, client_of):
    fields = {"nam_ngay": "30", "nam_thang": "11", "nua_ngay": "31", "nua_thang": "5"}
    assert client_of(cast.unit_head).post(f"{LIST}ngay-chot/", fields).status_code == 403
    assert client_of(cast.manager).post(f"{LIST}ngay-chot/", fields).status_code == 302
    assert set(CutDay.objects.values_list("kind", "month", "day")) == {("annual", 11, 30), ("mid_year", 5, 31)}


NO_CUT_DAYS = [
    {"nam_ngay": "31", "nam_thang": "11"},
    {"nua_ngay": "15", "nua_thang": "12"},
    {"nua_ngay": "29", "nua_thang": "2"},
]


@pytest.mark.parametrize("fields", NO_CUT_DAYS)
def test_a_day_that_is_not_in_each_year_is_no_cut_day(cast, year, client_of, fields):
    good = {"nam_ngay": "14", "nam_thang": "12", "nua_ngay": "14", "nua_thang": "6"}
    assert client_of(cast.manager).post(f"{LIST}ngay-chot/", good | fields).status_code == 422
    assert not CutDay.objects.exists()


def test_addresses_are_where_the_rest_of_the_reports_are():
    assert reverse("reports:annual") == LIST

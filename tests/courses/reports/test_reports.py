"""The trainer's page: the figure with its denominator, the way down to a person, and who may open what."""

import gzip
import html
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import LAST_OLD_DAY, OLD_MAP, make_person, make_posting, make_succession, make_unit
from sharing import shared

from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion
from courses.management.commands.coverage import sentence, share
from courses.progress.lessons import LessonSeen
from courses.reports.figures.pace import Silence, pace
from courses.reports.urls import urlpatterns
from courses.requirements.requirement import Excuse
from courses.standing.coverage import coverage
from courses.standing.daily_counts import daily_counts
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from pages.shell.surfaces import stylesheet
from people.persons.user import User
from people.postings.posting import Posting, RosterConfirmation
from people.rights import scope
from people.rights.reader import Reader
from people.rights.roles import FIGURE_KINDS, PEOPLE_KINDS, RoleKind, give
from people.roster.confirmations import confirm_roster
from people.units.successions import rebuild_reach
from people.units.unit import Unit, UnitVersion

COURSE = "nhan-dien-nan-nhan"
LONG_AGO = timezone.make_aware(datetime(2024, 1, 1))
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


# what the tests of a morning find was written by then
@shared(on=NOW - timedelta(minutes=1))
def requirement(units):
    return seed_requirements(LONG_AGO)[0]


@shared(on=NOW - timedelta(minutes=1))
def province(requirement, cast):
    """Tây Giang: one completed, one learning, one excused; Thạnh Mỹ: one who has not begun."""
    learning, excused = make_person("Bríu Văn Ba", "TG-002"), make_person("Coor Thị Bốn", "TG-003")
    make_posting(learning, cast.units.tay_giang, position="Công an xã")
    make_posting(excused, cast.units.tay_giang)
    completes(cast.learner, date(2026, 11, 1))
    LessonSeen.objects.create(
        person=learning, lesson_key="7a0d7f0e-0000-4000-8000-000000000001", course_key=COURSE, seen_at=NOW
    )
    Excuse.objects.create(person=excused, requirement=requirement, reason="Thai sản", start=date(2026, 9, 1))
    rebuild_all()
    return cast


def completes(person, on):
    return Completion.objects.create(
        person=person, course_key=COURSE, completed_on=on, source="import", recorded_at=LONG_AGO
    )


def text_of(response) -> str:
    """What somebody reads, without markup."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


# --- the figure


def test_the_page_says_n_of_n_with_the_denominator_explained(province, client_of):
    page = text_of(client_of(province.manager).get("/bao-cao/"))
    assert "1 trên 3" in page
    assert "33,3 %" in page
    assert "Tính đến hết ngày 24/11/2026" in page
    assert "Được miễn, không tính vào mẫu số 1" in page
    assert "4 người trong danh sách − 0 người không giữ nhiệm vụ này − 1 người được miễn = 3" in page
    assert "Mỗi lần hoàn thành có hiệu lực 24 tháng" in page


def test_the_numbers_on_the_page_are_those_of_coverage(province, client_of):
    response = client_of(province.manager).get(f"/bao-cao/{COURSE}/48/")
    assert response.context["figures"] == coverage(COURSE, unit="48").as_dict()
    figures_shown = {line["row"].code: line["row"].figures for line in response.context["lines"]}
    children = {child["unit"]["code"]: child for child in coverage(COURSE).as_dict()["children"]}
    assert all(children[code] == figures for code, figures in figures_shown.items())


def test_every_number_opens_down_to_its_people(province, client_of):
    client = client_of(province.manager)
    response = client.get("/bao-cao/")
    for part in response.context["key"]:
        if part["count"]:
            assert part["address"].endswith(f"trang_thai={part['css'] and _state(part)}")
            assert client.get(part["address"]).context["total"] == part["count"]
    assert client.get(response.context["everybody"]).context["total"] == 3
    assert client.get(response.context["excused"]).context["total"] == 1


def _state(part) -> str:
    return part["address"].rpartition("=")[2]


def test_a_reader_drills_from_the_province_to_a_person_and_up_again(province, client_of):
    client = client_of(province.manager)
    assert f'href="/bao-cao/{COURSE}/20455/"' in client.get("/bao-cao/").content.decode()
    commune = client.get(f"/bao-cao/{COURSE}/20455/")
    assert ("Thành phố Đà Nẵng", f"/bao-cao/{COURSE}/48/") in commune.context["trail"]
    assert [line.name for line in commune.context["people"]] == ["Bríu Văn Ba"]
    assert "Công an xã" in text_of(commune)
    assert "hạn 15/12/2026" in text_of(commune)
    assert client.get("/bao-cao/can-bo/TG-002/").status_code == 200


@pytest.mark.parametrize("who", ["trainer", "unit_head", "manager"])
def test_whoever_answers_for_people_finds_them_by_name(province, client_of, who):
    client = client_of(getattr(province, who))
    for typed in ("briu van ba", "BRÍU VĂN BA", "ba briu", "tg–002"):
        [row] = client.get("/bao-cao/can-bo/", {"tim": typed}).context["people"]
        assert row.person.staff_code == "TG-002"
        assert [(place.position, place.unit) for place in row.places] == [("Công an xã", "Xã Tây Giang")]
    # whatever their duties, and nobody of another commune
    teacher = make_person("Arâl Thị Năm", "TG-050", phone="+84905000050")
    make_posting(teacher, province.units.tay_giang, duties=[])
    assert "Arâl Thị Năm" in text_of(client.get("/bao-cao/can-bo/?tim=0905000050"))
    others = client.get("/bao-cao/can-bo/?tim=zoram").context["people"]
    assert [row.person.staff_code for row in others] == (["TM-001"] if who == "manager" else [])


def test_a_name_narrows_the_list_and_its_files_alike(province, client_of):
    client, address = client_of(province.manager), f"/bao-cao/{COURSE}/48/can-bo/"
    page = client.get(address, {"tim": "briu"})
    assert ([line.name for line in page.context["people"]], page.context["total"]) == (["Bríu Văn Ba"], 1)
    assert page.context["csv"].endswith("xuat.csv?tim=briu")
    assert "Bríu Văn Ba" in (exported := client.get(page.context["csv"]).content.decode())
    assert "Zơrâm" not in exported
    assert "Tìm trong mọi cán bộ" in text_of(client.get(address, {"tim": "coor"}))
    assert client.get(address, {"tim": "briu", "trang_thai": "completed"}).context["total"] == 0


def test_who_handed_in_too_fast_is_noted_in_the_list_as_of_a_day(province, client_of):
    client, address = client_of(province.manager), f"/bao-cao/{COURSE}/48/can-bo/?trang_thai=in_progress"
    person = User.objects.by_login("TG-002")
    at = {"started_at": NOW - timedelta(minutes=5), "submitted_at": NOW - timedelta(minutes=4)}
    result = {"score": 0, "max_score": 100, "passed": False, "too_fast": False, "rules": {}}
    slow = Attempt.objects.create(person=person, course_key=COURSE, quiz_key=uuid4(), number=1, **at, **result)
    assert "quá nhanh" not in text_of(client.get(address))
    Attempt.objects.filter(pk=slow.pk).update(too_fast=True)
    assert "quá nhanh" in text_of(client.get(address))
    yesterday = TODAY - timedelta(days=1)
    assert "quá nhanh" not in text_of(client.get(address, {"ngay": yesterday, "trang_thai": "not_started"}))


def test_a_bare_100_percent_needs_every_unit_to_have_confirmed(province, client_of):
    completes(make_person("Đinh Thị Năm", "AV-001"), date(2026, 1, 1))
    person = Completion.objects.latest("pk").person
    make_posting(person, province.units.avuong)
    rebuild_all()
    client = client_of(province.manager)
    assert "100 % danh sách chưa xác nhận" in text_of(client.get(f"/bao-cao/{COURSE}/20458/"))
    confirm_roster(province.units.avuong, province.manager, NOW)
    page = text_of(client.get(f"/bao-cao/{COURSE}/20458/"))
    assert "(100 %)" in page
    assert "Không còn ai" in page
    assert "đã đổi sau khi xác nhận" not in page


def test_no_bare_100_percent_stands_where_the_roster_changed_after_it_was_confirmed(province, client_of):
    people = [make_person(f"Đinh Thị {n}", f"AV-00{n}") for n in range(2)]
    for person in people:
        completes(person, date(2026, 1, 1))
        make_posting(person, province.units.avuong)
    confirm_roster(province.units.avuong, province.manager, NOW)
    Posting.objects.filter(person=people[0]).supersede(NOW + timedelta(seconds=1))
    rebuild_all()
    client = client_of(province.manager)
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        page = client.get(f"/bao-cao/{COURSE}/20458/")
        assert "(100 % danh sách đã đổi sau khi xác nhận)" in text_of(page)
        assert "Danh sách đã đổi sau khi xác nhận." in text_of(page)
        assert page.context["figures"]["unconfirmed_units"] == 0
        exported = client.get(f"/bao-cao/{COURSE}/20458/xuat.csv").content.decode("utf-8-sig")
        assert "danh sách đã đổi sau khi xác nhận: số đơn vị" in exported.splitlines()[0]
        assert "100 % danh sách đã đổi" in text_of(client.get(f"/bao-cao/{COURSE}/48/"))
        figure = coverage(COURSE, unit="20458")
        assert (figure.total.unconfirmed_units, figure.total.changed_units) == (0, 1)
        assert "100 % *" in share(figure.total)
        assert "Danh sách của 1 đơn vị đã đổi sau khi xác nhận." in sentence(figure.total)
        confirms(client, "20458")
        again = text_of(client.get(f"/bao-cao/{COURSE}/20458/"))
        assert "(100 %)" in again
        assert "đã đổi sau khi xác nhận" not in again


def test_a_unit_without_a_roster_says_why_and_what_next(province, client_of):
    page = text_of(client_of(province.manager).get(f"/bao-cao/{COURSE}/20458/"))
    assert "Chưa có danh sách" in page
    assert "Chưa tính được tỷ lệ" in page
    assert "Nhập danh sách cán bộ" in page


# --- days


def test_the_as_of_date_changes_the_figure_and_may_be_in_the_future(province, client_of):
    client = client_of(province.manager)
    assert "0 trên 4" in text_of(client.get(f"/bao-cao/{COURSE}/48/?ngay=2026-08-31"))
    future = client.get(f"/bao-cao/{COURSE}/48/?ngay=15/12/2028")
    assert future.context["figures"]["overdue"] == 2
    assert future.context["figures"]["expired"] == 1
    assert "Ngày này chưa đến" in text_of(future)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("ngay=hom-qua", "Ngày tính “hom-qua” không đọc được"),
        ("ngay=2026-02-30", "Ngày tính “2026-02-30” không đọc được"),
        ("ngay=1200-01-01", "Ngày tính “1200-01-01” không đọc được"),
        ("ngay=32/13", "Ngày tính “32/13” không đọc được"),
        ("ngay=abc", "Ngày tính “abc” không đọc được"),
        ("ngay=1950-01-01", "Ngày tính “1950-01-01” phải từ 01/01/2000"),
        ("dia_gioi=2026-01-01", "Địa giới không thể trước ngày tính"),
        ("biet_den=2030-01-01", "Ngày biết đến không thể sau hôm nay"),
    ],
)
def test_a_bad_date_is_reported_in_one_sentence_and_the_page_stays_usable(province, client_of, query, sentence):
    response = client_of(province.manager).get(f"/bao-cao/{COURSE}/48/?{query}")
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert "1 trên 3" in text_of(response)
    name, typed = query.split("=")
    page = response.content.decode()
    assert f'name="{name}" autocomplete="off" placeholder="ngày/tháng/năm" value="{typed}" aria-invalid="true"' in page
    assert re.search(rf'id="{name}-loi">{sentence.partition(" “")[0]}', page)


def test_unknown_filters_and_pages_do_no_harm(province, client_of):
    client = client_of(province.manager)
    for query in ("xep=drop", "trang=xx", "trang=-1", "trang=99"):
        assert client.get(f"/bao-cao/{COURSE}/48/?{query}").status_code == 200
    for query in ("trang_thai=x", "don_vi=x", "page=99", "page=x"):
        assert client.get(f"/bao-cao/{COURSE}/48/can-bo/?{query}").context["total"] == 3


def test_a_unit_that_is_not_on_the_map_of_the_day_leads_to_what_stood_there(province, client_of):
    client = client_of(province.manager)
    before = client.get("/bao-cao/?ngay=2025-01-31")
    assert f'href="/bao-cao/{COURSE}/49/?ngay=2025-01-31"' in before.content.decode()
    assert "Tỉnh Quảng Nam" in text_of(client.get(f"/bao-cao/{COURSE}/49/?ngay=2025-01-31"))
    after = client.get(f"/bao-cao/{COURSE}/49/")
    assert "không còn từ sau ngày 30/06/2025" in text_of(after)
    assert f'href="/bao-cao/{COURSE}/48/"' in after.content.decode()


def test_history_is_shown_on_todays_map(province, client_of):
    old = make_person("Arất Thị Lý", "BL-001")
    make_posting(old, province.units.bha_le, start=date(2024, 5, 1))
    rebuild_all()
    response = client_of(province.manager).get(f"/bao-cao/{COURSE}/48/?ngay=2025-01-31&dia_gioi=2026-11-24")
    rows = {line["row"].code: line["row"].figures["required"] for line in response.context["lines"]}
    assert rows["20458"] == 1


def test_people_of_a_unit_split_without_an_heir_are_reported_as_undivided(province, client_of):
    units = province.units
    old = make_unit("20999", "Xã Chia Đôi", parent=units.old_tay_giang, start=OLD_MAP, end=LAST_OLD_DAY)
    for new in (units.tay_giang, units.avuong):
        make_succession(old, new, heir=False)
    rebuild_reach()
    make_posting(make_person("Hồ Thị Chờ", "CD-001"), old, start=date(2025, 1, 1))
    rebuild_all()
    client = client_of(province.manager)
    page = text_of(client.get("/bao-cao/"))
    assert "Chưa phân: 1 người" in page
    assert "tạm tính tại Thành phố Đà Nẵng" in page
    people = text_of(client.get(f"/bao-cao/{COURSE}/48/can-bo/?don_vi=truc-thuoc"))
    assert "Hồ Thị Chờ" in people
    assert "Chưa phân" in people
    assert "Chưa phân:" not in text_of(client.get(f"/bao-cao/{COURSE}/20455/"))
    known = coverage(COURSE, known_on=date(2026, 11, 23))
    assert (known.undivided, coverage(COURSE).undivided) == (1, 1)


def test_a_recount_as_known_earlier_shows_figures_and_says_why_not_names(province, client_of):
    client = client_of(province.manager)
    response = client.get(f"/bao-cao/{COURSE}/48/?biet_den=2026-11-20")
    assert response.context["figures"]["known_on"] == "2026-11-20"
    people = client.get(f"/bao-cao/{COURSE}/48/can-bo/?biet_den=2026-11-20")
    assert "Tên người chỉ xem theo điều biết đến nay" in text_of(people)


def confirms(client, code, **fields):
    """Looks at the list and confirms it."""
    page = client.get(f"/bao-cao/xac-nhan/{code}/")
    mark = page.context["mark"] if page.status_code == 200 else ""
    return client.post(f"/bao-cao/xac-nhan/{code}/", {"danh_sach": mark, **fields})


# --- who may


ADDRESSES = {
    "/bao-cao/": "figures",
    f"/bao-cao/{COURSE}/20455/": "figures",
    f"/bao-cao/{COURSE}/20455/xuat.csv": "figures",
    f"/bao-cao/{COURSE}/20455/xuat.xlsx": "figures",
    f"/bao-cao/{COURSE}/20455/can-bo/": "people",
    f"/bao-cao/{COURSE}/20455/can-bo/xuat.csv": "people",
    f"/bao-cao/{COURSE}/20455/can-bo/xuat.xlsx": "people",
    "/bao-cao/can-bo/": "people",
    "/bao-cao/can-bo/TG-001/": "people",
    f"/bao-cao/{COURSE}/20695/": "other figures",
    f"/bao-cao/{COURSE}/20695/xuat.csv": "other figures",
    f"/bao-cao/{COURSE}/20695/can-bo/": "other people",
    "/bao-cao/can-bo/TM-001/": "other people",
    "/bao-cao/viec/": "works",
    "/bao-cao/danh-sach/": "upload",
    "/bao-cao/danh-sach/mau.csv": "upload",
    "/bao-cao/danh-sach/mau.xlsx": "upload",
    "/bao-cao/danh-sach/xuat.csv": "people",
    "/bao-cao/danh-sach/xuat.xlsx": "people",
}
EVERYTHING = dict.fromkeys(ADDRESSES.values(), 200)
NOTHING = dict.fromkeys(ADDRESSES.values(), 403)
OWN_COMMUNE = {
    "figures": 200,
    "people": 200,
    "works": 200,
    "other figures": 404,
    "other people": 404,
    "upload": 403,
}
ANSWERS = {
    "manager": EVERYTHING,
    "administrator": EVERYTHING,
    "trainer": OWN_COMMUNE,
    "unit_head": OWN_COMMUNE,
    "observer": {**EVERYTHING, "people": 403, "other people": 403, "upload": 403},
    **dict.fromkeys(["learner", "other_learner", "editor", "teacher", "translator", "stranger"], NOTHING),
    None: dict.fromkeys(ADDRESSES.values(), 302),
}


@pytest.mark.parametrize("who", ANSWERS)
def test_each_role_opens_what_it_may(province, client_of, who):
    client = client_of(getattr(province, who) if who else None)
    statuses = {address: client.get(address).status_code for address in ADDRESSES}
    assert statuses == {address: ANSWERS[who][what] for address, what in ADDRESSES.items()}


def test_no_address_of_the_reports_is_left_out_of_the_table():
    tried = {"home", "unit", "units_csv", "units_xlsx", "people", "people_csv", "people_xlsx", "person", "works"}
    tried |= {"roster", "template_csv", "template_xlsx", "roster_csv", "roster_xlsx", "find"}
    elsewhere = {"confirm", "roster_work", "work_file", "grant_attempt"}  # below, in test_roster_upload, test_grants
    elsewhere |= {"empty_unit"}  # in test_emptying_a_unit
    elsewhere |= {"certificates", "certificate_file", "issue_certificate"}  # in test_certificate_pages
    elsewhere |= {"revoke_certificate", "reissue_certificate"}
    elsewhere |= {"first_choices"}  # in test_tries
    elsewhere |= {"reliefs", "ask_relief", "decide_reliefs", "relief"}  # in test_reliefs
    elsewhere |= {"forgotten"}  # in test_still_known_figures
    elsewhere |= {"add_person", "correct_person", "act", "mend_posting"}  # in test_roster_acts
    elsewhere |= {"file", "file_work", "file_template_csv", "file_template_xlsx", "filed_paper"}  # in test_office_files
    elsewhere |= {"confirmed"}  # in test_roster_confirming
    elsewhere |= {"unheld"}  # in test_queue
    elsewhere |= {"public"}  # in test_public_page
    elsewhere |= {"saved", "saved_report"}  # in test_saved_reports
    elsewhere |= {"choose"}  # in test_chosen_people
    elsewhere |= {"slips_chosen", "invite_chosen", "excuse_chosen", "extend_chosen"}  # in test_acts_on_the_chosen
    elsewhere |= {"assign_chosen", "assigned"}  # in test_extra_courses
    elsewhere |= {"buddy_chosen", "buddies"}  # in test_buddies
    elsewhere |= {"annual", "annual_work", "annual_pattern", "annual_cut_days", "annual_report"}  # in test_annual_pages
    elsewhere |= {"annual_anew", "annual_numbers", "annual_file"}
    elsewhere |= {"movement", "movement_csv", "movement_xlsx", "movement_people"}  # in test_movement_pages
    elsewhere |= {"movement_people_csv", "movement_people_xlsx"}
    elsewhere |= {"together", "together_csv", "together_xlsx", "together_people"}  # in test_together_pages
    elsewhere |= {"together_people_csv", "together_people_xlsx"}
    assert {pattern.name for pattern in urlpatterns} == tried | elsewhere


def test_without_a_role_the_answer_says_whom_to_ask(province, client_of):
    response = client_of(province.stranger).get("/bao-cao/")
    assert response.status_code == 403
    assert "đề nghị người quản lý cấp tỉnh" in text_of(response)
    assert "Biên tập viên xã" in text_of(client_of(province.editor).get("/bao-cao/"))


def test_an_observer_reads_month_ends_and_no_name(province, client_of):
    """What of them, in tests/courses/month_ends."""
    page = client_of(province.observer).get("/bao-cao/")
    assert "Vai trò của anh chị xem số liệu công bố vào cuối mỗi tháng" in text_of(page)
    assert "1 trên 3" not in text_of(page)
    assert "Bríu Văn Ba" not in page.content.decode()
    assert "/can-bo/" not in page.content.decode()


def test_who_completed_in_a_class_is_not_said_not_to_have_learnt(province, client_of):
    client = client_of(province.manager)
    people = f"/bao-cao/{COURSE}/48/can-bo/?trang_thai="
    completed, waiting = text_of(client.get(f"{people}completed")), text_of(client.get(f"{people}not_started"))
    assert "Alăng Thị Hà" in completed
    assert "Chưa học" not in completed
    assert "Chưa học" in waiting


def test_an_observer_who_asks_for_names_is_led_back_to_the_figures(province, client_of):
    response = client_of(province.observer).get(f"/bao-cao/{COURSE}/48/can-bo/")
    assert response.status_code == 403
    assert 'href="/bao-cao/">Về trang tiến độ</a>' in response.content.decode()
    # figures she has already
    assert "Cần xem tiến độ" not in text_of(response)


def test_before_any_requirement_the_page_says_what_comes_first(cast, client_of):
    assert "Chưa có yêu cầu tập huấn nào" in text_of(client_of(cast.manager).get("/bao-cao/"))


def test_a_trainer_of_two_communes_goes_from_one_to_the_other(province, client_of):
    page = client_of(province.trainer).get("/bao-cao/")
    assert [root["name"] for root in page.context["roots"]] == ["Xã Avương", "Xã Tây Giang"]
    assert page.context["trail"] == []


def test_pages_about_people_stay_in_no_cache(province, client_of):
    client = client_of(province.manager)
    for address in ("/bao-cao/", f"/bao-cao/{COURSE}/20455/can-bo/", "/bao-cao/can-bo/TG-001/"):
        assert "no-store" in client.get(address)["Cache-Control"]
        assert client.head(address).status_code == 200


def test_unknown_requirements_and_units_are_not_found(province, client_of):
    client = client_of(province.manager)
    assert client.get("/bao-cao/khong-co/48/").status_code == 404
    assert client.get(f"/bao-cao/{COURSE}/99999/").status_code == 404
    assert client.get("/bao-cao/can-bo/KHONG-CO/").status_code == 404


def test_the_reader_follows_the_rules_of_scope(province):
    district = make_person("Người Huyện", "H-001")
    give(district, RoleKind.TRAINER, province.units.old_tay_giang)
    superuser = make_person("Siêu Quản Trị", "SU", is_superuser=True)
    closed = make_person("Đã Khóa", "OFF", is_active=False, is_superuser=True)
    give(closed, RoleKind.PROVINCE_MANAGER, province.units.da_nang)
    cast = [person for person in vars(province).values() if isinstance(person, User)]
    every = set(Unit.objects.values_list("pk", flat=True))
    for user in [*cast, district, superuser, closed]:
        reader = Reader(user)
        for kinds in (FIGURE_KINDS, PEOPLE_KINDS, scope.ROSTER_KINDS):
            assert {pk for pk in every if reader.may_see(pk, kinds)} == scope.reach_of(user, kinds), (user, kinds)
        assert {pk for pk in every if reader.may_confirm(pk)} == scope.reach_of(user, scope.ROSTER_KINDS), user
    assert scope.reach_of(superuser, FIGURE_KINDS) == every
    assert not Reader(closed).holds(FIGURE_KINDS)
    assert scope.reach_of(closed, FIGURE_KINDS) == set()


# --- confirming a roster


def test_the_unit_head_confirms_the_roster_and_takes_it_back(province, client_of):
    client = client_of(province.unit_head)
    assert "2 đơn vị chưa xác nhận" in text_of(client.get("/bao-cao/"))
    here = f"/bao-cao/{COURSE}/20455/"
    for _click in range(2):
        assert confirms(client, "20455", ve=here)["Location"] == here
    confirmation = RosterConfirmation.objects.get()
    assert (confirmation.on, confirmation.confirmed_by) == (TODAY, province.unit_head)
    page = text_of(client.get(here))
    assert "được xác nhận là đủ ngày 24/11/2026 , người xác nhận: Trần Văn Tâm" in page
    client.post("/bao-cao/xac-nhan/20455/", {"ve": here, "rut": confirmation.pk})
    confirmation.refresh_from_db()
    assert confirmation.superseded_at == NOW
    assert coverage(COURSE, unit="20455").total.unconfirmed_units == 2  # the commune and its school


def test_the_unconfirmed_units_are_all_named(province, client_of):
    """As many names as the number says: also the unit itself, though nobody posted there directly is required."""
    office = make_person("Ating Văn Năm", "DN-009")
    make_posting(office, province.units.da_nang, duties=())
    rebuild_all()
    page = client_of(province.manager).get("/bao-cao/")
    unconfirmed = (
        page.content.decode().partition("đơn vị chưa xác nhận đến ngày này</summary>")[2].partition("</details>")[0]
    )
    assert "Thành phố Đà Nẵng: cán bộ trực thuộc" in unconfirmed
    listed = sum(line["row"].figures["unconfirmed_units"] for line in page.context["unconfirmed"])
    assert listed == page.context["figures"]["unconfirmed_units"]


def test_a_unit_without_others_below_says_that_its_own_roster_is_unconfirmed(province, client_of):
    page = text_of(client_of(province.manager).get(f"/bao-cao/{COURSE}/20695/"))
    assert "Danh sách của đơn vị này chưa được xác nhận" in page
    assert "Mọi đơn vị ở đây đã xác nhận" not in page


@pytest.mark.parametrize(
    ("who", "code", "status"),
    [
        ("trainer", "20455", 302),
        ("manager", "20455", 302),
        ("trainer", "20695", 404),
        ("observer", "20455", 403),
        ("learner", "20455", 403),
        (None, "20455", 302),
    ],
)
def test_who_may_confirm_a_roster(province, client_of, who, code, status):
    response = confirms(client_of(getattr(province, who) if who else None), code)
    assert response.status_code == status
    assert RosterConfirmation.objects.exists() == (who in ("trainer", "manager") and status == 302)


def test_confirming_needs_a_post_and_never_leads_away(province, client_of):
    client = client_of(province.manager)
    assert client.get("/bao-cao/xac-nhan/20455/").status_code == 200
    assert not RosterConfirmation.objects.exists()
    response = confirms(client, "20455", ve="https://example.com/")
    assert response["Location"] == "/bao-cao/"
    assert client.post("/bao-cao/xac-nhan/20455/", {"rut": "x"}).status_code == 404


# --- pace


def test_the_pace_says_what_is_needed_and_when_it_will_be_done():
    history = {TODAY - timedelta(days=30): 222}
    statuses = pace(460, 312, TODAY, date(2026, 12, 16), history, TODAY)
    assert (statuses.remaining, statuses.days_left, statuses.needed, statuses.gained, statuses.a_day) == (
        148,
        22,
        7,
        90,
        3,
    )
    assert statuses.forecast == date(2027, 1, 13)
    assert statuses.in_time is False


@pytest.mark.parametrize(
    ("completed", "before", "as_of", "silence"),
    [
        (460, 400, TODAY, Silence.DONE),
        (312, None, TODAY, Silence.SHORT),
        (312, 311, TODAY, Silence.FEW),
        (312, 320, TODAY, Silence.FEW),
        (312, 300, TODAY + timedelta(days=1), Silence.FUTURE),
        (312, 300, TODAY - timedelta(days=1), Silence.PAST),
    ],
)
def test_no_forecast_is_made_where_it_would_not_be_honest(completed, before, as_of, silence):
    history = {} if before is None else {as_of - timedelta(days=30): before}
    statuses = pace(460, completed, as_of, date(2026, 12, 15), history, TODAY)
    assert (statuses.forecast, statuses.silence) == (None, silence)


def gaining(gained, remaining, deadline=None):
    history = {TODAY - timedelta(days=30): 500 - gained}
    return pace(500 + remaining, 500, TODAY, deadline, history, TODAY)


@pytest.mark.parametrize(
    ("gained", "remaining", "days", "silence"),
    [
        (2, 1, None, Silence.FEW),
        (3, 1, 10, None),
        (30, 730, 730, None),
        (30, 731, None, Silence.FAR),
        (15, 365, 730, None),
        (15, 366, None, Silence.FAR),
    ],
)
def test_a_forecast_is_made_from_three_people_on_and_up_to_two_years_ahead(gained, remaining, days, silence):
    found = gaining(gained, remaining)
    assert found.silence == silence
    assert found.forecast_days == days
    assert found.forecast == (TODAY + timedelta(days=days) if days else None)


@pytest.mark.parametrize(("days_left", "in_time"), [(9, False), (10, True), (11, True)])
def test_done_on_the_day_of_the_deadline_is_done_in_time(days_left, in_time):
    found = gaining(30, 10, TODAY + timedelta(days=days_left))
    assert (found.forecast_days, found.days_left, found.in_time) == (10, days_left, in_time)


@pytest.mark.parametrize(("days_left", "needed"), [(-1, None), (0, None), (1, 10), (3, 4), (10, 1), (11, 1)])
def test_what_is_needed_a_day_is_rounded_up_and_said_before_the_deadline_only(days_left, needed):
    found = gaining(30, 10, TODAY + timedelta(days=days_left))
    assert (found.days_left, found.needed) == (days_left, needed)
    assert gaining(30, 0, TODAY + timedelta(days=days_left)).needed is None


def test_without_a_deadline_or_a_forecast_nothing_is_said_to_be_in_time():
    assert gaining(30, 10).days_left is gaining(30, 10).needed is gaining(30, 10).in_time is None
    assert gaining(2, 10, TODAY).in_time is gaining(2, 10, TODAY).forecast_days is None


@pytest.mark.parametrize(("gained", "a_day"), [(-20, None), (0, None), (29, None), (30, 1), (59, 1), (60, 2)])
def test_less_than_one_a_day_is_not_called_a_pace(gained, a_day):
    assert gaining(gained, 10).a_day == a_day


def test_the_trend_is_a_chart_and_a_table(province, client_of):
    daily_counts(NOW)
    page = client_of(province.manager).get("/bao-cao/").content.decode()
    assert '<path class="actual"' in page
    assert "Số liệu từng tuần" in page
    assert "Còn 2 người, 21 ngày đến hạn 15/12/2026: cứ 10 ngày cần thêm một người." in html.unescape(page)


# --- cost


def crowd(units, size):
    """`size` people over the communes, some done, some in two units."""
    places = [units.tay_giang, units.avuong, units.thanh_my]
    for number in range(size):
        person = make_person(f"Người Số {number:03}", f"N-{size}-{number}")
        make_posting(person, places[number % 3])
        if number % 3 == 0:
            completes(person, date(2026, 10, 1))
        if number % 7 == 0:
            make_posting(person, places[(number + 1) % 3], position="Kiêm nhiệm")
    rebuild_all()


@pytest.mark.parametrize(
    "address",
    [
        f"/bao-cao/{COURSE}/20455/",
        f"/bao-cao/{COURSE}/48/?ngay=2026-10-15",
        f"/bao-cao/{COURSE}/49/?ngay=2025-01-31",
        f"/bao-cao/{COURSE}/48/?ngay=2026-10-15&dia_gioi=2026-11-24",
        f"/bao-cao/{COURSE}/48/can-bo/",
        f"/bao-cao/{COURSE}/48/can-bo/?tim=nguoi",
        "/bao-cao/can-bo/?tim=nguoi",
    ],
)
def test_a_page_costs_at_most_16_queries_whatever_the_number_of_people(province, client_of, address):
    """Session, person, roles, rules, reach, the last day that is counted, places, standings, unconfirmed, confirmation,
    roster, trend; then of the people shown the list, completions, postings, last activity."""
    client, counts = client_of(province.manager), []
    for size in (30, 300):
        crowd(province.units, size)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_among_very_many_the_roster_behind_the_number_is_counted_for_who_asks(province, client_of, monkeypatch):
    monkeypatch.setattr("courses.reports.figures.unit_page.MANY", 0)
    page = client_of(province.manager).get(f"/bao-cao/{COURSE}/48/").content.decode()
    assert "người trong danh sách −" not in page
    [address] = re.findall(rf'href="(/bao-cao/{COURSE}/48/\?cach_tinh=1)#cach-tinh"', page)
    page = client_of(province.manager).get(address).content.decode()
    assert "người trong danh sách −" in page
    assert '<details class="report-how" id="cach-tinh" open>' in page


def test_rosters_that_changed_after_they_were_confirmed_cost_three_queries(province, client_of):
    """At /bao-cao/ the rosters of a commune in which everybody completed, what was recorded since and where it counts;
    on a commune's page its own."""
    crowd(province.units, 30)
    people = [make_person(f"Đinh Thị {n}", f"AV-00{n}") for n in range(2)]
    new = make_unit("20999", "Xã Sông Kôn", parent=province.units.da_nang)
    rebuild_reach()
    for person in people:
        completes(person, date(2026, 1, 1))
        make_posting(person, new)
    for unit in (new, province.units.tay_giang, province.units.da_nang):
        confirm_roster(unit, province.manager, NOW)
    Posting.objects.filter(person=people[0]).supersede(NOW + timedelta(seconds=1))
    Posting.objects.filter(unit=province.units.tay_giang).supersede(NOW + timedelta(seconds=1))
    make_posting(people[1], province.units.tay_giang, position="Phó ban", at=NOW + timedelta(seconds=1))
    make_posting(make_person("Người Chưa Học", "TG-9"), province.units.tay_giang)
    rebuild_all()
    client = client_of(province.manager)
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        # the first page begins with what waits, which test_queue counts by itself: two queries for what
        # is asked of trainers, three for plans
        for address, changed, most in (
            ("/bao-cao/", "danh sách đã đổi", 36),
            (f"/bao-cao/{COURSE}/20455/", "Danh sách đã đổi", 19),
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                page = client.get(address)
            assert changed in text_of(page)
            assert len(queries) <= most


def test_the_provinces_page_weighs_at_most_30_kilobytes(province, client_of):
    for number in range(94):
        unit = make_unit(f"2{number:04}", f"Xã Thượng Nguồn Sông {number:02}", parent=province.units.da_nang)
        make_posting(make_person(f"Nguyễn Thị Hương {number}", f"W-{number}"), unit)
    rebuild_reach()
    rebuild_all()
    page = client_of(province.manager).get("/bao-cao/").content
    assert page.count(b'class="tile ') == 97
    scripts = b"".join(Path(path).read_bytes() for path in _scripts(page))
    weight = sum(len(gzip.compress(part)) for part in (page, stylesheet("data").encode(), scripts))
    assert weight <= 30 * 1024
    assert len(re.findall(rb'<(?:script src|link rel="(?:stylesheet|icon|manifest)")', page)) <= 5


def _scripts(page: bytes) -> list[str]:
    return [finders.find(src.decode()) for src in re.findall(rb'<script[^>]* src="/static/([^"]+)"', page)]


def test_a_code_that_was_believed_another_units_on_a_past_day_opens_that_unit_to_nobody(province, client_of):
    units, last = province.units, date(2025, 12, 31)
    elsewhere = make_unit("777", "Xã Xưa", parent=units.da_nang, end=last)
    elsewhere.versions.update(valid_to=None, superseded_at=NOW)
    UnitVersion.objects.create(
        unit=elsewhere,
        name=elsewhere.name,
        kind=elsewhere.kind,
        parent=units.da_nang,
        valid_to=last,
        sector=elsewhere.sector,
        recorded_at=NOW,
    )
    make_succession(elsewhere, units.thanh_my, on=date(2026, 1, 1))
    here = make_unit("777", "Trạm Nay", parent=units.tay_giang, start=date(2026, 1, 1))
    here.versions.update(recorded_at=NOW)
    rebuild_reach()
    client = client_of(province.trainer)
    address = f"/bao-cao/{COURSE}/777/"
    assert "Trạm Nay" in text_of(client.get(address))
    assert client.get(address, {"biet_den": "2026-11-10"}).status_code == 404
    assert client.get(address + "xuat.csv", {"biet_den": "2026-11-10"}).status_code == 404

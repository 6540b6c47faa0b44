"""A lesson is written down once, as the school's activity; corrections are entries; schools are counted."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from factories import make_person, make_unit
from openpyxl import load_workbook
from sharing import shared

from campaigns.activities.made import writing as activities
from campaigns.activities.made.activity import Activity, ActivityState
from campaigns.activities.made.rules import Mark
from campaigns.schools.approvals import PackApproval
from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.log.classes import confirm_classes
from campaigns.schools.log.coverage import Window, coverage
from campaigns.schools.log.lesson_log import ClassCount, LessonLog
from campaigns.schools.log.years import first_day, in_words, last_day, school_year_of
from campaigns.schools.series import follows, next_of, series_of
from campaigns.starter.lessons import create_schools
from pages.home.page import create_home
from people.rights.roles import RoleKind, give
from people.times import today
from people.units.levels import levels_of
from people.units.successions import rebuild_reach
from people.units.unit import UnitKind

HOME, WRITE, SCHOOL, COVERED = (
    f"/truong-hoc/{name}/" for name in ("nhat-ky", "nhat-ky/ghi", "nhat-ky/truong", "bao-phu")
)
AS_DATA = {"headers": {"accept": "application/json"}}
# session, user, roles (2), schools in reach, the schools' places, levels, classes, mergers, entries, packs, menu
COVERAGE_QUERIES = 26


@shared
def packs():
    create_schools(create_home(), lambda line: None)
    return {page.slug: page for page in SchoolLessonPage.objects.all()}


@pytest.fixture
def manager(cast):
    person = make_person("Đỗ Quang Vinh", "TH-1", email="vinh@example.vn")
    give(person, RoleKind.SCHOOL_MANAGER, cast.units.school)
    return person


@pytest.fixture
def typed(packs):
    def fields(**more):
        return {
            "number": str(uuid4()),
            "pack": str(packs["lop-6-9"].translation_key),
            "on": f"{today():%d/%m/%Y}",
            "grade": "6",
            "class_name": "6A",
            "girls": "16",
            "boys": "14",
            "languages": ["vi", "ktv"],
            "went": "tot",
            "improve": "Thẻ B1 chữ nhỏ.",
            **more,
        }

    return fields


# --- pure rules


def test_the_school_year_is_named_by_its_autumn():
    assert [school_year_of(date(2026, month, 1)) for month in (7, 8, 12)] == [2025, 2026, 2026]
    assert (first_day(2026), last_day(2026), in_words(2026)) == (date(2026, 8, 1), date(2027, 7, 31), "2026–2027")


def test_the_series_of_the_year_and_what_comes_next(packs):
    every = list(packs.values())
    assert [page.slug for page in series_of(every, "10-12")] == ["lop-10-12", "viec-qua-dien-thoai"]
    assert follows(every, packs["lop-10-12"]).slug == "viec-qua-dien-thoai"
    assert follows(every, packs["lop-4-5"]) is None
    taught = {packs["lop-10-12"].translation_key}
    assert [page.slug for page in next_of(every, taught, date(2026, 11, 20), {"10-12"})] == ["viec-qua-dien-thoai"]
    assert next_of(every, set(), date(2026, 10, 1), ())[0].slug == "lop-6-9"


# --- writing


def test_a_lesson_is_the_schools_activity_and_not_entered_again(typed, cast, client_of):
    client = client_of(cast.teacher)
    assert "Năm học này chưa ghi bài nào" in client.get(HOME).content.decode()
    assert client.post(WRITE, typed()).url == HOME
    row, activity = LessonLog.objects.get(), Activity.objects.get()
    assert (row.school, row.grade, row.approved, row.taught_by) == (cast.units.school, 6, False, cast.teacher)
    assert (activity.people, activity.women, activity.minors, activity.state) == (30, 16, 30, ActivityState.SENT)
    assert (activity.unit, activity.commune, activity.held_in) == (cast.units.school, cast.units.tay_giang, "ktv vi")
    shown = client.get(HOME).content.decode()
    assert "Lời mời này có thật không?" in shown
    assert "lớp 6A" in shown


def test_what_is_sent_again_is_kept_once_and_another_text_under_its_number_is_refused(typed, cast, client_of):
    client, sent = client_of(cast.teacher), typed()
    first = client.post(WRITE, sent, **AS_DATA)
    assert first.json()["kept"] == sent["number"]
    assert client.post(WRITE, sent, **AS_DATA).json() == first.json()
    other = client.post(WRITE, {**sent, "girls": "17"}, **AS_DATA)
    assert (other.status_code, LessonLog.objects.count(), Activity.objects.count()) == (409, 1, 1)
    stranger = make_person("Lê Văn Ba", "TH-2")
    give(stranger, RoleKind.TEACHER, cast.units.school)
    assert client_of(stranger).post(WRITE, sent, **AS_DATA).status_code == 409


def test_what_cannot_be_kept_says_why_and_keeps_nothing(typed, cast, client_of):
    client = client_of(cast.teacher)
    for wrong, said in (
        ({"girls": "16", "boys": ""}, "Ghi cả hai số"),
        ({"girls": "0", "boys": "0"}, "Không có em nào dự"),
        ({"class_name": "Nguyễn"}, "Ghi tên lớp ngắn"),
        ({"on": f"{today() + timedelta(days=1):%d/%m/%Y}"}, ""),
        ({"improve": "Gọi mẹ em 0905 123 456"}, ""),
    ):
        answer = client.post(WRITE, typed(**wrong), **AS_DATA)
        assert answer.status_code == 422
        assert said in answer.json()["error"]
    assert not LessonLog.objects.exists()


def test_no_number_under_five_is_kept_of_a_small_class(typed, cast, client_of):
    client_of(cast.teacher).post(WRITE, typed(girls="3", boys="1"))
    activity = Activity.objects.get()
    assert (activity.people, activity.people_mark, activity.women) == (None, Mark.SMALL, None)
    client_of(cast.teacher).post(WRITE, typed(girls="", boys=""))
    assert Activity.objects.latest("pk").people_mark == Mark.UNKNOWN


def test_whether_it_was_approved_is_asked_of_the_day_on_which_it_was_taught(packs, typed, cast, client_of):
    page = packs["lop-6-9"]
    PackApproval.objects.create(pack=page.translation_key)
    client = client_of(cast.teacher)
    client.post(WRITE, typed())
    client.post(WRITE, typed(on=f"{today() - timedelta(days=3):%d/%m/%Y}"))
    assert list(LessonLog.objects.order_by("on").values_list("approved", flat=True)) == [False, True]


def test_a_correction_is_an_entry_of_its_own(typed, cast, client_of):
    client = client_of(cast.teacher)
    client.post(WRITE, typed())
    before = LessonLog.objects.get()
    address = f"{HOME}{before.pk}/sua/"
    assert "Sửa bản ghi" in client.get(address).content.decode()
    sent = typed(girls="20", boys="14")
    assert client.post(address, sent).url == HOME
    assert client.post(address, sent, **AS_DATA).json()["kept"] == sent["number"]
    now = LessonLog.objects.standing().get()
    assert (now.corrects, now.activity_key) == (before, before.activity_key)
    assert Activity.objects.open().get().people == 34
    # what was corrected already is corrected no more
    assert client.post(address, typed()).url == HOME
    assert LessonLog.objects.count() == 2
    client.post(f"{HOME}{now.pk}/rut/", {"reason": "Hôm ấy nghỉ mưa."})
    assert not LessonLog.objects.standing().exists()
    assert not Activity.objects.current().exists()


def test_a_manager_writes_for_her_teachers_and_nobody_for_another_school(typed, manager, cast, client_of):
    client = client_of(manager)
    assert "Ai dạy" in client.get(WRITE).content.decode()
    client.post(WRITE, typed(taught_by=str(cast.teacher.pk)))
    row = LessonLog.objects.get()
    assert (row.taught_by, row.written_by) == (cast.teacher, manager)
    assert "Lời mời này có thật không?" in client_of(cast.teacher).get(HOME).content.decode()
    elsewhere = make_unit("THCS-02", "Trường khác", UnitKind.SCHOOL, cast.units.thanh_my)
    rebuild_reach()
    client_of(cast.teacher).post(WRITE, typed(school=str(elsewhere.pk)))
    assert not LessonLog.objects.filter(school=elsewhere).exists()
    stranger = make_person("Lê Văn Ba", "TH-2")
    give(stranger, RoleKind.TEACHER, elsewhere)
    assert client_of(stranger).get(f"{HOME}{row.pk}/sua/").status_code == 404
    for other in (cast.learner, cast.editor, cast.manager):
        assert client_of(other).get(WRITE).status_code == 403


# --- schools


def test_a_school_that_did_not_say_its_classes_is_not_one_without(typed, manager, cast, client_of):
    client = client_of(manager)
    assert "Trường chưa xác nhận số lớp" in client.get(SCHOOL).content.decode()
    assert client.post(SCHOOL, {"number": "x"}).status_code == 422
    client.post(SCHOOL, {"number": "8", "truong": str(cast.units.school.pk)})
    client.post(SCHOOL, {"number": "9", "truong": str(cast.units.school.pk)})
    assert ClassCount.objects.current().get().number == 9
    assert "9 lớp" in client.get(SCHOOL).content.decode()
    assert client_of(cast.teacher).get(SCHOOL).status_code == 403


def test_coverage_counts_schools_and_says_what_it_does_not_know(typed, manager, cast, client_of):
    other = make_unit("TH-09", "Trường Tiểu học Thạnh Mỹ", UnitKind.SCHOOL, cast.units.thanh_my)
    rebuild_reach()
    client_of(cast.teacher).post(WRITE, typed())
    activity = Activity.objects.get()
    confirm_classes(manager, cast.units.school, school_year_of(today()), 8, activity.recorded_at)
    window = Window(school_year_of(today()), today())
    found = coverage(window, None)
    assert (found.schools, found.with_lessons, found.lessons, found.verified) == (2, 1, 1, 0)
    assert (found.classes, found.unconfirmed, [row.pk for row in found.silent]) == (8, 1, [other.pk])
    assert found.by_grade() == [(6, 1)]
    assert dict(found.by_language()) == {"vi": 1, "ktv": 1}
    assert ("Xã Tây Giang", 1, 1, 1) in found.by_commune()
    activities.verify(manager, activity.key, activity.pk, activity.recorded_at)
    assert coverage(window, None).verified == 1
    activities.withdraw(manager, activity.key, "Nhầm ngày", activity.recorded_at)
    assert coverage(window, None).lessons == 0
    assert coverage(Window(window.year - 1, today()), None).lessons == 0


def test_everybody_sees_the_schools_of_her_own_reach(typed, manager, cast, client_of, django_assert_max_num_queries):
    make_unit("TH-09", "Trường Tiểu học Thạnh Mỹ", UnitKind.SCHOOL, cast.units.thanh_my)
    rebuild_reach()
    client_of(cast.teacher).post(WRITE, typed())
    own = client_of(manager).get(COVERED).content.decode()
    assert "Trường THCS Tây Giang" in own
    assert "Thạnh Mỹ" not in own
    province = client_of(cast.manager)
    assert "Trường Tiểu học Thạnh Mỹ" in province.get(COVERED).content.decode()
    for one in (cast.teacher, cast.learner, cast.editor):
        assert client_of(one).get(COVERED).status_code == 403
    client_of(cast.teacher).post(WRITE, typed())
    with django_assert_max_num_queries(COVERAGE_QUERIES):
        province.get(COVERED)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("5/10/2026", 'value="05/10/2026"'),
        ("ngày 5 tháng 10 năm 2026", 'value="05/10/2026"'),
        ("2026-10-05", 'value="05/10/2026"'),
        ("mai kia", "Không đọc được ngày “mai kia”"),
        ("mai kia", 'value="mai kia"'),
        ("5/10/2020", "Năm học này từ 01/08/2026 đến 31/07/2027"),
    ],
)
def test_the_last_day_of_the_coverage_is_read_as_people_write_it(cast, client_of, day, shown):
    assert shown in client_of(cast.manager).get(COVERED, {"nam": "2026", "den": day}).content.decode()


def test_the_coverage_is_carried_away_as_a_file(typed, cast, client_of):
    client_of(cast.teacher).post(WRITE, typed())
    client = client_of(cast.manager)
    rows = list(load_workbook(BytesIO(client.get(f"{COVERED}bang.xlsx").content)).active.values)
    assert any(row[1] == "Trường THCS Tây Giang" and row[5] == 1 for row in rows)
    csv = client.get(f"{COVERED}bang.csv").content.decode()
    assert "Trường THCS Tây Giang" in csv
    assert cast.teacher.full_name not in csv


def test_levels_come_with_a_table_of_units(units, tmp_path):
    table = tmp_path / "truong.csv"
    head = "ma,ten,loai,nganh,ma_cha,tu_ngay,den_ngay,cap_hoc\n"
    parent = units.tay_giang
    line = f"TH-77,Trường Liên cấp,truong,giao_duc,{parent.code},{parent.valid_from},,%s\n"
    for said, stored in (("thcs|tieu_hoc", "tieu_hoc thcs"), ("", "tieu_hoc thcs"), ("thpt", "thpt")):
        table.write_text(head + line % said, encoding="utf-8")
        call_command("import_units", str(table), verbosity=0)
        assert list(levels_of().values()) == [stored]
    table.write_text(head + line % "mam_non", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import_units", str(table), "--strict", verbosity=0)
    assert list(levels_of().values()) == ["thpt"]

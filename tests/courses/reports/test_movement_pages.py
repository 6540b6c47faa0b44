"""Two days of a figure: the page that joins them, the people behind each number and who recorded it, files, rights."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import LAST_OLD_DAY, LONG_AGO, REFORM, make_person, make_posting, make_relief
from sharing import shared

from courses.completions.completion import Completion, void
from courses.month_ends.publishing import publish
from courses.movements.bridge import bridge
from courses.movements.causes import Cause
from courses.reports.movements.drawing import LEFT, waterfall
from courses.requirements.requirement import RequirementRule
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from people.changes.change import ChangedRow, Deed, Journal, Origin
from people.log.audit import Act, Entry

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
FIRST, BETWEEN = date(2026, 10, 1), date(2026, 10, 20)
DAYS = f"tu={FIRST}&ngay=2026-11-20"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=1))
def province(cast):
    """In Tây Giang one came by an import of the manager's, one left, one was excused, one completed; a void."""
    requirement, units = seed_requirements(LONG_AGO)[0], cast.units
    people = {name: make_person(f"Người {name}", f"BD-{name}") for name in ("came", "left", "excused", "void")}
    came = make_posting(people["came"], units.tay_giang, start=BETWEEN, position="Công chức văn hóa")
    journal = Journal.begin("roster", NOW, Origin("danh-sach.csv", by=cast.manager))
    journal.keep([ChangedRow(kind="posting", what=Deed.CREATED, new=came.pk, person=people["came"])], NOW)
    journal.finish(NOW)
    make_posting(people["left"], units.tay_giang, end=BETWEEN)
    make_posting(people["excused"], units.tay_giang)
    make_posting(people["void"], units.tay_giang)
    make_relief(cast, people["excused"], requirement, "excuse", BETWEEN, date(2027, 1, 1))
    completes(cast.learner, BETWEEN, source="quiz")
    void(completes(people["void"], date(2026, 9, 1)), BETWEEN, "Làm hộ", cast.manager, NOW)
    rebuild_all(now=NOW)
    cast.people = people
    return cast


def completes(person, on, source="import"):
    return Completion.objects.create(
        person=person, course_key=COURSE, completed_on=on, source=source, recorded_at=LONG_AGO
    )


def page(client, code="20455", rest="", days=DAYS):
    return client.get(f"/bao-cao/{COURSE}/{code}/bien-dong/{rest}?{days}")


def test_the_page_joins_both_figures_and_every_number_opens_to_its_people(province, client_of):
    client = client_of(province.manager)
    response = page(client)
    told = {str(row["label"]): [number.text for number in row["numbers"]] for row in response.context["rows"]}
    assert told == {
        "Đến": ["+1", "", "", ""],
        "Đi": ["", "−1", "", ""],
        "Bắt đầu miễn": ["", "−1", "", ""],
        "Hoàn thành": ["", "", "+1", ""],
        "Bị hủy": ["", "", "", "−1"],
    }
    for row in response.context["rows"]:
        for number in row["numbers"]:
            if number.text:
                assert client.get(number.address).context["total"] == int(number.text[1:])
    for row in response.context["state_rows"]:
        for _label, number in row["steps"]:
            assert client.get(number.address).context["total"] == int(number.text[1:])
    assert [(one["figure"].completed, one["figure"].required) for one in response.context["ends"]] == [(1, 4), (1, 3)]
    for one in response.context["ends"]:
        assert client.get(one["completed"]).context["total"] == one["figure"].completed


def test_each_row_says_what_happened_and_who_recorded_it(province, client_of):
    rows = page(client_of(province.manager), rest="can-bo/").context["page"].object_list
    told = {row.staff_code: (row.cause, row.words, row.by) for row in rows}
    manager, head = province.manager.full_name, province.unit_head.full_name
    assert told == {
        "BD-came": ("Đến", "Công chức văn hóa, Xã Tây Giang, từ ngày 20/10/2026", f"{manager} (Nhập danh sách cán bộ)"),
        "BD-left": ("Đi", "Công chức, Xã Tây Giang, đến hết ngày 20/10/2026", "ghi từ trước khi có nhật ký"),
        "BD-excused": (
            "Bắt đầu miễn",
            "Miễn từ 20/10/2026 đến hết 01/01/2027",
            f"{manager} đồng ý, {head} đề nghị",
        ),
        "TG-001": (
            "Hoàn thành",
            "Hoàn thành ngày 20/10/2026, Bài kiểm tra trên hệ thống; hiệu lực đến hết 19/10/2028",
            "chính người học",
        ),
        "BD-void": ("Bị hủy", "Lần hoàn thành ngày 01/09/2026 bị hủy từ ngày 20/10/2026", manager),
    }


def test_a_reform_says_which_unit_became_which(province, client_of):
    person = make_person("Người lăng", "BD-lang")
    make_posting(person, province.units.lang, start=date(2025, 1, 1))
    rebuild_all(now=NOW)
    days = f"tu={LAST_OLD_DAY}&ngay={REFORM}"
    response = page(client_of(province.manager), rest="can-bo/", days=f"{days}&ly_do=sap-xep")
    (row,) = response.context["page"].object_list
    assert row.words == "Xã Lăng thành Xã Tây Giang từ ngày 01/07/2025 (1659/NQ-UBTVQH15)"
    assert "Ngày ấy chưa có đơn vị này" in page(client_of(province.manager), days=days).content.decode()


def test_a_new_rule_names_its_day(province, client_of):
    RequirementRule.objects.filter(requirement__key=COURSE).update(effective_from=BETWEEN)
    rebuild_all(now=NOW)
    rows = page(client_of(province.manager), rest="can-bo/", days=f"{DAYS}&ly_do=quy-dinh").context["page"].object_list
    assert {row.words for row in rows} == {"Quy định áp dụng từ ngày 20/10/2026"}


def test_as_known_before_anything_was_recorded_nothing_changed(province, client_of):
    client = client_of(province.manager)
    Completion.objects.update(recorded_at=NOW)
    rows = page(client, rest="can-bo/", days=f"{DAYS}&biet_den=2026-11-01").context["page"].object_list
    assert {row.cause for row in rows} == {"Đến", "Đi", "Bắt đầu miễn"}


def test_the_rows_ask_the_same_queries_for_any_number_of_people(province, client_of):
    client = client_of(province.manager)
    page(client, rest="can-bo/")
    with CaptureQueriesContext(connection) as few:
        page(client, rest="can-bo/")
    for _ in range(20):
        make_posting(make_person(), province.units.tay_giang, start=BETWEEN)
        completes(make_person(), BETWEEN)
    rebuild_all(now=NOW)
    with CaptureQueriesContext(connection) as many:
        page(client, rest="can-bo/")
    assert len(many) == len(few)
    assert len(many) < 60


def test_the_file_adds_up_as_the_page_does(province, client_of):
    response = page(client_of(province.manager), rest="xuat.csv", days=f"{DAYS}&phan_cach=phay")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["Lý do"] for row in rows] == [
        *("Ngày đầu", "Đến", "Đi", "Bắt đầu miễn", "Hoàn thành", "Bị hủy", "Ngày cuối"),
    ]
    for name in [column[:-2] for column in rows[0] if column.endswith(" +")]:
        plus = sum(int(row[f"{name} +"] or 0) for row in rows[:-1])
        minus = sum(int((row[f"{name} −"] or "0").lstrip("'")) for row in rows[:-1])
        assert plus - minus == int(rows[-1][f"{name} +"]), name


def test_the_people_of_a_number_are_a_file_and_the_log_has_it(province, client_of):
    response = page(client_of(province.manager), rest="can-bo/xuat.csv", days=f"{DAYS}&ly_do=den&phan_cach=phay")
    (row,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert (row["Mã cán bộ"], row["Lý do"], row["Ngày đầu"]) == ("BD-came", "Đến", "không tính ở đây")
    entry = Entry.objects.latest("pk")
    assert (entry.act, entry.count, entry.by) == (Act.EXPORTED_PEOPLE, 1, province.manager)
    assert page(client_of(province.manager), rest="can-bo/xuat.xlsx").status_code == 200
    assert page(client_of(province.manager), rest="xuat.xlsx").status_code == 200


def test_a_first_day_after_the_last_is_said_and_a_file_is_refused(province, client_of):
    client = client_of(province.manager)
    wrong = "tu=2026-11-23&ngay=2026-11-20"
    assert "phải là một ngày trước 20/11/2026" in page(client, days=wrong).content.decode()
    assert page(client, rest="xuat.csv", days=wrong).status_code == 400
    assert page(client, days="tu=h&ngay=2026-11-20").status_code == 200


def test_another_commune_is_nobody_s_here(province, client_of):
    client = client_of(province.trainer)
    for rest in ("", "xuat.csv", "xuat.xlsx", "can-bo/", "can-bo/xuat.csv", "can-bo/xuat.xlsx"):
        assert page(client, code="20455", rest=rest).status_code == 200
        assert page(client, code="20695", rest=rest).status_code == 404
        assert page(client, code="48", rest=rest).status_code == 404


def test_where_somebody_went_is_not_told_to_who_answers_for_the_old_unit(province, client_of):
    make_posting(province.people["left"], province.units.thanh_my, start=BETWEEN + timedelta(days=1))
    rebuild_all(now=NOW)
    body = page(client_of(province.trainer), rest="can-bo/").content.decode()
    assert "Người left" in body
    assert "Thạnh Mỹ" not in body


def test_who_may_not_see_names_reads_two_month_ends_and_no_cause(province, client_of):
    for number in range(6):
        make_posting(make_person(), province.units.avuong, start=BETWEEN if number else REFORM)
    rebuild_all(now=NOW)
    publish(NOW)
    client = client_of(province.observer)
    response = page(client, code="48", days="tu=2026-10-05&ngay=2026-11-20")
    body = response.content.decode()
    assert "30/09/2026" in body
    assert "31/10/2026" in body
    first = response.context["rows"][0]
    assert (first["label"], first["first"], first["last"], first["signed"]) == ("Phải hoàn thành", 6, 10, "+4")
    assert "Bị hủy" not in body
    assert page(client, code="48", rest="can-bo/").status_code == 403
    assert page(client, code="48", rest="xuat.csv").status_code == 403


def test_the_drawing_begins_at_nothing_unless_both_days_are_far_from_it():
    turned = {(Cause.CAME, (None, "overdue")): 3, (Cause.LEFT, ("overdue", None)): 2}
    small = waterfall(bridge({"overdue": 4}, {"overdue": 5}, turned), {"overdue"}, "a", "b")
    assert [bar.number for bar in small.bars] == ["4", "+3", "−2", "5"]
    assert small.begins == 0
    large = waterfall(bridge({"overdue": 400}, {"overdue": 401}, turned), {"overdue"}, "a", "b")
    assert large.begins == 399
    assert all(bar.x >= LEFT for bar in (*small.bars, *large.bars))
    assert waterfall(bridge({}, {}, {}), {"overdue"}, "a", "b") is None
    # nothing to see close by where nothing changed
    assert waterfall(bridge({"overdue": 400}, {"overdue": 400}, {}), {"overdue"}, "a", "b").begins == 0

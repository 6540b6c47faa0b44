"""Several requirements in one figure on screen and as files: numbers that open, groups, who may read it."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import LONG_AGO, make_person, make_posting
from sharing import shared

from courses.completions.completion import Completion
from courses.month_ends.publishing import publish
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from people.log.audit import Act, Entry
from people.roster.confirmations import confirm_roster

ONE, OTHER = "nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=1))
def province(cast):
    seed_requirements(LONG_AGO)
    make_posting(make_person("Bríu Văn Ba", "GOP-1"), cast.units.tay_giang, position="Giáo viên")
    for person, course in [(cast.learner, ONE), (cast.learner, OTHER), (cast.other_learner, ONE)]:
        Completion.objects.create(
            person=person, course_key=course, completed_on=date(2026, 9, 1), source="import", recorded_at=LONG_AGO
        )
    rebuild_all(now=NOW)
    return cast


def page(client, code="48", rest="", asked=""):
    return client.get(f"/bao-cao/{ONE}/{code}/gop/{rest}?{asked}")


def test_everybody_counts_once_and_each_number_opens_to_its_people(province, client_of):
    client = client_of(province.manager)
    response = page(client)
    body = response.content.decode()
    assert '<p class="big">1 ' in body
    assert "33,3 %" in body
    alone = [(one["completed"], one["required"]) for one in response.context["alone"]]
    assert sorted(alone) == [(1, 3), (2, 3)]
    for part in response.context["key"]:
        if part["count"]:
            assert client.get(part["address"]).context["total"] == part["count"]
    assert client.get(response.context["everybody"]).context["total"] == 3
    for by in ("don-vi", "nhiem-vu", "khoa-hoc", "nganh", "chuc-danh"):
        lines = page(client, asked=f"theo={by}").context["lines"]
        assert lines
        for row, opened, cells in lines:
            assert client.get(opened["people"]).context["total"] == row.counts.required
            for cell in cells:
                if cell["number"]:
                    assert client.get(cell["address"]).context["total"] == cell["number"], by


def test_a_unit_below_has_the_same_page(province, client_of):
    client = client_of(province.manager)
    below = {row.key: opened["below"] for row, opened, _cells in page(client).context["lines"]}
    assert client.get(below["20455"]).context["counts"].required == 2


def test_the_requirements_are_chosen_and_stay_chosen_in_every_link(province, client_of):
    client = client_of(province.manager)
    response = page(client, asked=f"voi={ONE}")
    assert [one.key for one in response.context["several"].chosen] == [ONE]
    assert response.context["counts"].all == 2
    again = client.get(response.context["dimensions"][3]["address"])
    assert again.context["counts"].all == 2


def test_a_row_says_where_somebody_stands_towards_each_requirement(province, client_of):
    rows = page(client_of(province.manager), rest="can-bo/", asked="muc=mot-phan").context["page"].object_list
    (row,) = rows
    assert (row.name, row.unit) == ("Zơrâm Văn Nam", "Xã Thạnh Mỹ")
    assert {one.state for one in row.standings} == {"Đã hoàn thành", "Chưa bắt đầu"}


def test_a_bare_100_stands_only_where_every_roster_is_confirmed_as_it_is(province, client_of):
    Completion.objects.create(
        person=province.other_learner, course_key=OTHER, completed_on=date(2026, 9, 1), source="import"
    )
    rebuild_all(now=NOW)
    client, unit = client_of(province.manager), province.units.thanh_my
    assert page(client, code="20695").context["percent"] == "100 % danh sách chưa xác nhận"
    confirm_roster(unit, province.manager, NOW)
    assert page(client, code="20695").context["percent"] == "100 %"
    lines = page(client).context["lines"]
    assert {row.name: row.percent for row, *_rest in lines}["Xã Thạnh Mỹ"] == "100 %"
    later = NOW + timedelta(minutes=1)
    make_posting(make_person(), unit, duties=(), start=date(2026, 11, 1), at=later)
    with time_machine.travel(later + timedelta(minutes=1), tick=False):
        assert page(client, code="20695").context["percent"] == "100 % danh sách đã đổi sau khi xác nhận"


def test_the_files_are_those_of_the_page(province, client_of):
    client = client_of(province.manager)
    response = page(client, rest="xuat.csv", asked="theo=nganh&phan_cach=phay")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["Nhóm"], row["Phải hoàn thành"], row["Hoàn thành mọi yêu cầu"]) for row in rows] == [
        ("Tổng", "3", "1"),
        ("Chính quyền", "3", "1"),
    ]
    people = page(client, rest="can-bo/xuat.csv", asked="muc=chua&phan_cach=phay")
    (row,) = csv.DictReader(io.StringIO(people.content.decode("utf-8-sig")))
    assert row["Mã cán bộ"] == "GOP-1"
    assert Entry.objects.latest("pk").act == Act.EXPORTED_PEOPLE
    assert page(client, rest="xuat.csv", asked="ngay=h").status_code == 400


def test_another_commune_is_nobody_s_here(province, client_of):
    client = client_of(province.trainer)
    for rest in ("", "xuat.csv", "xuat.xlsx", "can-bo/", "can-bo/xuat.csv", "can-bo/xuat.xlsx"):
        assert page(client, code="20455", rest=rest).status_code == 200
        assert page(client, code="20695", rest=rest).status_code == 404


def test_who_may_not_see_names_is_led_to_each_requirement_s_month_ends(province, client_of):
    publish(NOW)
    client = client_of(province.observer)
    response = page(client)
    assert "Không nêu con số gộp" in response.content.decode()
    assert [client.get(address).status_code for _name, address in response.context["ways"]] == [200, 200]
    assert page(client, rest="can-bo/").status_code == 403
    assert page(client, rest="xuat.csv").status_code == 403

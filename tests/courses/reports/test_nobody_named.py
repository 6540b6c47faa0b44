"""A target is not met by naming no one: beside every 100 % stand the communes where nobody holds the duty."""

import csv
import html
import io
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import LAST_OLD_DAY, LONG_AGO, make_person, make_posting
from sharing import shared

from courses.completions.completion import Completion
from courses.management.commands.coverage import sentence, share
from courses.month_ends.reading import UnitMonth
from courses.reports.query.wording import UnitRow, empty_words, percent_words, unheld_words
from courses.standing.coverage import Figure, coverage
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from people.postings.posting import Posting
from people.roster.confirmations import confirm_roster
from people.units.unit import Unit

ONE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
SAID = "1 xã, phường chưa có ai giữ nhiệm vụ"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=1))
def province(cast):
    """Everybody completed both requirements and every roster is confirmed; in Avương nobody holds the duty."""
    seed_requirements(LONG_AGO)
    for person in (cast.learner, cast.other_learner):
        for course in (ONE, "ho-tro-tam-ly-ban-dau"):
            Completion.objects.create(
                person=person, course_key=course, completed_on=date(2026, 9, 1), source="import", recorded_at=LONG_AGO
            )
    rebuild_all(now=NOW)
    for unit in Unit.objects.on(date(2026, 11, 24)):
        confirm_roster(unit, cast.manager, NOW - timedelta(minutes=1))
    return cast


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode())))


def test_words_stand_beside_100_percent_alone():
    full = {"percent": 100.0, "required": 3, "completed": 3, "excused": 0, "unconfirmed_units": 0}
    assert percent_words(full, 0, unheld_words(2)) == "100 %, 2 xã, phường chưa có ai giữ nhiệm vụ"
    assert (
        percent_words({**full, "unconfirmed_units": 1}, 0, unheld_words(1)) == f"100 % danh sách chưa xác nhận, {SAID}"
    )
    assert percent_words({**full, "excused": 1}, 0, empty_words(1)) == (
        "100 % (miễn 1), 1 xã, phường không có ai phải hoàn thành"
    )
    assert percent_words({**full, "percent": 66.6, "completed": 2}, 0, unheld_words(1)) == "66,6 %"
    assert percent_words(full, 0, unheld_words(0)) == "100 %"
    assert not UnitRow(full, 0, unheld_words(1)).is_full
    assert not Figure("1", "Xã", completed=3, unheld_units=1).is_whole


def test_the_figure_of_the_province_names_them_and_leads_to_their_list(province, client_of):
    client = client_of(province.manager)
    page = client.get(f"/bao-cao/{ONE}/48/")
    assert f"(100 %, {SAID})" in text_of(page)
    assert page.context["row"].is_full is False
    assert f"Mọi người trong danh sách đã hoàn thành, nhưng {SAID}." in text_of(page)
    assert client.get(f"/bao-cao/{ONE}/20455/").context["row"].is_full is True
    listed = client.get(page.context["unheld"])
    assert [one.unit.code for one in listed.context["found"]] == ["20458"]
    assert "Đang xem" in text_of(listed)
    assert "/bao-cao/danh-sach/them/?don_vi=20458" in listed.content.decode()
    # where somebody holds it the figure is bare again
    make_posting(person := make_person("Người Avương", "AV-1"), province.units.avuong)
    Completion.objects.create(person=person, course_key=ONE, completed_on=date(2026, 9, 1), source="import")
    rebuild_all(now=NOW)
    assert "xã, phường chưa có ai" not in text_of(client.get(f"/bao-cao/{ONE}/48/"))


def test_the_list_is_narrowed_to_ones_reach_only(province, client_of):
    client = client_of(province.trainer)
    other = client.get("/bao-cao/chua-co-nguoi/?don_vi=20695")
    assert (other.context["unit"], "Thạnh Mỹ" in text_of(other)) == (None, False)
    assert client.get("/bao-cao/chua-co-nguoi/?yeu_cau=khong-co").status_code == 200


def test_files_the_command_and_two_days_say_it_too(province, client_of):
    client = client_of(province.manager)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/bao-cao/{ONE}/48/xuat.csv").content.decode("utf-8-sig")),
                               delimiter=";"))  # fmt: skip
    column = "Đủ 100 %, nhưng xã, phường chưa có ai giữ nhiệm vụ: số đơn vị"
    assert [row[column] for row in rows if row["Mã đơn vị"] in ("48", "20455")] == ["1", "0"]
    total = coverage(ONE).total
    assert (share(total), total.unheld_units, total.is_whole) == ("100 % *", 1, False)
    assert f"* {SAID}." in sentence(total)
    assert SAID in text_of(client.get(f"/bao-cao/{ONE}/48/bien-dong/?tu=2026-10-01&ngay=2026-11-20"))
    for by in ("", "?theo=chuc-danh"):
        assert SAID in text_of(client.get(f"/bao-cao/{ONE}/48/gop/{by}"))
    exported = client.get(f"/bao-cao/{ONE}/48/gop/xuat.xlsx")
    assert exported.status_code == 200


def test_a_past_day_is_told_by_its_own_map_and_as_it_was_known(province, client_of):
    assert coverage(ONE, as_of=date(2026, 11, 1)).total.unheld_units == 1
    assert coverage(ONE, known_on=date(2026, 11, 23)).total.unheld_units == 1
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        make_posting(make_person("Người Avương", "AV-1"), province.units.avuong, at=timezone.now())
        assert coverage(ONE, known_on=date(2026, 11, 25)).total.unheld_units == 1
        assert coverage(ONE).total.unheld_units == 0
    # on the old map the communes stood below districts
    total = coverage(ONE, as_of=LAST_OLD_DAY).total
    assert (total.is_full, total.unheld_units > 0) in ((True, True), (False, False))


def test_a_station_below_a_commune_holds_it_for_the_commune(province):
    Posting.objects.filter(person=province.other_learner).update(unit=province.units.school)
    rebuild_all(now=NOW)
    figure = coverage(ONE)
    assert figure.total.unheld_units == 2  # the school stands below Tây Giang, so Thạnh Mỹ has nobody now


def test_an_observer_is_told_what_follows_from_the_communes_that_are_told():
    child = {"is_commune": True, "required": 0}
    children = (child, {**child, "required": 7}, {**child, "is_commune": False})
    assert UnitMonth(None, None, None, {}, children).empty_communes == 1  # type: ignore[arg-type]
    assert UnitMonth(None, None, None, None).empty_communes == 0  # type: ignore[arg-type]

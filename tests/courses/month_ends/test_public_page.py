"""The page for everybody: what the province's manager switched on, of month ends, and of no small unit."""

import gzip
import html
import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting, make_unit
from sharing import shared

from courses.completions.completion import Completion
from courses.month_ends.month_end import MonthEnd
from courses.month_ends.public_switch import PublicFigures, hide, show
from courses.month_ends.publishing import publish
from courses.requirements.requirement import Requirement
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from pages.serving import version
from pages.shell.surfaces import stylesheet
from people.persons.user import User
from people.postings.posting import Posting
from people.units.successions import rebuild_reach

COURSE, OTHER = "nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau"
LONG_AGO = timezone.make_aware(datetime(2024, 1, 1))
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
PAGE, SWITCH = "/tien-do/", "/bao-cao/cong-khai/"
SIZES = {"Xã Ba": (3, 1), "Xã Bốn": (4, 2), "Xã Hai": (2, 1), "Xã Mười": (12, 5), "Xã Tám": (13, 6), "Xã Chín": (14, 7)}


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


def people_of(unit, required: int, completed: int) -> None:
    for n in range(required):
        person = make_person(f"Người Số {n}", f"{unit.code}-{n}")
        make_posting(person, unit, start=date(2026, 7, 15))
        if n < completed:
            Completion.objects.create(
                person=person, course_key=COURSE, completed_on=date(2026, 8, 15), source="import", recorded_at=LONG_AGO
            )


@shared(on=NOW - timedelta(minutes=1))
def province(units, cast):
    seed_requirements(LONG_AGO)
    Posting.objects.all().supersede(NOW)
    for number, (name, size) in enumerate(SIZES.items()):
        people_of(make_unit(f"2090{number}", name, parent=units.da_nang, start=date(2025, 7, 1)), *size)
    rebuild_reach()
    rebuild_all()
    publish(NOW)
    return SimpleNamespace(**vars(cast), requirement=Requirement.objects.get(key=COURSE))


def text_of(response) -> str:
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def rows_of(response) -> list[str]:
    return re.findall(r'<tr><th scope="row">([^<]+)</th>', html.unescape(response.content.decode()))


def test_nothing_is_public_until_the_manager_switches_it_on(province, client_of):
    page = client_of().get(PAGE)
    assert page.status_code == 200
    assert "không công khai số liệu tập huấn nào" in text_of(page)
    client = client_of(province.manager)
    answer = client.post(SWITCH, {"yeu_cau": COURSE, "cong_khai": "1"}, follow=True)
    assert "Đang công khai" in text_of(answer)
    assert f"từ 09:00 24/11/2026, {province.manager}" in text_of(answer)
    page = text_of(client_of().get(PAGE))
    assert "22 trên 48 cán bộ đã hoàn thành (45,8 %)" in page
    assert "Tính đến hết ngày 31/10/2026" in page
    assert Requirement.objects.get(key=OTHER).name not in page


def test_no_small_unit_is_named_and_no_person(province, client_of):
    show(province.requirement, province.manager, NOW)
    response = client_of().get(PAGE)
    shown = rows_of(response)
    # without one of three, four and two at most seven are left, and with one more without that one nine: two more
    assert set(shown) < {"Xã Mười", "Xã Tám", "Xã Chín"}
    assert len(shown) == 1
    page = text_of(response)
    assert not any(name in page for name in ("Xã Ba", "Xã Bốn", "Xã Hai", "Người Số"))
    assert not re.search(r"miễn \d|Quá hạn|Đang học", page)


def test_it_is_switched_off_at_once_and_the_record_says_who_did_what_when(province, client_of):
    client = client_of(province.manager)
    client.post(SWITCH, {"yeu_cau": COURSE, "cong_khai": "1"})
    assert "22 trên 48" in text_of(client_of().get(PAGE))
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        answer = client.post(SWITCH, {"yeu_cau": COURSE, "cong_khai": "0"}, follow=True)
        assert "22 trên 48" not in text_of(client_of().get(PAGE))
        assert "Bấm “Công khai” để hoàn tác" in text_of(answer)
        assert f"thôi 10:00 24/11/2026, {province.manager}" in text_of(answer)
        client.post(SWITCH, {"yeu_cau": COURSE, "cong_khai": "1"})
        assert "22 trên 48" in text_of(client_of().get(PAGE))
    assert [(row.by, row.ended_by) for row in PublicFigures.objects.order_by("pk")] == [
        (province.manager, province.manager),
        (province.manager, None),
    ]


def test_switching_twice_is_switching_once(province):
    assert show(province.requirement, province.manager, NOW)
    assert not show(province.requirement, province.trainer, NOW)
    assert hide(province.requirement, province.manager, NOW)
    assert not hide(province.requirement, province.manager, NOW)
    assert PublicFigures.objects.get().by == province.manager


@pytest.mark.parametrize("who", ["trainer", "unit_head", "observer", "learner", "editor"])
def test_nobody_else_switches(province, client_of, who):
    client = client_of(getattr(province, who))
    assert client.get(SWITCH).status_code == 403
    assert client.post(SWITCH, {"yeu_cau": COURSE, "cong_khai": "1"}).status_code == 403
    assert not PublicFigures.objects.exists()


def test_a_requirement_that_does_not_exist_is_404(province, client_of):
    assert client_of(province.manager).post(SWITCH, {"yeu_cau": "khong-co", "cong_khai": "1"}).status_code == 404


def test_the_page_is_kept_and_drawn_anew_after_a_switch_and_after_a_month_end(province, client_of):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client_of().get(PAGE)
        return sum("courses_" in query["sql"] for query in queries)

    show(province.requirement, province.manager, NOW)
    version.raise_version()
    assert asked() == 3
    assert asked() == 0
    hide(province.requirement, province.manager, NOW)
    assert asked() == 1
    show(province.requirement, province.manager, NOW)
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        client_of().get(PAGE)
        publish(timezone.now())
        assert "30/11/2026" in text_of(client_of().get(PAGE))


def test_figures_that_were_published_before_the_page_was_there_are_not_told(province, client_of):
    MonthEnd.objects.update(public=None)
    show(province.requirement, province.manager, NOW)
    assert "số liệu đầu tiên có sau ngày cuối của tháng này" in text_of(client_of().get(PAGE))


def test_without_a_total_that_may_be_told_the_large_communes_stand_alone(province, client_of):
    MonthEnd.objects.filter(parent=None).update(public=None)
    show(province.requirement, province.manager, NOW)
    page = client_of().get(PAGE)
    assert "Không nêu tổng" in text_of(page)
    assert len(rows_of(page)) == 1


def test_it_weighs_no_more_than_a_public_page_and_sets_no_cookie(province, client_of):
    units = [make_unit(f"8{n:04}", f"Xã Thượng Nguồn Sông {n:02}") for n in range(94)]
    for key in (COURSE, OTHER):
        requirement = Requirement.objects.get(key=key)
        top = MonthEnd.objects.filter(requirement=requirement, parent=None).latest("day")
        told = {"required": 700, "completed": 300, "unconfirmed_units": 3}
        MonthEnd.objects.filter(pk=top.pk).update(public=True, figures=told)
        MonthEnd.objects.bulk_create(
            MonthEnd(
                requirement=requirement,
                day=top.day,
                unit=unit,
                parent=top.unit,
                name=unit.name,
                public=True,
                figures={"required": 7 + n % 9, "completed": n % 7, "unconfirmed_units": 0},
            )
            for n, unit in enumerate(units)
        )
        show(requirement, province.manager, NOW)
    response = client_of().get(PAGE)
    assert len(rows_of(response)) >= 188
    weight = len(gzip.compress(response.content)) + len(gzip.compress(stylesheet("shown").encode()))
    assert weight <= 14 * 1024
    assert not response.cookies
    page = response.content.decode()
    assert "csrfmiddlewaretoken" not in page
    assert 'href="tel:111"' in page
    assert "data-quick-exit" in page


def test_an_account_that_goes_leaves_the_record_without_its_name(province):
    show(province.requirement, province.manager, NOW)
    User.objects.filter(pk=province.manager.pk).delete()
    assert PublicFigures.objects.get().by is None

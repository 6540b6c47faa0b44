"""The first screen of `/bao-cao/` says how far and who next; the rest folds, and opens where an address points."""

import html
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting, make_unit
from sharing import shared

from courses.completions.completion import Completion
from courses.month_ends.publishing import publish
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from people.postings.posting import Posting
from people.units.flags import set_flag
from people.units.successions import rebuild_reach
from people.units.unit import UnitFlag

COURSE = "nhan-dien-nan-nhan"
LONG_AGO = timezone.make_aware(datetime(2024, 1, 1))
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
# commune: (required, completed)
PLACES = {
    "Xã An": (6, 5),
    "Xã Bắc": (7, 0),
    "Xã Cao": (20, 10),
    "Xã Đông": (8, 8),
    "Xã Giang": (6, 1),
    "Xã Hạ": (9, 9),
}


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=1))
def province(units, cast):
    seed_requirements(LONG_AGO)
    Posting.objects.all().supersede(NOW)
    for number, (name, (required, completed)) in enumerate(PLACES.items()):
        unit = make_unit(f"2090{number}", name, parent=units.da_nang, start=date(2025, 7, 1))
        if name == "Xã Hạ":
            set_flag(unit, UnitFlag.Kind.BORDERS_LAOS, date(2025, 7, 1), now=LONG_AGO)
        for n in range(required):
            person = make_person(f"{name} {n}", f"{number}-{n}")
            make_posting(person, unit, start=date(2026, 7, 15))
            if n < completed:
                Completion.objects.create(
                    person=person,
                    course_key=COURSE,
                    completed_on=date(2026, 8, 15),
                    source="import",
                    recorded_at=LONG_AGO,
                )
    rebuild_reach()
    rebuild_all()
    publish(NOW)
    return cast


def page_of(client, address="/bao-cao/") -> str:
    return html.unescape(client.get(address).content.decode())


def names(page: str) -> list[str]:
    return re.findall(r'<span class="name">([^<]+)</span>', page)


def first_screen(page: str) -> str:
    """What stands before the first fold of the page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index('class="first"') : page.index('class="folds"')]))


def test_the_first_screen_says_how_far_and_who_is_next(province, client_of):
    screen = first_screen(page_of(client_of(province.manager)))
    assert "33 trên 56 đã hoàn thành" in screen
    assert "Còn 23 người, 21 ngày đến hạn 15/12/2026: cần 2 người mỗi ngày." in screen
    # of either requirement
    assert screen.index("33 trên 56") < screen.index("Việc cần làm") < screen.index("Đến hạn trong 30 ngày: 56")
    assert "Chậm nhất: Xã Bắc 0/7 · Xã Giang 1/6 · Xã Cao 10/20" in screen


def test_in_a_commune_the_next_are_people_and_for_an_observer_units_only(province, client_of):
    client = client_of(province.manager)
    screen = first_screen(page_of(client, f"/bao-cao/{COURSE}/20904/"))
    assert "Tiếp theo là ai Xã Giang 1" in screen
    assert "Xem cả 5 người còn thiếu" in screen
    screen = first_screen(page_of(client_of(province.observer)))
    assert "Đơn vị chậm nhất Xã Bắc 0/7 Xã Giang 1/6 Xã Cao 10/20" in screen
    assert "Xã Bắc 1" not in page_of(client_of(province.observer))


def test_three_things_that_wait_are_open_and_the_others_fold(province, client_of):
    response = client_of(province.manager).get("/bao-cao/")
    queue = response.context["queue"]
    page = html.unescape(response.content.decode())
    assert len(queue) > 3
    fold = page.index(f"{len(queue) - 3} việc khác")
    assert page.index(f"{queue[2].title}: ") < fold < page.index(f"{queue[3].title}: ")


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["Xã An", "Xã Bắc", "Xã Cao", "Xã Đông", "Xã Giang", "Xã Hạ"]),
        ("drop", ["Xã An", "Xã Bắc", "Xã Cao", "Xã Đông", "Xã Giang", "Xã Hạ"]),
        ("cham", ["Xã Bắc", "Xã Giang", "Xã Cao", "Xã An", "Xã Đông", "Xã Hạ"]),
        ("thieu", ["Xã Cao", "Xã Bắc", "Xã Giang", "Xã An", "Xã Đông", "Xã Hạ"]),
        ("bien-gioi", ["Xã Hạ", "Xã An", "Xã Bắc", "Xã Cao", "Xã Đông", "Xã Giang"]),
    ],
)
@pytest.mark.parametrize("who", ["manager", "observer"])
def test_the_tiles_stand_in_the_order_that_was_asked_for(province, client_of, who, order, expected):
    shown = names(page_of(client_of(getattr(province, who)), f"/bao-cao/?o={order}"))
    assert [name for name in shown if name in PLACES] == expected


def test_an_order_of_the_tiles_keeps_day_sort_and_page_and_each_of_these_keeps_the_order(province, client_of):
    page = page_of(client_of(province.manager), "/bao-cao/?ngay=2026-10-31&xep=ten&o=cham")
    links = re.findall(r'href="([^"]+#(?:o|dv))"', page)
    assert len(links) > 8
    for link in links:
        assert "ngay=2026-10-31" in link
        assert "xep=" in link
        assert "o=" in link
    assert '<input type="hidden" name="o" value="cham">' in page


def test_the_fold_in_which_an_order_was_chosen_stands_open(province, client_of):
    client = client_of(province.manager)

    def opened(address) -> list[str]:
        return re.findall(
            r'<details class="fold(?: noprint)?" open><summary><h2 id="([a-z-]+)-h"', page_of(client, address)
        )

    assert opened("/bao-cao/") == []
    assert opened("/bao-cao/?xep=ten") == ["dv"]
    assert opened("/bao-cao/?trang=1") == ["dv"]
    assert opened("/bao-cao/?o=thieu") == ["o"]
    assert opened("/bao-cao/?ngay=hom-qua") == ["doi-ngay"]


def test_every_link_into_the_page_has_its_fold(province, client_of):
    for who in ("manager", "observer"):
        page = page_of(client_of(getattr(province, who)))
        targets = set(re.findall(r'href="(?:/bao-cao/(?!can-bo/)[^"]*)?#([a-z-]+)"', page)) - {"chinh"}
        assert {"dv", "o", "danh-sach"} <= targets
        assert all(f'<div id="{target}"' in page for target in targets), targets


def test_the_border_costs_one_query_and_the_other_orders_none(province, client_of):
    client, counts = client_of(province.manager), {}
    for order in ("ten", "cham", "thieu", "bien-gioi"):
        address = f"/bao-cao/{COURSE}/48/?o={order}"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts[order] = len(queries)
    assert counts["ten"] == counts["cham"] == counts["thieu"] == counts["bien-gioi"] - 1

"""Both reforms of 2025, replayed forward and back: every figure, the roster's file and every public address."""

import json
from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone
from factories import make_page, make_person, make_posting
from reformed import FEW, FIRST, SECOND, before_the_reforms, carried_out, reform_of, tables
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from campaigns.spaces.spaces import bring_in_step, create_communes
from courses.completions.completion import Completion
from courses.reports.roster.export import roster_table, rostered
from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.standing import rebuild_all
from pages.home.page import create_home
from people.persons.user import User
from people.reforms.applying import preview
from people.reforms.reversing import reverse
from people.times import today
from people.units.unit import Unit
from tabular.writing import csv_lines

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 3, 2, 9))
# a day of each map
FEW_DAYS = [date(2024, 12, 31), date(2025, 6, 30), date(2026, 3, 1)]
ALL_DAYS = [date(2024, 6, 30), date(2024, 12, 31), FIRST, date(2025, 6, 30), SECOND, date(2026, 3, 1)]
COURSES = ("nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau")


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def people_of(units: list[Unit], every: int) -> None:
    """In each unit somebody, in every third somebody with a second posting elsewhere; two of five are trained."""
    for place, unit in enumerate(units[::every]):
        person = make_person(f"Cán Bộ {place}", f"CB-{place:05}")
        make_posting(person, unit, start=date(2024, 1, 1))
        if place % 3 == 0:
            make_posting(person, units[(place * 7 + 1) % len(units)], start=date(2024, 3, 1), position="Kiêm nhiệm")
        if place % 5 < 2:
            Completion.objects.create(person=person, course_key=COURSES[0], completed_on=date(2024, 5, place % 28 + 1),
                                      source="import", recorded_at=NOW)  # fmt: skip


def figures(days, courses) -> str:
    """`coverage --format json` of every unit on every sampled day, without the day of knowledge."""
    found = []
    for day in days:
        for code in Unit.objects.on(day).order_by("code").values_list("code", flat=True):
            for course in courses:
                one = coverage(course, unit=code, as_of=day).as_dict()
                for figure in (one, *one["children"]):
                    del figure["known_on"]
                found.append(one)
    return json.dumps(found, ensure_ascii=False)


def roster() -> str:
    boss = User.objects.get(staff_code="SEP")
    return "".join(csv_lines(roster_table(boss, rostered(boss, {}))))


def addresses() -> dict[str, str]:
    """What stands at every public address: a page, or where it leads."""
    led = {one.old_path: one.link for one in Redirect.objects.select_related("redirect_page")}
    return {**led, **{page.url: page.title for page in Page.objects.live() if page.url}}


def everything(days, courses) -> tuple:
    return figures(days, courses), roster(), addresses()


def played(folder, districts, every) -> tuple:
    units, passed = tables(districts)
    make_person("Sếp", "SEP", is_superuser=True)
    before_the_reforms(folder, units)
    people_of(list(Unit.objects.order_by("code")), every)
    seed_requirements(NOW)
    create_communes(create_home())
    bring_in_step(today())
    for space in CommuneSpacePage.objects.order_by("path")[::every]:
        page = make_page(space, NoticePage, "Họp thôn", text="<p>Mời bà con.</p>")
        page.save_revision().publish()
    rebuild_all()
    return units, passed


def replayed(tmp_path, morning, districts, every, *sample) -> None:
    units, passed = played(tmp_path, districts, every)
    told, reforms = [everything(*sample)], []
    for day in (FIRST, SECOND):
        draft = reform_of(day, tmp_path, units, passed)
        told_before = preview(draft)
        assert told_before["wrong"] == []
        morning.shift(3600)
        reforms.append(carried_out(draft))
        told.append(everything(*sample))
    for reform in reversed(reforms):
        now = told.pop()
        morning.shift(3600)
        reverse(reform, None)
        assert everything(*sample) == told[-1]
    # and forward once more: the same as the first time
    morning.shift(3600)
    carried_out(reform_of(FIRST, tmp_path, units, passed))
    assert everything(*sample) == now
    assert list(differences()) == []


def test_some_districts_come_back_to_the_byte(tmp_path, morning):
    replayed(tmp_path, morning, FEW, 4, FEW_DAYS, COURSES[:1])


@pytest.mark.soak
def test_the_whole_province_comes_back_to_the_byte(tmp_path, morning):
    replayed(tmp_path, morning, None, 2, ALL_DAYS, COURSES)

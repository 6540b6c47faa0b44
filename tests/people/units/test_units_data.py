"""The province's real units, as they come with the platform."""

import time
from datetime import date, timedelta

import pytest
from costs import in_loops
from django.utils import timezone

from people.times import covering
from people.units.starter import seed_units
from people.units.successions import Reach
from people.units.unit import COMMUNE_KINDS, Unit, UnitFlag, UnitKind

pytestmark = pytest.mark.django_db

PLAN, FIRST, SECOND = date(2024, 3, 1), date(2025, 1, 1), date(2025, 7, 1)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def real(django_db_setup, django_db_blocker):
    """The seeded units, loaded once for the file; what it took, in seconds of processor."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        started = time.process_time()
        seed_units(timezone.now())
        yield time.process_time() - started
        transaction.set_rollback(True)


def communes(day):
    return Unit.objects.on(day).filter(kind__in=COMMUNE_KINDS)


def path(code, day, counted_on=None):
    """Names from where the bearer of `code` on `day` counts on the day asked for."""
    unit = Unit.objects.bearing(code, day)
    rows = Reach.objects.filter(covering(counted_on or day), unit=unit).order_by("depth")
    return list(rows.values_list("ancestor__name", flat=True))


@pytest.mark.parametrize(
    ("day", "districts", "number"),
    [(PLAN, 18, 241), (FIRST - DAY, 18, 241), (FIRST, 17, 233), (SECOND - DAY, 17, 233), (SECOND, 0, 94)],
)
def test_every_epoch_has_its_districts_and_communes(real, day, districts, number):
    assert Unit.objects.on(day).filter(kind=UnitKind.DISTRICT).count() == districts
    assert communes(day).count() == number


def test_seventy_eight_of_todays_units_were_quang_nam_and_sixteen_were_not(real):
    formerly = communes(SECOND).filter(predecessions__isnull=False).distinct()
    assert formerly.count() == 78
    assert communes(SECOND).exclude(pk__in=formerly).count() == 16


def test_every_old_commune_counts_at_one_of_todays(real):
    old = communes(PLAN)
    rows = Reach.objects.filter(covering(SECOND), unit__in=old, depth=0)
    assert rows.filter(ancestor__in=communes(SECOND), undivided=False).count() == 241
    assert rows.values("ancestor").distinct().count() == 78


@pytest.mark.parametrize(("day", "number"), [(PLAN, 14), (SECOND - DAY, 14), (SECOND, 6)])
def test_the_units_on_the_border_with_laos_are_flagged(real, day, number):
    flags = UnitFlag.objects.current().filter(covering(day), kind=UnitFlag.Kind.BORDERS_LAOS)
    assert flags.count() == number
    assert all(flag.unit in communes(day) for flag in flags)


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [("20335", "Phường Tân Thạnh", "Phường Bàn Thạch"), ("20669", "Xã Phước Ninh", "Xã Quế Phước")],
)
def test_a_reused_code_names_another_unit_from_the_reform_on(real, code, before, after):
    assert Unit.objects.bearing(code, SECOND - DAY).name == before
    assert Unit.objects.bearing(code, SECOND).name == after


def test_the_communes_of_nong_son_changed_their_district_only(real):
    assert path("20671", FIRST - DAY) == ["Xã Quế Lộc", "Huyện Nông Sơn", "Tỉnh Quảng Nam"]
    assert path("20671", FIRST) == ["Xã Quế Lộc", "Huyện Quế Sơn", "Tỉnh Quảng Nam"]
    assert path("20671", FIRST, SECOND) == ["Xã Nông Sơn", "Thành phố Đà Nẵng"]


def test_two_reforms_are_composed_for_a_commune_that_was_merged_twice(real):
    days = [PLAN, FIRST, SECOND]
    assert [path("20338", PLAN, day)[0] for day in days] == ["Phường Phước Hòa", "Phường An Xuân", "Phường Tam Kỳ"]


def test_what_was_posted_at_a_district_counts_at_the_city_when_the_level_is_gone(real):
    assert path("504", PLAN, SECOND) == ["Thành phố Đà Nẵng"]
    assert path("519", PLAN, FIRST) == ["Huyện Quế Sơn", "Tỉnh Quảng Nam"]


def test_victim_support_went_from_the_labour_to_the_health_department(real):
    assert path("49-LDTBXH", PLAN, SECOND) == ["Sở Y tế thành phố Đà Nẵng", "Thành phố Đà Nẵng"]
    assert path("49-CTXH", PLAN) == [
        "Trung tâm Công tác xã hội Quảng Nam",
        "Sở Lao động - Thương binh và Xã hội tỉnh Quảng Nam",
        "Tỉnh Quảng Nam",
    ]


def test_every_unit_of_today_stands_under_da_nang(real):
    alive = Unit.objects.on(SECOND)
    assert Reach.objects.filter(covering(SECOND), unit__in=alive, ancestor__code="48").count() == alive.count()


def test_all_data_is_loaded_in_seconds_and_the_second_time_at_once(real):
    assert in_loops(real) < 8
    started = time.process_time()
    assert seed_units(timezone.now()) == 0
    assert in_loops(time.process_time() - started) < 2

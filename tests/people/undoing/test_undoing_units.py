"""An import of units and successions is undone: the map of today is the one before, the past stays known."""

import re
from datetime import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from factories import make_person, make_posting

from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from people.changes.change import BulkChange, Deed
from people.undoing.carrying_out import preview, undo
from people.units.files import prepare
from people.units.successions import Reach, Succession, reach_known_on, rebuild_reach
from people.units.unit import Unit, UnitVersion

UNITS, SUCCESSIONS = "ma,ten,loai,nganh,ma_cha,tu_ngay,den_ngay", "ma_cu,ma_moi,thua_ke,quyet_dinh,ngay"
# Tây Giang is split on 1/2/2026; a village school comes with the second part
PARTS = ("A1,Xã Tây Giang Một,xa,,48,2026-02-01,", "A2,Xã Tây Giang Hai,xa,,48,2026-02-01,",
         "S1,Trường Hai,truong,giao_duc,A2,2026-02-01,")  # fmt: skip
SPLIT = ("20455,A1,1,QĐ 1,2026-02-01", "20455,A2,,QĐ 1,2026-02-01")
MONDAY, TUESDAY, WEDNESDAY = (timezone.make_aware(datetime(2026, 3, day, 9)) for day in (2, 3, 4))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def bring(tmp_path, units):
    def bring(unit_lines=PARTS, succession_lines=SPLIT):
        paths = []
        for name, header, lines in (("u.csv", UNITS, unit_lines), ("s.csv", SUCCESSIONS, succession_lines)):
            paths.append(tmp_path / name)
            paths[-1].write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        prepared = prepare(*paths, timezone.now())
        assert prepared.report.rejected == []
        prepared.carry_out()
        return BulkChange.objects.filter(undoes=None).latest("pk")

    return bring


def undone(change, **which):
    return undo(change, change.rows.filter(**which), None)


def the_map():
    columns = ("unit__code", "ancestor__code", "depth", "start", "end", "undivided")
    units = set(Unit.objects.values_list("code", "name", "kind", "parent__code", "valid_from", "valid_to"))
    return set(Reach.objects.values_list(*columns)), units


def test_the_map_is_as_before_and_earlier_days_know_theirs(bring, monday, units):
    before = the_map()
    change = bring()
    assert (change.kind, change.name, change.written) == ("units", "u.csv, s.csv", 6)
    assert set(change.rows.values_list("kind", "what")) == {
        ("unit", Deed.CREATED), ("unit", Deed.ENDED), ("succession", Deed.CREATED)
    }  # fmt: skip
    known = reach_known_on(MONDAY.date()).paths_on(MONDAY.date())
    monday.move_to(TUESDAY)
    assert preview(change.rows.all())["going"] == 6
    assert undone(change)["going"] == 6
    assert the_map() == before
    assert reach_known_on(MONDAY.date()).paths_on(MONDAY.date()) == known
    assert rebuild_reach() == 0


def required(key):
    return {child["unit"]["code"]: child["required"] for child in coverage(key).as_dict()["children"]}


def test_figures_known_on_earlier_days_stay_and_todays_are_as_before(bring, monday, cast):
    key = seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))[0].key
    call_command("recompute")
    before = required(key)
    change = bring()
    monday.move_to(TUESDAY)
    known = coverage(key, known_on=MONDAY.date()).as_dict()
    assert {child["unit"]["code"] for child in known["children"]} >= {"A1", "A2"}
    undone(change)
    assert coverage(key, known_on=MONDAY.date()).as_dict() == known
    assert required(key) == before
    call_command("recompute", check=True)


def test_the_same_file_brings_the_same_units_again(bring, monday):
    change = bring()
    imported, ids = the_map(), set(Unit.every.values_list("pk", flat=True))
    undone(change)
    monday.move_to(TUESDAY)
    again = bring()
    assert the_map() == imported
    assert set(Unit.every.values_list("pk", flat=True)) == ids
    assert undone(again)["going"] == 6


def test_an_undo_of_units_can_be_undone(bring):
    change = bring()
    imported = the_map()
    again = undone(BulkChange.objects.get(pk=undone(change)["undo"]))
    assert (again["going"], the_map()) == (6, imported)


def test_a_unit_where_somebody_works_since_stays_with_what_depends_on_it(bring, units):
    change = bring()
    make_posting(make_person(), Unit.objects.get(code="A2"))
    undone(change)
    assert {"A2", "48"} <= set(Unit.objects.values_list("code", flat=True))
    assert "dữ liệu khác" in change.rows.get(unit__code="A2", what=Deed.CREATED).stays
    # everything else of the map hangs together with it
    assert Reach.objects.filter(unit__code="A2").exists()
    assert rebuild_reach() == 0


def test_a_correction_goes_back_to_the_earlier_name_and_end(bring, units):
    change = bring(["20455,Xã Tây Giang Mới,xa,,48,2025-07-01,2026-12-31"], [])
    undone(change)
    unit = Unit.objects.get(code="20455")
    assert (unit.name, unit.valid_to) == ("Xã Tây Giang", None)
    assert UnitVersion.objects.current().get(unit=unit).name == "Xã Tây Giang"


def test_a_unit_that_was_changed_since_stays(bring, units):
    first = bring(["20455,Xã Tây Giang Mới,xa,,48,2025-07-01,"], [])
    bring(["20455,Xã Tây Giang Mới Nữa,xa,,48,2025-07-01,"], [])
    assert undone(first)["going"] == 0
    assert Unit.objects.get(code="20455").name == "Xã Tây Giang Mới Nữa"


def test_the_end_of_a_unit_does_not_go_back_without_its_successions(bring):
    change = bring()
    assert undone(change, kind="unit", what=Deed.ENDED)["going"] == 0
    assert "chuyển đơn vị" in change.rows.get(what=Deed.ENDED).stays
    assert undone(change, kind="succession")["going"] == 2
    assert undone(change, kind="unit", what=Deed.ENDED)["going"] == 1
    assert rebuild_reach() == 0


def test_a_unit_above_others_does_not_go_without_them(bring):
    change = bring()
    undone(change, kind="succession")
    assert undone(change, unit__code="A2")["going"] == 0
    assert "trực thuộc" in change.rows.get(unit__code="A2").stays
    assert undone(change, unit__code__in=["A2", "S1"])["going"] == 2


def test_a_second_heir_or_a_code_of_two_units_never_comes_back(bring, units):
    first = bring(PARTS, SPLIT)
    second = bring([], ["20455,A1,,QĐ 1,2026-02-01"])
    third = bring([], ["20455,A2,1,QĐ 1,2026-02-01"])
    assert undone(second)["going"] == 0
    assert "hai đơn vị thừa kế" in second.rows.get().stays
    undone(third)
    assert undone(second)["going"] == 1
    assert Succession.objects.current().get(heir=True, old__code="20455").new.code == "A1"
    assert undone(first)["going"] == 6


def test_the_command_keeps_its_import_too(tmp_path, units, cast, client_of):
    (tmp_path / "u.csv").write_text("\n".join([UNITS, *PARTS]), encoding="utf-8")
    call_command("import_units", str(tmp_path / "u.csv"))
    change = BulkChange.objects.get()
    page = client_of(cast.manager).get(f"/tai-khoan/thay-doi/{change.pk}/").content.decode()
    assert "Xã Tây Giang Một (A1), từ 01/02/2026" in page
    assert client_of(cast.trainer).get(f"/tai-khoan/thay-doi/{change.pk}/").status_code in (403, 404)


def test_a_changed_unit_is_told_as_it_was_and_as_it_is(bring, cast, client_of):
    change = bring(("20455,Xã Tây Giang Mới,phuong,,48,2025-07-01,",), ())
    page = client_of(cast.manager).get(f"/tai-khoan/thay-doi/{change.pk}/").content.decode()
    before, after = "Xã Tây Giang (20455), từ 01/07/2025, Xã,", "Xã Tây Giang Mới (20455), từ 01/07/2025, Phường,"
    assert re.search(f"{re.escape(before)}[^→<]* → {re.escape(after)}", page)

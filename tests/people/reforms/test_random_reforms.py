"""Reforms drawn at random lose nobody and count nobody twice, forward and back."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from factories import make_person, make_posting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reformed import carried_out, draft

from courses.completions.completion import Completion
from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.standing import rebuild_all
from people.imports import Report
from people.reforms import acts
from people.reforms.acts import Known, Target
from people.reforms.drafting import Drafted
from people.reforms.figures import count, shift_of
from people.reforms.reversing import reverse
from people.units.beliefs import Belief, Facts, Key
from people.units.changes import Draft
from people.units.files import prepare
from people.units.unit import Unit

ON, LONG_AGO = date(2026, 3, 1), date(2020, 1, 1)
NOW = timezone.make_aware(datetime(2026, 3, 2, 9))
COMMUNES = 6
ROOT = "48"


def known(number: int) -> Known:
    return Known(f"C{number}", f"Xã {number}", "xa", "chinh_quyen", ROOT)


@st.composite
def reforms(draw) -> list[dict]:
    """Acts over some of the communes, each commune in one of them."""
    left, made, found = draw(st.permutations(range(COMMUNES))), 0, []

    def new() -> Target:
        nonlocal made
        made += 1
        return Target(f"N{made}", f"Xã Mới {made}", "xa", "chinh_quyen", ROOT, True)

    def goes_on(number: int) -> Target:
        return replace(new(), code=f"C{number}", name=f"Xã {number}", is_new=False)

    while len(left) > 1 and draw(st.booleans()):
        kind = draw(st.sampled_from(["merge", "absorb", "split", "part", "rename"]))
        taken = 1 if kind in ("split", "part", "rename") else draw(st.integers(2, len(left)))
        olds, left = left[:taken], left[taken:]
        units = [known(number) for number in olds]
        if kind == "merge":
            found.append(acts.merging(units, new(), ON))
        elif kind == "absorb":
            found.append(acts.merging(units, goes_on(olds[0]), ON))
        elif kind == "rename":
            found.append(acts.renaming(units[0], replace(new(), code=units[0].code), ON))
        else:
            parts = [new() for _part in range(draw(st.integers(2, 3)))]
            parts = [goes_on(olds[0]), *parts] if kind == "part" else parts
            act = acts.splitting(units[0], parts, ON)
            if kind == "split" and draw(st.booleans()):
                draw(st.sampled_from(act["successions"]))["thua_ke"] = "1"
            found.append(act)
    return found


people = st.lists(
    st.tuples(
        st.integers(0, COMMUNES - 1), st.integers(-1, COMMUNES - 1), st.sampled_from(["completed", "excused", "x"])
    ),
    max_size=12,
)


def worked_out(of_acts) -> Drafted:
    province = Key(ROOT, LONG_AGO)
    units = {province: Facts("Đà Nẵng", "thanh_pho", "chinh_quyen", None, None)}
    units |= {Key(f"C{n}", LONG_AGO): Facts(f"Xã {n}", "xa", "chinh_quyen", province, None) for n in range(COMMUNES)}
    before = Belief(units, {})
    made = Draft(before, acts.unit_rows(of_acts), acts.succession_rows(of_acts, "NQ", {}))
    assert made.errors == []
    return Drafted(ON, made, {key: n for n, key in enumerate(units)}, Report(), acts.parts_of(of_acts), {})


@settings(max_examples=150)
@given(reforms(), people)
def test_figures_before_and_after_lose_nobody_and_count_nobody_twice(of_acts, of_people):
    made = worked_out(of_acts)
    shift = shift_of(made, {})
    number = {code: pk for pk, (code, _name) in made.names.items() if 0 <= pk <= COMMUNES}
    rows = [(person, number[f"C{at}"], state)
            for person, (one, other, state) in enumerate(of_people) for at in {one, other} - {-1}]  # fmt: skip
    before, after = count(rows, lambda person, unit: shift.places_before(unit)), count(rows, shift.places_after)
    root = number[ROOT]
    assert before.get(root) == after.get(root)
    if of_people:
        assert before[root].required + before[root].excused == len(of_people)
    for figures in (before, after):
        assert all(one.completed <= one.required for one in figures.values())
    # by another way: who stands at or below each unit, by the map itself
    for unit in shift.touched:
        here = {person for person, at, _state in rows if unit in made.after.get(at, ())}
        told = after.get(unit)
        assert (told.required + told.excused if told else 0) == len(here)


# --- on real rows, forward and back

# each example is rolled back to the same province
ROLLED_BACK = [HealthCheck.function_scoped_fixture]


def figures() -> str:
    found = []
    for day in (date(2026, 2, 28), ON):
        for code in Unit.objects.on(day).order_by("code").values_list("code", flat=True):
            one = coverage("nhan-dien-nan-nhan", unit=code, as_of=day)
            assert one.total.percent is None or one.total.percent <= 100
            found.append(one.as_dict())
    return json.dumps(found, ensure_ascii=False)


@pytest.fixture
def province(db, tmp_path):
    with time_machine.travel(NOW, tick=False):
        rows = ["ma,ten,loai,nganh,ma_cha,tu_ngay,den_ngay", f"{ROOT},Đà Nẵng,thanh_pho,,,2020-01-01,"]
        rows += [f"C{n},Xã {n},xa,,{ROOT},2020-01-01," for n in range(COMMUNES)]
        (tmp_path / "u.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        prepare(tmp_path / "u.csv", None, NOW).carry_out()
        units = list(Unit.objects.exclude(code=ROOT).order_by("code"))
        for place, unit in enumerate(units):
            person = make_person(f"Cán Bộ {place}", f"CB-{place}")
            make_posting(person, unit, start=date(2024, 1, 1))
            make_posting(person, units[(place * 2 + 1) % COMMUNES], start=date(2024, 2, 1), position="Kiêm nhiệm")
            if place % 2:
                Completion.objects.create(person=person, course_key="nhan-dien-nan-nhan", source="import",
                                          completed_on=date(2025, 5, 1), recorded_at=NOW)  # fmt: skip
        seed_requirements(NOW)
        rebuild_all()
        yield


def forward_and_back(of_acts) -> None:
    with transaction.atomic():
        before = figures()
        total = coverage("nhan-dien-nan-nhan", as_of=ON).total
        reform = carried_out(draft(ON, *of_acts))
        after = coverage("nhan-dien-nan-nhan", as_of=ON).total
        assert (after.required, after.completed) == (total.required, total.completed)
        figures()
        assert list(differences()) == []
        reverse(reform, None)
        assert figures() == before
        assert list(differences()) == []
        transaction.set_rollback(True)


@settings(max_examples=4, database=None, suppress_health_check=ROLLED_BACK)
@given(of_acts=reforms().filter(bool))
def test_a_reform_drawn_at_random_comes_back_to_the_byte(province, of_acts):
    with time_machine.travel(NOW, tick=False):
        forward_and_back(of_acts)


@pytest.mark.soak
@settings(max_examples=60, database=None, suppress_health_check=ROLLED_BACK)
@given(of_acts=reforms().filter(bool))
def test_many_reforms_drawn_at_random_come_back_to_the_byte(province, of_acts):
    with time_machine.travel(NOW, tick=False):
        forward_and_back(of_acts)

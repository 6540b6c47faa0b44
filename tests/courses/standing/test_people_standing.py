"""The people behind a figure: as many as it counts, each once, with where, how, since when and until when."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import REFORM, make_person, make_posting
from sharing import shared

from courses.completions.completion import Completion
from courses.standing.coverage import CoverageError, coverage
from courses.standing.people_standing import people_standing
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 3, 10, 9))
TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def requirement(units):
    return seed_requirements()[0]


def names(rows):
    return [row.full_name for row in rows]


def test_a_person_is_listed_once_with_every_place_under_the_unit(requirement, cast):
    make_posting(cast.learner, cast.units.avuong, position="Kiêm nhiệm", start=date(2026, 1, 1))
    Completion.objects.create(person=cast.learner, course_key=COURSE, completed_on="2026-02-01", source="import")
    rebuild_all()
    rows = people_standing(requirement, None, TODAY)
    assert rows.count() == coverage(COURSE).total.required == 2
    learner = next(row for row in rows if row.staff_code == "TG-001")
    assert [(p.code, p.unit, p.position) for p in learner.placements] == [
        ("20455", "Xã Tây Giang", "Công chức"),
        ("20458", "Xã Avương", "Kiêm nhiệm"),
    ]
    assert (learner.state, learner.since, learner.completed_on) == ("completed", date(2026, 2, 1), date(2026, 2, 1))
    assert (learner.valid_until, learner.due) == (date(2028, 1, 31), date(2026, 12, 15))
    assert len(people_standing(requirement, "20458", TODAY)[:10][0].placements) == 1


def test_somebody_of_an_abolished_unit_is_listed_in_its_successor(requirement, units):
    make_posting(make_person("Arất Thị Lý"), units.bha_le, start=date(2024, 5, 1))
    rebuild_all()
    (row,) = people_standing(requirement, "20458", TODAY)
    assert (row.placements[0].unit, row.since) == ("Xã Avương", date(2024, 5, 1))


def test_the_state_begins_before_a_move_to_another_unit(requirement, cast, units):
    person = make_person("Coor Văn Bình")
    make_posting(person, units.avuong, start=REFORM, end=date(2025, 12, 31))
    make_posting(person, units.tay_giang, start=date(2026, 1, 1))
    rebuild_all()
    row = next(r for r in people_standing(requirement, "20455", TODAY) if r.full_name == "Coor Văn Bình")
    assert row.since == REFORM


def test_the_list_can_be_narrowed_to_states_and_to_a_child(requirement, cast):
    make_posting(cast.stranger, cast.units.da_nang)
    make_posting(cast.teacher, cast.units.school)
    Completion.objects.create(person=cast.learner, course_key=COURSE, completed_on="2026-02-01", source="import")
    rebuild_all()
    assert names(people_standing(requirement, None, TODAY, states={"completed"})) == ["Alăng Thị Hà"]
    assert names(people_standing(requirement, None, TODAY, child="20455")) == ["Alăng Thị Hà", "Phạm Thị Hoa"]
    assert names(people_standing(requirement, None, TODAY, child="")) == ["Người Lạ"]
    with pytest.raises(CoverageError, match="Không có đơn vị mã 99999 trực thuộc Thành phố Đà Nẵng"):
        people_standing(requirement, None, TODAY, child="99999")


def test_history_is_listed_on_a_later_map(requirement, units):
    make_posting(make_person("Arất Thị Lý"), units.bha_le, start=date(2024, 5, 1), end=date(2024, 12, 31))
    rebuild_all()
    assert names(people_standing(requirement, "20458", date(2024, 6, 1), TODAY)) == ["Arất Thị Lý"]
    assert names(people_standing(requirement, "20458", TODAY)) == []


def test_a_page_costs_the_same_whatever_its_size(requirement, units):
    for n in range(30):
        make_posting(make_person(f"Người {n:02}"), units.avuong)
    rebuild_all()
    costs = []
    for size in (5, 30):
        rows = people_standing(requirement, coverage(COURSE).places, TODAY)
        with CaptureQueriesContext(connection) as queries:
            page = Paginator(rows, size).page(1)
            assert len(page.object_list[:]) == size
        costs.append(len(queries))
    # count, people, standings, completions, postings, rule
    assert costs == [6, 6]


def test_people_stand_by_given_name_in_vietnamese_order_and_are_found_in_any_spelling(requirement, units):
    listed = ["Zơrâm Thị An", "Đặng Văn Bảo", "Bling", "nguyễn thị chi", "Âu Văn Dung", "Alăng Đức", "Ông Thị Yến"]
    for number, name in enumerate(reversed(listed)):
        make_posting(make_person(name, f"N-{number}"), units.tay_giang)
    rebuild_all()
    assert names(people_standing(requirement, None, TODAY)) == listed
    assert names(people_standing(requirement, None, TODAY, found="dang van BAO")) == ["Đặng Văn Bảo"]
    assert people_standing(requirement, None, TODAY, found="dung").count() == 1

"""One figure of both starter requirements, by unit, duty, course, sector and position, by both formulations."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import LONG_AGO, REFORM, make_duty, make_person, make_posting
from sharing import shared

from courses.completions.completion import Completion
from courses.requirements.requirement import Excuse
from courses.standing.coverage import coverage
from courses.standing.rules import change_rule, seed_requirements
from courses.standing.standing import rebuild_all
from courses.together.counting import Counts, counted
from courses.together.dimensions import OWN, UNWRITTEN, Dimension
from courses.together.reading import rows_as_known, rows_now, together
from people.postings.coverage import places_of

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
TODAY = date(2026, 11, 24)
ONE, OTHER = "nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=1))
def province(cast):
    """The learner completed both, who is in Thạnh Mỹ one; at a school one verifies too and is excused from one."""
    requirements, units = seed_requirements(LONG_AGO), cast.units
    verifies = make_person("Bríu Văn Ba", "GOP-1")
    make_posting(verifies, units.school, ("ho_tro_nan_nhan", "xac_minh"), position="  GIÁO viên")
    make_posting(make_person("Coor Thị Bốn", "GOP-2"), units.school, position="Giáo viên")
    make_posting(make_person("Hôih Năm", "GOP-3"), units.da_nang, position="")
    Excuse.objects.create(person=verifies, requirement=requirements[0], reason="Ốm", start=REFORM)
    for person, course in [(cast.learner, ONE), (cast.learner, OTHER), (cast.other_learner, ONE)]:
        Completion.objects.create(
            person=person, course_key=course, completed_on=date(2026, 9, 1), source="import", recorded_at=LONG_AGO
        )
    rebuild_all(now=NOW)
    cast.requirements, cast.verifies = requirements, verifies
    return cast


def told(province, by=Dimension.UNIT, unit=None, requirements=None, **days):
    chosen = requirements or province.requirements
    rules = {one.pk: one.rules.current().select_related("duty").get() for one in chosen}
    return together(chosen, rules, places_of(unit or province.units.da_nang, TODAY), TODAY, by, **days)


def by_group(made):
    return {made.names[key]: counted(people.values()) for key, people in made.groups.items()}


def test_each_person_counts_once_in_the_unit_and_in_each_below(province):
    made = told(province)
    assert made.counts == Counts(all=1, some=1, none=3)
    assert by_group(made) == {
        "Xã Tây Giang": Counts(all=1, none=2),
        "Xã Thạnh Mỹ": Counts(some=1),
        "Trực thuộc": Counts(none=1),
    }
    assert OWN in made.groups


def test_by_sector_of_the_unit_by_position_as_written_and_by_course(province):
    assert by_group(told(province, Dimension.SECTOR)) == {
        "Chính quyền": Counts(all=1, some=1, none=1),
        "Giáo dục": Counts(none=2),
    }
    positions = told(province, Dimension.POSITION)
    assert by_group(positions) == {
        "Công chức": Counts(all=1, some=1),
        "GIÁO viên": Counts(none=2),
        "Không ghi chức danh": Counts(none=1),
    }
    assert UNWRITTEN in positions.groups
    assert by_group(told(province, Dimension.COURSE)) == {
        ONE: Counts(all=2, none=2, excused=1),
        OTHER: Counts(all=1, none=4),
    }


def test_by_duty_of_requirements_that_ask_different_people(province):
    change_rule(province.requirements[1], NOW, duty=make_duty("xac_minh"))
    made = told(province, Dimension.DUTY)
    assert by_group(made) == {
        "Hỗ trợ nạn nhân": Counts(all=2, none=2, excused=1),
        "Xác minh, xác định nạn nhân": Counts(none=1),
    }
    assert made.counts == Counts(all=2, none=3)


def test_of_one_requirement_it_is_the_figure_of_coverage_for_the_unit_and_each_below(province):
    for one in province.requirements:
        made, figure = told(province, requirements=[one]), coverage(one, as_of=TODAY)
        for counts, told_there in [
            (made.counts, figure.total),
            *((counted(made.groups.get(child.code or OWN, {}).values()), child) for child in figure.children),
        ]:
            assert (counts.required, counts.all, counts.excused) == (
                told_there.required,
                told_there.completed,
                told_there.excused,
            )


def test_both_formulations_tell_the_same(province):
    where = places_of(province.units.da_nang, TODAY)
    now, again = (read(province.requirements, where, TODAY, *more) for read, more in BOTH)
    assert set(now) == set(again)
    assert len(now) == len(again)


BOTH = [(rows_now, ()), (rows_as_known, (None,))]


def test_as_known_before_a_completion_was_recorded_it_is_none(province):
    Completion.objects.filter(course_key=OTHER).update(recorded_at=NOW)
    made = told(province, known_on=TODAY - timedelta(days=1))
    assert made.counts == Counts(some=2, none=3)


def test_the_people_of_a_number(province):
    made = told(province)
    assert set(made.people("20695", None)) == {province.other_learner.pk}
    assert len(made.people(None, None)) == made.counts.required


@pytest.mark.parametrize("by", Dimension)
def test_any_number_of_people_asks_the_same_queries(province, by):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            told(province, by)
        return len(queries) - 2  # the rules, which the test reads

    few = asked()
    for number in range(30):
        make_posting(make_person(), province.units.avuong, position=f"Chức {number}")
    rebuild_all(now=NOW)
    assert asked() == few <= 4

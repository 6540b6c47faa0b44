"""The demo's teacher has a school below her commune, so that she can log a lesson and open a quiz."""

from django.utils import timezone

from campaigns.demo import SCHOOL, found_school
from campaigns.schools.log.whose import schools_of
from people.rights.roles import RoleKind, give
from people.times import today
from people.units.levels import levels_of
from people.units.unit import Unit, UnitVersion


def test_the_demo_has_a_school_of_its_teacher(cast):
    """Once, however often it is seeded."""
    for _run in range(2):
        found_school(timezone.now())
    school = Unit.objects.get(code=SCHOOL)
    assert levels_of([school.pk]) == {school.pk: "tieu_hoc thcs"}
    give(cast.other_learner, RoleKind.TEACHER, Unit.objects.bearing("20455", today()))
    known = {
        version.unit.code: version.recorded_at
        for version in UnitVersion.objects.filter(unit__code__in=[SCHOOL, "20455"])
    }
    assert known[SCHOOL] == known["20455"]
    assert school in schools_of(cast.other_learner)

"""A small year of training: five people in two communes, and the report of the province on it."""

import json
from datetime import date, datetime

import time_machine
from django.utils import timezone
from factories import make_person, make_posting

from courses.annual.freezing import Wanted, freeze
from courses.annual.periods import cuts, period
from courses.completions.completion import Completion
from courses.requirements.requirement import Excuse
from courses.standing.rules import seed_requirements
from courses.standing.standing import refresh

COURSE, OTHER = "nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau"
LONG_AGO = timezone.make_aware(datetime(2024, 1, 1))
NOW = timezone.make_aware(datetime(2026, 12, 20, 17, 5))
TODAY = date(2026, 12, 20)


def completes(person, on, course=COURSE, at=LONG_AGO):
    row = Completion.objects.create(person=person, course_key=course, completed_on=on, source="import", recorded_at=at)
    refresh([person.pk], NOW)
    return row


def make_year(units):
    """Completed this year, completed long ago and lapsed, nothing yet (of two units), excused."""
    seed_requirements(LONG_AGO)
    people = [make_person(f"Người Thứ {n}", f"BC-{n:03}") for n in range(1, 6)]
    done, lapsed, nothing, both, excused = people
    for person in people:
        make_posting(person, units.tay_giang)
    make_posting(both, units.avuong)
    completes(done, date(2026, 5, 4))
    completes(lapsed, date(2024, 3, 1))
    for requirement in seed_requirements(LONG_AGO):
        Excuse.objects.create(
            person=excused, requirement=requirement, reason="Thai sản", start=date(2026, 6, 1), recorded_at=LONG_AGO
        )
    refresh([person.pk for person in people], NOW)
    return people


def wanted(unit, year=2026, as_of=None, today=TODAY, **more):
    return Wanted(unit, period(year, as_of, today, cuts()), **more)


def frozen_report(unit, now=NOW, **more):
    with time_machine.travel(now, tick=False):
        return freeze(wanted(unit, **more), now)


def files_of(report):
    return {row.name: bytes(row.content) for row in report.files.all()}


def value(report, key):
    figures = {one["key"]: one["value"] for one in json.loads(report.data)["figures"]}
    return figures[key]

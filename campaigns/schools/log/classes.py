"""A school says how many classes it has in a school year."""

from datetime import datetime

from django.db import transaction

from campaigns.schools.log.lesson_log import ClassCount
from people.log.audit import Act, record
from people.units.unit import Unit

MOST_CLASSES = 200


def classes_of(school: Unit, year: int) -> ClassCount | None:
    return ClassCount.objects.current().filter(school=school, year=year).first()


@transaction.atomic
def confirm_classes(by, school: Unit, year: int, number: int, now: datetime) -> ClassCount:
    """Another number supersedes the one before; the same again is a confirmation of today."""
    Unit.objects.select_for_update(of=("self",)).get(pk=school.pk)
    ClassCount.objects.filter(school=school, year=year).supersede(now)
    record(Act.CONFIRMED_CLASSES, by, unit=school, count=number, detail=str(year), at=now)
    return ClassCount.objects.create(school=school, year=year, number=number, by=by, recorded_at=now)

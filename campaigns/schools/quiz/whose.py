"""Whose a class run is: the teacher's who opened it, and the manager's of her school."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.activities.made.whose import at
from campaigns.schools.log.lesson_log import LessonLog
from campaigns.schools.log.whose import MANAGING_KINDS
from campaigns.schools.quiz.class_run import ClassRun
from campaigns.schools.quiz.counting import sums_of
from people.persons.merges import one_person

# before it is written down, weeks may pass between the two codes
LINKED_WITHIN = timedelta(days=90)


def runs_of(user) -> QuerySet[ClassRun]:
    hers = one_person(user)
    return ClassRun.objects.filter(Q(by__in=hers) | at(user, MANAGING_KINDS, "school"))


def without_log(user, now: datetime) -> QuerySet[ClassRun]:
    """That no standing entry has yet."""
    logged = LessonLog.objects.standing().filter(activity_key=OuterRef("activity_key"))
    return runs_of(user).filter(~Exists(logged), at__gte=now - LINKED_WITHIN)


def belongs_to(run: ClassRun, activity_key: UUID) -> None:
    """Its totals go with this entry, and with what corrects it."""
    ClassRun.objects.filter(pk=run.pk).update(activity_key=activity_key)


def of_logs(activity_keys: Iterable[UUID]) -> dict[UUID, tuple[ClassRun, list]]:
    """{entry: (its run, its sums)}; two queries."""
    rows = list(ClassRun.objects.filter(activity_key__in=list(activity_keys)))
    sums = sums_of(rows)
    return {row.activity_key: (row, sums.get(row.pk, [])) for row in rows if row.activity_key}

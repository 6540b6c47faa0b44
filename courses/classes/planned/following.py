"""Classes that are not over follow their unit into the one that takes it over; those that are stay with who held them,
and count there by the map.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.planned.training_class import Meeting, TrainingClass
from people.reforms.moved_rows import MovedRows
from people.reforms.moving import Foreseen, Handed, Moves, moves_with_unit
from people.undoing.kinds import undoes

NAMED = 5


class ClassRows(MovedRows):
    def words(self, rows):
        titles = dict(TrainingClass.objects.filter(pk__in=[row.new for row in rows]).values_list("pk", "title"))
        return {row.pk: titles.get(row.new, "") for row in rows}


CLASSES = ClassRows("class_unit", gettext_lazy("Lớp tập huấn"), 72, TrainingClass)
undoes(CLASSES)


def _not_over(now: datetime) -> QuerySet[TrainingClass]:
    ahead = Meeting.objects.filter(training_class=OuterRef("pk"), ends_at__gt=now)
    return TrainingClass.objects.filter(Exists(ahead), cancelled_at=None)


def _foresee(units: Collection[int]) -> list[Foreseen]:
    found = _not_over(timezone.now()).filter(unit__in=units).order_by("pk")
    titles = tuple(found.values_list("title", flat=True)[:NAMED])
    return [Foreseen(_("Lớp tập huấn chưa xong"), found.count(), titles)]


def _move(handed: Handed, now: datetime) -> None:
    CLASSES.move(_not_over(now), handed, now)


def _left(units: Collection[int]) -> list[str]:
    return [f"{CLASSES.title}: {title}" for title in CLASSES.at(units).values_list("title", flat=True)[:50]]


moves_with_unit(Moves("classes", gettext_lazy("Lớp tập huấn"), 30, _foresee, _move, left=_left))

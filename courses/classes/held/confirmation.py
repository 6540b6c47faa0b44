"""The fact that a class was held as its attendance says, by a second person."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from courses.classes.planned.training_class import TrainingClass
from people.free_text import FreeLine
from people.times import Record


class ClassConfirmation(Record):
    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="confirmations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # the day of the last meeting, as of which it counts
    on = models.DateField()
    # NULL and "": believed still
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    undone_because = FreeLine(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["training_class"], condition=Q(superseded_at=None), name="class_confirmed_once"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None, undone_by=None)
                | (Q(superseded_at__isnull=False, undone_by__isnull=False) & ~Q(undone_because="")),
                name="class_confirmation_undone_by_somebody",
            ),
        ]

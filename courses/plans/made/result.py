"""What became of a task: a fact with two times, of a plan and a task's key, so a new version of the plan keeps it.

Without `done_on` it says how far the work has come.
"""

from pathlib import PurePath
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Manager, Q
from django.utils.translation import gettext_lazy as _

from courses.plans.made.plan import Plan
from courses.plans.made.task import MOST_DONG
from people.free_text import FreeLine
from people.times import Record, RecordQuerySet


class Result(Record):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="results")
    task_key = models.UUIDField()
    # day in Asia/Ho_Chi_Minh; NULL: not done yet
    done_on = models.DateField(_("xong ngày"), null=True)
    # what was reached, in the task's measure; NULL: not known, which is never 0
    number = models.PositiveIntegerField(_("đã đạt"), null=True)
    # đồng; NULL: not known
    cost = models.PositiveBigIntegerField(_("đã chi"), null=True)
    note = FreeLine(_("minh chứng"), max_length=300, blank=True)
    # the source (`people.units.happened`) from which it was recorded as suggested; "": typed
    drawn_from = models.CharField(max_length=20, blank=True)
    # of a private file; "" where there is none or it has ended
    paper = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[Manager] = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "task_key"], condition=Q(superseded_at=None), name="plan_result_one_current"
            ),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__lte=MOST_DONG), name="plan_result_cost_is_money"),
        ]

    @property
    def is_pdf(self) -> bool:
        return PurePath(self.paper).suffix.lower() == ".pdf"

"""A reform: on one day, by one decree, units are merged, split, renamed or abolished.

It is prepared as a draft (its acts are rows like those of `import_units`), applied once, carried out on its day (what
belongs to the units follows them) and can be taken back. What it says of units is a change with rows (`change`).
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.changes.change import BulkChange, change_kind

# nobody undoes it with the other changes: it has a way of its own (people.reforms.reversing)
REFORM = change_kind("reform", _("Sắp xếp đơn vị"), ())


class ReformState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    APPLIED = "applied", _("Đã ghi, chờ đến ngày")
    CARRIED = "carried", _("Đã áp dụng")
    REVERSED = "reversed", _("Đã hoàn tác")


class ReformQuerySet(models.QuerySet):
    def in_force(self):
        """Those whose units are believed."""
        return self.exclude(applied_at=None).filter(reversed_at=None)

    def to_carry(self, day: date):
        return self.in_force().filter(carried_at=None, reversing_at=None, on__lte=day)


class Reform(models.Model):
    decree = models.CharField(_("quyết định, nghị quyết"), max_length=200)
    # the first day of the new units
    on = models.DateField(_("ngày có hiệu lực"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # what is to be done, in order: {"kind", "said", "units": [rows], "successions": [rows]} (people.reforms.acts)
    acts = models.JSONField(default=list)
    # of splits: {code of the old unit: code of its heir, "" for nobody yet}
    heirs = models.JSONField(default=dict)
    # of splits, who is posted to another part: {posting: code of the part}
    posted = models.JSONField(default=dict)
    # NULL: not applied, or its change is gone
    change = models.OneToOneField(BulkChange, models.SET_NULL, null=True, related_name="reform")
    applied_at = models.DateTimeField(null=True)
    # when all that belongs to its units had followed them; NULL: its day is to come, or it was interrupted
    carried_at = models.DateTimeField(null=True)
    # when somebody began to take it back
    reversing_at = models.DateTimeField(null=True)
    reversed_at = models.DateTimeField(null=True)
    reversed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ReformQuerySet.as_manager()

    class Meta:
        verbose_name = _("đợt sắp xếp đơn vị")
        verbose_name_plural = _("các đợt sắp xếp đơn vị")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(carried_at=None) | Q(applied_at__isnull=False), name="reform_carried_after_applied"
            ),
            models.CheckConstraint(
                condition=Q(reversed_at=None) | Q(applied_at__isnull=False, reversing_at__isnull=False),
                name="reform_reversed_after_applied",
            ),
        ]

    def __str__(self):
        return f"{self.decree}, {self.on:%d/%m/%Y}"

    @property
    def state(self) -> ReformState:
        if self.reversed_at:
            return ReformState.REVERSED
        if self.carried_at:
            return ReformState.CARRIED
        return ReformState.APPLIED if self.applied_at else ReformState.DRAFT

    @property
    def is_draft(self) -> bool:
        return self.applied_at is None

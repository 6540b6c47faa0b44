"""The plan that the province sets: how many days before and after the due day who is told."""

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.rights.roles import RoleKind


class Audience(models.TextChoices):
    SELF = "self", _("Chính người phải học")
    TRAINER = "trainer", _("Người phụ trách tập huấn gần nhất")
    HEAD = "head", _("Thủ trưởng đơn vị")
    PROVINCE = "province", _("Quản lý cấp tỉnh")


# whose nearest holder is told; the province's is the highest
KINDS = {
    Audience.TRAINER: RoleKind.TRAINER,
    Audience.HEAD: RoleKind.UNIT_HEAD,
    Audience.PROVINCE: RoleKind.PROVINCE_MANAGER,
}
FURTHEST = 365


class ReminderStep(models.Model):
    """`days` after the due day; negative before it, 0 on it."""

    audience = models.CharField(_("báo cho"), max_length=8, choices=Audience.choices)
    days = models.SmallIntegerField(_("số ngày"))

    class Meta:
        ordering = ["days", "audience"]
        constraints = [
            models.UniqueConstraint(fields=["audience", "days"], name="reminder_step_once"),
            models.CheckConstraint(
                condition=Q(days__gte=-FURTHEST, days__lte=FURTHEST), name="reminder_step_within_a_year"
            ),
            # others are told of what is late, not of what is still in time
            models.CheckConstraint(
                condition=Q(audience=Audience.SELF) | Q(days__gt=0), name="reminder_step_rises_late"
            ),
        ]

    def __str__(self):
        return f"{self.get_audience_display()}, {self.when}"

    @property
    def when(self) -> str:
        if self.days == 0:
            return str(_("đúng ngày hạn"))
        if self.days < 0:
            return str(_("trước hạn %d ngày")) % -self.days
        return str(_("quá hạn %d ngày")) % self.days


# what stands where the province has set nothing yet
STARTER = (
    *((Audience.SELF, days) for days in (-60, -30, -7, 0, 7, 30)),
    (Audience.HEAD, 7),
    (Audience.PROVINCE, 30),
)


def steps() -> list[ReminderStep]:
    """The plan, by days; the starter's where none was set. One query."""
    kept = list(ReminderStep.objects.all()) or [ReminderStep(audience=one, days=days) for one, days in STARTER]
    return sorted(kept, key=lambda step: (step.days, step.audience))


def days_of(*audiences: str) -> dict[str, list[int]]:
    """{audience: days} of these audiences."""
    days: dict[str, list[int]] = {}
    for step in steps():
        if step.audience in audiences:
            days.setdefault(step.audience, []).append(step.days)
    return days


@transaction.atomic
def change(audience: str, days: int, *, gone: bool = False) -> None:
    """Adds a step to the plan or takes it out; the first change keeps the rest of the starter's as rows. What leaves
    no step raises Empty: whoever wants nobody reminded switches reminders off.
    """
    wanted = {(step.audience, step.days) for step in steps()}
    wanted = wanted - {(audience, days)} if gone else wanted | {(audience, days)}
    if not wanted:
        raise Empty
    ReminderStep.objects.all().delete()
    ReminderStep.objects.bulk_create(ReminderStep(audience=one, days=day) for one, day in sorted(wanted))


class Empty(ValueError):
    """str() is one Vietnamese sentence."""

    def __str__(self):
        return gettext("Kế hoạch cần ít nhất một bước. Muốn không nhắc ai, anh chị tắt nhắc tự động.")

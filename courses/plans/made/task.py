"""A task of a version of a plan, with its budget lines.

Its `key` is the same in every version, and in the plans that took it from a template.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.plans.made.plan import PlanVersion
from people.free_text import FreeLine
from people.postings.posting import Duty

# ten thousand billion đồng; more is a slip of the hand
MOST_DONG = 10**13


class TaskKind(models.TextChoices):
    """The six groups of tasks of the province's plan of 2024, part III."""

    LEADING = "chi_dao", _("Chỉ đạo, rà soát, thống kê")
    TELLING = "truyen_thong", _("Truyền thông")
    SUPPORT = "ho_tro", _("Tiếp nhận, hỗ trợ nạn nhân")
    TRAINING = "tap_huan", _("Tập huấn, nâng cao năng lực")
    COOPERATION = "phoi_hop", _("Phối hợp, xác minh, bảo vệ")
    CHECKING = "kiem_tra", _("Kiểm tra, giám sát, báo cáo")


class Money(models.TextChoices):
    CENTRAL = "trung_uong", _("Ngân sách trung ương")
    PROVINCE = "tinh", _("Ngân sách tỉnh, thành phố")
    COMMUNE = "xa", _("Ngân sách xã, phường, đặc khu")
    UNIT = "don_vi", _("Kinh phí của đơn vị")
    DONOR = "tai_tro", _("Tài trợ, huy động hợp pháp khác")


class Task(models.Model):
    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="tasks")
    key = models.UUIDField(default=uuid4)
    # taken from the template of this year, not added by the unit
    is_taken = models.BooleanField(default=False)
    # the task of the year before that was not done
    carried_from = models.UUIDField(null=True)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(_("nhóm việc"), max_length=12, choices=TaskKind.choices)
    title = FreeLine(_("việc"), max_length=250)
    expected = FreeLine(_("kết quả cần đạt"), max_length=250, blank=True)
    # NULL: a result that is not counted
    number = models.PositiveIntegerField(_("số lượng"), null=True, blank=True)
    measure = models.CharField(_("đơn vị tính"), max_length=40, blank=True)
    # inclusive; a single day is both
    first_day = models.DateField(_("từ ngày"))
    last_day = models.DateField(_("đến hết ngày"))
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nhiệm vụ"))
    who = FreeLine(_("chức danh, bộ phận làm"), max_length=150, blank=True)
    # of a template: the kinds of units that shall take it; []: all that the template is offered to
    unit_kinds = models.JSONField(default=list, blank=True)
    # a unit answers also by leaving a task out
    left_out = models.BooleanField(default=False)
    left_out_why = FreeLine(max_length=300, blank=True)

    class Meta:
        ordering = ["version", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="plan_task_once"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="plan_task_ends_after_start"),
            models.CheckConstraint(condition=Q(left_out=False) | ~Q(left_out_why=""), name="plan_task_left_out_why"),
            models.CheckConstraint(condition=Q(number=None) | ~Q(measure=""), name="plan_task_counts_something"),
        ]
        indexes = [models.Index(fields=["key"], name="plan_task_by_key")]


class BudgetLine(models.Model):
    task = models.ForeignKey(Task, models.CASCADE, related_name="lines")
    words = FreeLine(_("nội dung chi"), max_length=150)
    # đồng
    amount = models.PositiveBigIntegerField(_("số tiền"))
    source = models.CharField(_("nguồn"), max_length=10, choices=Money.choices)

    class Meta:
        ordering = ["task", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=MOST_DONG), name="plan_money_is_some")
        ]

"""Requirements: everybody with duty D must hold a valid completion of course C by a date, renewed every n months."""

from datetime import date

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.requirements.validity import NewLaw, Validity
from people.free_text import FreeLine
from people.postings.posting import Duty
from people.times import Record


class Requirement(models.Model):
    key = models.SlugField(_("khóa"), max_length=80, unique=True)
    name = models.CharField(_("tên"), max_length=200)

    class Meta:
        verbose_name = _("yêu cầu tập huấn")
        verbose_name_plural = _("yêu cầu tập huấn")
        ordering = ["key"]

    def __str__(self):
        return self.name


class RequirementRule(Record):
    """A version of the rule. On day D the rule in force is the one with the latest `effective_from` up to D."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="rules")
    # NULL: since ever
    effective_from = models.DateField(_("hiệu lực từ"), null=True, blank=True)
    duty = models.ForeignKey(Duty, models.PROTECT, verbose_name=_("nhiệm vụ"))
    course_key = models.SlugField(_("khóa học"), max_length=80)
    deadline = models.DateField(_("hạn"))
    # NULL: never lapses
    validity_months = models.PositiveSmallIntegerField(
        _("hiệu lực (tháng)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    # valid to 31 January of the year after it was made, in place of months
    each_january = models.BooleanField(_("làm lại mỗi tháng Giêng"), default=False)
    # days after the start of a posting in which its holder is not yet overdue, even past the deadline
    grace_days = models.PositiveSmallIntegerField(_("ân hạn (ngày)"), default=0)
    # keys of the rubrics of observed practice that must have been passed too; empty: none
    rubric_keys = models.JSONField(_("và đã thực hành có quan sát"), default=list, blank=True)
    # keys of further courses: then this is a programme, completed when each of its courses is valid
    more_course_keys = models.JSONField(_("và các khóa học khác của chương trình"), default=list, blank=True)
    # a change of the law: its name, and from which day on it is the law; before that day was learnt the law before
    law = models.CharField(_("luật mới"), max_length=120, blank=True)
    law_begins = models.DateField(_("luật mới có hiệu lực từ"), null=True, blank=True)
    # until when completions of the law before hold; NULL: until the day before this version of the rule
    old_until = models.DateField(_("lần hoàn thành theo luật cũ còn tính đến hết ngày"), null=True, blank=True)
    # with a completion of this course they hold longer; "": no course does that
    refresher_key = models.SlugField(_("khóa bổ sung"), max_length=80, blank=True)
    # annotated by `courses.reports.query.query.rules_known` only
    recounting: bool

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "effective_from"],
                condition=Q(superseded_at=None),
                name="requirement_rule_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["requirement"],
                condition=Q(superseded_at=None, effective_from=None),
                name="requirement_rule_one_since_ever",
            ),
            models.CheckConstraint(
                condition=Q(each_january=False) | Q(validity_months=None), name="requirement_rule_renewed_one_way"
            ),
            models.CheckConstraint(
                condition=Q(law_begins=None, law="", old_until=None, refresher_key="")
                | (Q(law_begins__isnull=False, effective_from__isnull=False) & ~Q(law="")),
                name="requirement_rule_of_a_named_law",
            ),
        ]

    @property
    def course_keys(self) -> list[str]:
        return [self.course_key, *self.more_course_keys]

    @property
    def validity(self) -> Validity:
        law = None
        if self.law_begins:
            law = NewLaw(self.law_begins, self.effective_from or date.min, self.old_until, self.refresher_key)
        return Validity(self.validity_months, self.each_january, law)


class Excuse(Record):
    """A person is not required between two inclusive days. Imports identify it by (person, requirement, start)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="excuses")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="excuses")
    reason = FreeLine(_("lý do"), max_length=300)
    start = models.DateField(_("từ ngày"))
    # NULL: open
    end = models.DateField(_("đến ngày"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "requirement", "start"], condition=Q(superseded_at=None), name="excuse_once"
            ),
            models.CheckConstraint(condition=Q(end=None) | Q(end__gte=F("start")), name="excuse_ends_after_start"),
        ]

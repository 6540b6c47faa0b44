"""Rubrics as editors write them, and the guide that all of them share."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from courses.practice.observed.blocks import BehaviourBlock, SourceBlock, cards

A_LEVEL = [MinValueValidator(1), MaxValueValidator(4)]


def written_lines(text: str) -> list[str]:
    """One entry a line, blank ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class Rubric(models.Model):
    """Editors change it at will; sessions use a `RubricVersion`."""

    key = models.SlugField(_("khóa"), max_length=80, unique=True, help_text=_("Chữ không dấu; không đổi về sau."))
    title = models.CharField(_("tên bài thực hành"), max_length=200)
    course_key = models.SlugField(_("thuộc khóa học"), max_length=80, blank=True)
    active = models.BooleanField(
        _("đang dùng"), default=True, help_text=_("Bỏ chọn thì không lên được buổi tập mới; kết quả cũ vẫn còn.")
    )
    minutes_prepare = models.PositiveSmallIntegerField(_("chuẩn bị (phút)"), default=5)
    minutes_play = models.PositiveSmallIntegerField(_("diễn (phút)"), default=10)
    minutes_talk = models.PositiveSmallIntegerField(_("trao đổi (phút)"), default=12)
    needs = models.TextField(_("cần có trong phòng"), blank=True, help_text=_("Mỗi dòng một thứ."))
    cards = StreamField(cards(), verbose_name=_("các thẻ"))
    behaviours = StreamField([("behaviour", BehaviourBlock())], min_num=1, verbose_name=_("các việc quan sát"))
    least_level = models.PositiveSmallIntegerField(_("đạt từ mức"), default=3, validators=A_LEVEL)
    least_percent = models.PositiveSmallIntegerField(
        _("đạt khi có từ (phần trăm số việc có dịp thấy)"), default=80, validators=[MaxValueValidator(100)]
    )
    # NULL: critical behaviours have no condition of their own
    no_critical_at = models.PositiveSmallIntegerField(
        _("không đạt nếu việc tô đậm ở mức này trở xuống"), null=True, blank=True, default=1, validators=A_LEVEL
    )
    talk = models.TextField(_("câu hỏi để trao đổi"), blank=True, help_text=_("Mỗi dòng một câu."))
    sources = StreamField([("source", SourceBlock())], blank=True, verbose_name=_("nguồn, cho người duyệt"))
    approved_by = models.CharField(_("người duyệt"), max_length=150, blank=True)
    approved_on = models.DateField(_("duyệt ngày"), null=True, blank=True)
    # of the words that were approved: later ones are not
    approved_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("bộ tiêu chí quan sát")
        verbose_name_plural = _("bộ tiêu chí quan sát")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_on=None, approved_by="") | (Q(approved_on__isnull=False) & ~Q(approved_by="")),
                name="rubric_approved_by_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(least_level__gte=1, least_level__lte=4, least_percent__lte=100)
                & (Q(no_critical_at=None) | Q(no_critical_at__range=(1, 4))),
                name="rubric_rule_bounded",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        # a list stored without ids gets new ones at each reading; reading it here fixes those that are written
        for stream in (self.cards, self.behaviours, self.sources):
            list(stream)
        super().save(*args, **kwargs)


class Guide(models.Model):
    """The words that all rubrics share; there is one."""

    label_1 = models.CharField(_("tên mức 1"), max_length=60)
    meaning_1 = models.TextField(_("nghĩa của mức 1"))
    label_2 = models.CharField(_("tên mức 2"), max_length=60)
    meaning_2 = models.TextField(_("nghĩa của mức 2"))
    label_3 = models.CharField(_("tên mức 3"), max_length=60)
    meaning_3 = models.TextField(_("nghĩa của mức 3"))
    label_4 = models.CharField(_("tên mức 4"), max_length=60)
    meaning_4 = models.TextField(_("nghĩa của mức 4"))
    before = models.TextField(_("trước buổi tập"), help_text=_("Mỗi dòng một điều; các ô dưới cũng vậy."))
    learner = models.TextField(_("vai người học"))
    actor = models.TextField(_("vai người diễn"))
    observers = models.TextField(_("vai người quan sát"))
    observing = models.TextField(_("khi quan sát"))
    agreeing = models.TextField(_("khi thống nhất"))
    feedback = models.TextField(_("khi trao đổi"))
    outcome = models.TextField(_("thế nào là đạt"))
    agreement_training = models.TextField(_("tập quan sát cho khớp"))
    sources = StreamField([("source", SourceBlock())], blank=True, verbose_name=_("nguồn, cho người duyệt"))
    # the only row; without it, levels have their numbers only
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("hướng dẫn thực hành có quan sát")
        verbose_name_plural = _("hướng dẫn thực hành có quan sát")
        constraints = [models.CheckConstraint(condition=Q(only=True), name="guide_is_one")]

    def __str__(self):
        return str(_("Hướng dẫn chung"))

    def label(self, level: int) -> str:
        return getattr(self, f"label_{level}")

    def meaning(self, level: int) -> str:
        return getattr(self, f"meaning_{level}")

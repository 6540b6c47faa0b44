"""Course pages: catalogue → course → module → lesson or quiz."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from courses.blocks import lesson_body


class CataloguePage(Page):
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["courses.CoursePage"]

    intro = models.TextField(_("lời mở đầu"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]


class CoursePage(Page):
    parent_page_types = ["courses.CataloguePage"]
    subpage_types = ["courses.ModulePage", "courses.QuizPage"]

    # the same in every language; completions and requirements refer to it
    key = models.SlugField(_("khóa"), max_length=80)
    summary = models.TextField(_("tóm tắt"), blank=True)
    objectives = models.TextField(_("mục tiêu"), blank=True, help_text=_("Mỗi dòng một mục tiêu."))
    audience = models.CharField(_("dành cho"), max_length=200, blank=True)
    note = models.TextField(_("lưu ý"), blank=True, help_text=_("Hiện dưới phần giới thiệu khóa học."))
    order_enforced = models.BooleanField(_("học theo thứ tự"), default=False)
    prerequisites = ParentalManyToManyField(
        "self", symmetrical=False, blank=True, related_name="opens", verbose_name=_("học trước")
    )
    approved = models.BooleanField(_("đã được duyệt chuyên môn"), default=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("key"),
        FieldPanel("summary"),
        FieldPanel("objectives"),
        FieldPanel("audience"),
        FieldPanel("note"),
        FieldPanel("order_enforced"),
        FieldPanel("prerequisites"),
        FieldPanel("approved"),
    ]


class ModulePage(Page):
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage", "courses.QuizPage"]

    objectives = models.TextField(_("mục tiêu"), blank=True, help_text=_("Mỗi dòng một mục tiêu."))

    content_panels = [*Page.content_panels, FieldPanel("objectives")]


class LessonPage(Page):
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []

    body = StreamField(lesson_body(), blank=True, verbose_name=_("nội dung"))
    minutes = models.PositiveSmallIntegerField(_("số phút"), default=4)
    required = models.BooleanField(_("bắt buộc"), default=True)
    sources = models.TextField(_("nguồn"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("body"),
        FieldPanel("minutes"),
        FieldPanel("required"),
        FieldPanel("sources"),
    ]


class QuizPage(Page):
    parent_page_types = ["courses.CoursePage", "courses.ModulePage"]
    subpage_types: list[str] = []

    intro = models.TextField(_("lời dẫn"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("số phút dự kiến"), default=30)
    required = models.BooleanField(_("bắt buộc"), default=True)
    pass_percent = models.PositiveSmallIntegerField(
        _("mức đạt (%)"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    # 0: no limit
    attempt_limit = models.PositiveSmallIntegerField(_("số lần làm tối đa"), default=0)
    wait_minutes = models.PositiveSmallIntegerField(_("chờ giữa hai lần (phút)"), default=0)
    shuffle_questions = models.BooleanField(_("trộn câu hỏi"), default=False)
    shuffle_choices = models.BooleanField(_("trộn phương án"), default=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("minutes"),
        FieldPanel("required"),
        FieldPanel("pass_percent"),
        FieldPanel("attempt_limit"),
        FieldPanel("wait_minutes"),
        FieldPanel("shuffle_questions"),
        FieldPanel("shuffle_choices"),
        InlinePanel("questions", label=_("Câu hỏi")),
    ]


class QuizQuestion(Orderable):
    quiz = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="questions")
    question = models.ForeignKey("courses.Question", models.PROTECT, related_name="+", verbose_name=_("câu hỏi"))
    # hundredths of a point
    points = models.PositiveIntegerField(_("điểm (phần trăm điểm)"), default=100)
    # what to read again when the answer was wrong
    lesson = models.ForeignKey(
        LessonPage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("mục để ôn")
    )

    panels = [FieldPanel("question"), FieldPanel("points"), FieldPanel("lesson")]

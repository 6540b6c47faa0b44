"""A quiz: questions from the bank, and the rules by which it is taken. `courses.quizzes.views` shows it to learners."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from courses.content.lesson import LessonPage
from courses.content.quiz_editor import QuizForm
from courses.questions.bank import forbids_deletion
from pages.base import BasePage


class QuizPage(BasePage):
    template = "quiz/start.html"
    parent_page_types = ["courses.CoursePage", "courses.ModulePage"]
    subpage_types: list[str] = []
    page_description = _("Một bài kiểm tra, lấy câu hỏi từ ngân hàng câu hỏi.")

    base_form_class = QuizForm

    intro = models.TextField(_("lời dẫn"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("số phút dự kiến"), default=30, validators=[MinValueValidator(1)])
    required = models.BooleanField(_("bắt buộc"), default=True)
    pass_percent = models.PositiveSmallIntegerField(
        _("mức đạt (%)"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempt_limit = models.PositiveSmallIntegerField(
        _("số lần làm tối đa"), default=0, help_text=_("0 là không giới hạn.")
    )
    wait_minutes = models.PositiveSmallIntegerField(
        _("chờ giữa hai lần (phút)"), default=0, help_text=_("Sau một lần chưa đạt.")
    )
    shuffle_questions = models.BooleanField(_("trộn câu hỏi"), default=False)
    shuffle_choices = models.BooleanField(_("trộn phương án"), default=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        # a draft may still be empty; Wagtail asks for the minimum when it is published
        InlinePanel("questions", label=_("Câu hỏi"), min_num=1),
        MultiFieldPanel(
            [
                FieldPanel("pass_percent"),
                FieldPanel("attempt_limit"),
                FieldPanel("wait_minutes"),
                FieldPanel("shuffle_questions"),
                FieldPanel("shuffle_choices"),
            ],
            heading=_("Quy tắc làm bài"),
        ),
        FieldPanel("minutes"),
        FieldPanel("required"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = _("bài kiểm tra")
        verbose_name_plural = _("bài kiểm tra")

    def get_preview_template(self, request, mode_name):
        return "quiz/preview.html"


class QuizQuestion(Orderable):
    quiz = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="questions")
    question = models.ForeignKey("courses.Question", models.PROTECT, related_name="+", verbose_name=_("câu hỏi"))
    # hundredths of a point
    points = models.PositiveIntegerField(
        _("điểm (phần trăm điểm)"), default=100, validators=[MinValueValidator(1)], help_text=_("100 là một điểm.")
    )
    # what to read again when the answer was wrong
    lesson = models.ForeignKey(
        LessonPage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("mục để ôn")
    )

    panels = [FieldPanel("question"), FieldPanel("points"), FieldPanel("lesson")]


def connect() -> None:
    forbids_deletion(_stands_in_a_quiz)


def _stands_in_a_quiz(family: models.QuerySet) -> str:
    rows = QuizQuestion.objects.filter(question__in=family).values_list("quiz__title", flat=True).distinct()
    if titles := list(rows[:3]):
        return gettext("Câu hỏi đang có trong bài “%(quiz)s”. Hãy bỏ nó khỏi bài trước khi xóa.") % {
            "quiz": "”, “".join(titles)
        }
    return ""

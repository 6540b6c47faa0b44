"""A quiz: questions from the bank, and the rules by which it is taken. `courses.quizzes.views` shows it to learners."""

from math import ceil

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from courses.approval.approval import paths_approved
from courses.approval.part_of_course import PartOfCourse, is_going_live_whole
from courses.approval.submission import question_under_review
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.content.quiz_bank import BankPanel
from courses.content.quiz_editor import QuizForm
from courses.questions.bank import forbids_deletion
from courses.questions.changed_keys import holds_publication
from pages.base import BasePage


class QuizPage(PartOfCourse, BasePage):
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
    # 0: none
    time_limit = models.PositiveSmallIntegerField(
        _("thời gian làm bài (phút)"),
        default=0,
        validators=[MaxValueValidator(600)],
        help_text=_("0 là không giới hạn. Ai cần thì tự chọn thêm một nửa thời gian trước khi bắt đầu."),
    )
    opens_at = models.DateTimeField(_("mở từ"), null=True, blank=True, help_text=_("Để trống: mở ngay khi xuất bản."))
    closes_at = models.DateTimeField(
        _("đóng lúc"),
        null=True,
        blank=True,
        help_text=_("Để trống: không đóng. Bài đang làm dở lúc ấy được nộp như đã lưu."),
    )
    shuffle_questions = models.BooleanField(_("trộn câu hỏi"), default=False)
    shuffle_choices = models.BooleanField(_("trộn phương án"), default=True)

    # "": only the questions of the list below
    draw_from = models.CharField(
        _("rút câu từ nhóm"),
        max_length=120,
        blank=True,
        help_text=_(
            "Nhóm trong ngân hàng, kể cả nhóm con (“khoa” gồm “khoa/1.1”). Để trống: chỉ hỏi các câu trong danh sách."
        ),
    )
    draw_each = models.PositiveSmallIntegerField(
        _("số câu mỗi mục tiêu"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    # 0: as many as the objectives make
    draw_total = models.PositiveSmallIntegerField(
        _("tổng số câu rút"),
        default=0,
        validators=[MaxValueValidator(200)],
        help_text=_("0: đúng số câu mỗi mục tiêu. Lớn hơn thì rút thêm, nhỏ hơn thì rút bớt."),
    )
    open_after_lessons = models.BooleanField(
        _("mở sau khi học xong"),
        default=False,
        help_text=_(
            "Bài mở khi các mục bắt buộc của khóa đã xong. Người đã hoàn thành khóa, làm lại, thì thấy bài mở."
        ),
    )

    override_translatable_fields = [
        SynchronizedField(name, overridable=False)
        for name in (
            *("draw_from", "draw_each", "draw_total", "open_after_lessons"),
            *("time_limit", "opens_at", "closes_at"),
        )
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("draw_from"), FieldPanel("draw_each"), FieldPanel("draw_total"), BankPanel()],
            heading=_("Rút câu từ ngân hàng"),
        ),
        # a quiz may draw all its questions; QuizForm asks for one or the other when it is published
        InlinePanel("questions", label=_("Câu hỏi luôn hỏi")),
        MultiFieldPanel(
            [
                FieldPanel("pass_percent"),
                FieldPanel("attempt_limit"),
                FieldPanel("wait_minutes"),
                FieldPanel("time_limit"),
                FieldPanel("opens_at"),
                FieldPanel("closes_at"),
                FieldPanel("shuffle_questions"),
                FieldPanel("shuffle_choices"),
                FieldPanel("open_after_lessons"),
            ],
            heading=_("Quy tắc làm bài"),
        ),
        FieldPanel("minutes"),
        FieldPanel("required"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    @property
    def more_minutes(self) -> int:
        """The time limit of who wants half as much again, for which no reason is asked; half a minute is rounded up."""
        return self.time_limit + ceil(self.time_limit / 2)

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

    def save(self, *args, **kwargs):
        """Of a copied quiz the lesson to read again is the one that was copied along, or none: not the original's."""
        if self.lesson_id and self._is_of_a_copy():
            self.lesson = self._copied_along()
        super().save(*args, **kwargs)

    def _is_of_a_copy(self) -> bool:
        """The lesson stands in another course, and another quiz asks the same with it."""
        course = course_of(self.quiz)
        if course is None or self.lesson is None or self.lesson.path.startswith(course.path):
            return False
        others = QuizQuestion.objects.filter(question=self.question_id, lesson=self.lesson_id)
        return others.exclude(quiz__translation_key=self.quiz.translation_key).exists()

    def _copied_along(self) -> LessonPage | None:
        """What stands at the same place below the copied course."""
        copied, original = course_of(self.quiz), course_of(self.lesson)
        if copied is None or original is None:
            return None
        place = self.lesson.url_path.removeprefix(original.url_path)
        return LessonPage.objects.filter(url_path=f"{copied.url_path}{place}").first()


def course_of(page: Page) -> CoursePage | None:
    return CoursePage.objects.ancestor_of(page).order_by("-depth").first()


def connect() -> None:
    forbids_deletion(_stands_in_a_quiz)
    holds_publication(_waits_with_its_course, coming_down=True)
    holds_publication(_is_of_an_approved_course, coming_down=False)


def _waits_with_its_course(question: int | None, _category: str) -> str:
    if question and (title := question_under_review([question])):
        return gettext("Câu hỏi đang chờ duyệt cùng khóa “%(course)s”; trong lúc chờ, không đăng hay gỡ riêng.") % {
            "course": title
        }
    return ""


def _is_of_an_approved_course(question: int | None, category: str) -> str:
    courses = () if is_going_live_whole() else paths_approved()
    if not courses:
        return ""
    for quiz in QuizPage.objects.live().filter(_asks(question, category)).distinct():
        if quiz.path.startswith(courses) and (course := course_of(quiz)):
            said = gettext("Câu hỏi thuộc khóa đã duyệt “%(course)s”: lưu nháp rồi gửi duyệt cả khóa ở dàn bài.")
            return said % {"course": course.title}
    return ""


def _asks(question: int | None, category: str) -> models.Q:
    """Of quizzes: they ask it, or draw from its category."""
    steps = category.split("/") if category else []
    drawn = models.Q(draw_from__in=["/".join(steps[: end + 1]) for end in range(len(steps))])
    return drawn | models.Q(questions__question=question) if question else drawn


def _stands_in_a_quiz(family: models.QuerySet) -> str:
    rows = QuizQuestion.objects.filter(question__in=family).values_list("quiz__title", flat=True).distinct()
    if titles := list(rows[:3]):
        return gettext("Câu hỏi đang có trong bài “%(quiz)s”. Hãy bỏ nó khỏi bài trước khi xóa.") % {
            "quiz": "”, “".join(titles)
        }
    return ""

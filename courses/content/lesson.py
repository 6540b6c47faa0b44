"""Modules and their lessons."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from courses.content.blocks import lesson_body
from pages.base import BasePage


class ModulePage(BasePage):
    template = "pages/module_page.html"
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage", "courses.QuizPage"]
    page_description = _("Một phần của khóa học, gồm các mục và bài kiểm tra.")

    objectives = models.TextField(_("mục tiêu"), blank=True, help_text=_("Mỗi dòng một mục tiêu."))

    content_panels = [*BasePage.content_panels, FieldPanel("objectives")]
    search_fields = [*BasePage.search_fields, index.SearchField("objectives")]

    class Meta:
        verbose_name = _("mô-đun")
        verbose_name_plural = _("mô-đun")


class LessonPage(BasePage):
    template = "pages/lesson_page.html"
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    page_description = _("Một mục để đọc, nghe và luyện tập.")

    body = StreamField(lesson_body(), blank=True, verbose_name=_("nội dung"))
    minutes = models.PositiveSmallIntegerField(
        _("số phút"), default=4, validators=[MinValueValidator(1)], help_text=_("Thời gian đọc của người học.")
    )
    required = models.BooleanField(_("bắt buộc"), default=True)
    sources = models.TextField(_("nguồn"), blank=True, help_text=_("Văn bản, điều, khoản; hiện ở cuối mục."))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("sources"),
        FieldPanel("minutes"),
        FieldPanel("required"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("sources")]

    class Meta:
        verbose_name = _("mục học")
        verbose_name_plural = _("mục học")

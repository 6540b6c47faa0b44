"""Modules and their lessons."""

from collections.abc import Iterable

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from courses.approval.part_of_course import PartOfCourse
from courses.content.blocks import card_rows, lesson_body
from courses.content.lesson_editor import LessonForm
from courses.content.sectors import DutiesField, SectorsField
from media.illustrations import ShowsPictures
from media.pictures import Picture
from pages.base import BasePage


class ModulePage(PartOfCourse, BasePage):
    template = "pages/module_page.html"
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage", "courses.QuizPage", "courses.ConversationPage"]
    # as its pages follow each other
    admin_default_ordering = "ord"
    page_description = _("Một phần của khóa học, gồm các mục, cuộc tập và bài kiểm tra.")

    objectives = models.TextField(_("mục tiêu"), blank=True, help_text=_("Mỗi dòng một mục tiêu."))
    cards = StreamField(
        card_rows(),
        blank=True,
        verbose_name=_("thẻ việc"),
        help_text=_("Thẻ A6 để giữ bên mình; không tính là mục phải học."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("objectives"), FieldPanel("cards")]
    search_fields = [*BasePage.search_fields, index.SearchField("objectives")]

    class Meta:
        verbose_name = _("mô-đun")
        verbose_name_plural = _("mô-đun")


class LessonPage(PartOfCourse, ShowsPictures, BasePage):
    template = "pages/lesson_page.html"
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    page_description = _("Một mục để đọc, nghe và luyện tập.")
    base_form_class = LessonForm
    search_label = _("Mục học")
    search_is_public = False

    objective = models.CharField(
        _("học xong mục này"), max_length=300, blank=True, help_text=_("Một câu: người học làm được gì.")
    )
    body = StreamField(lesson_body(), blank=True, verbose_name=_("nội dung"))
    minutes = models.PositiveSmallIntegerField(
        _("số phút"), default=4, validators=[MinValueValidator(1)], help_text=_("Thời gian đọc của người học.")
    )
    required = models.BooleanField(_("bắt buộc"), default=True)
    sources = models.TextField(
        _("nguồn"), blank=True, help_text=_("Văn bản, điều, khoản; mỗi dòng một nguồn, hiện ở cuối mục.")
    )
    sectors = SectorsField(
        _("dành riêng cho ngành"),
        help_text=_("Để trống nếu mọi người cùng học. Mục vẫn mở cho mọi người; dấu này cho biết ai cần nhất."),
    )
    duties = DutiesField(_("dành riêng cho người có nhiệm vụ"))

    override_translatable_fields = [
        SynchronizedField("minutes"),
        SynchronizedField("sectors", overridable=False),
        SynchronizedField("duties", overridable=False),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("objective"),
        FieldPanel("body"),
        FieldPanel("sources"),
        FieldPanel("minutes"),
        MultiFieldPanel([FieldPanel("sectors"), FieldPanel("duties")], heading=_("Nhất là cho ai")),
        FieldPanel("required"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("objective"),
        index.SearchField("body"),
        index.SearchField("sources"),
    ]

    class Meta:
        verbose_name = _("mục học")
        verbose_name_plural = _("mục học")

    def shown_pictures(self) -> Iterable[tuple[str, Picture, str]]:
        chosen = [bound.value for bound in self.body if bound.block_type == "picture"]
        return [("body", value["image"], value["alt"] or "") for value in chosen if value["image"]]

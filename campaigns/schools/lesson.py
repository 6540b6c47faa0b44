"""Lessons of 45 minutes for schools, which a teacher reads and prints. Pupils have no accounts and give no names."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from campaigns.schools.blocks import PRINTED, lesson_body
from campaigns.schools.blocks.sheets import SheetBlock
from campaigns.schools.blocks.timeline import minutes_of
from media.illustrations import Illustrated, illustration_panel
from pages.base import PublicPage
from pages.cms.forms import PageForm
from pages.text_blocks import SHORT_FEATURES


class SchoolsPage(PublicPage):
    """The common content of all lessons: the safety rules, and the sheet for when a pupil reports danger."""

    template = "campaigns/schools_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["campaigns.SchoolLessonPage"]
    # as its pages follow each other
    admin_default_ordering = "ord"
    page_description = _("Các bài học ở trường, quy tắc an toàn và trang dùng chung của thầy cô.")
    search_label = _("Bài học ở trường")
    search_audiences = ("giao_vien",)

    intro = models.TextField(_("lời mở đầu"), max_length=400, blank=True)
    conventions = RichTextField(_("cách đọc bài"), features=SHORT_FEATURES, blank=True)
    rules = StreamField(
        [("rule", blocks.CharBlock(max_length=250, label=_("Quy tắc")))],
        verbose_name=_("quy tắc an toàn"),
        help_text=_("Hiện ở đầu mỗi bài: đọc trước khi dạy."),
    )
    shared = StreamField(
        [("sheet", SheetBlock())],
        blank=True,
        verbose_name=_("trang dùng chung"),
        help_text=_("Trang đầu tiên mở và in được từ mỗi bài, ở chỗ quy tắc an toàn."),
    )
    sources = models.TextField(_("căn cứ"), blank=True)

    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("rules"),
        FieldPanel("conventions"),
        FieldPanel("shared"),
        FieldPanel("sources"),
    ]
    search_fields = [
        *PublicPage.search_fields,
        *(index.SearchField(name) for name in ("intro", "conventions", "rules", "shared", "sources")),
    ]

    class Meta:
        verbose_name = _("trang bài học ở trường")
        verbose_name_plural = _("trang bài học ở trường")

    @property
    def protocol(self):
        """The shared sheet of every lesson, or None."""
        return next(iter(self.shared), None)

    def part(self, code: str):
        return of_code(self.shared, code)

    def get_context(self, request, *args, **kwargs):
        lessons = SchoolLessonPage.objects.child_of(self).live().order_by("path")
        return {**super().get_context(request, *args, **kwargs), "lessons": lessons}


def printed_of(body) -> list:
    return [part for part in body if part.block_type in PRINTED]


def refuse_faults(body, minutes: int) -> None:
    """Raises ValidationError for what a published lesson may not be; a draft may."""
    codes = [part.value["code"].casefold() for part in printed_of(body)]
    if twice := next((code for code in codes if codes.count(code) > 1), ""):
        message = gettext("Mã “%(code)s” có hai lần. Mỗi mã một lần trong bài.")
        raise ValidationError({"body": message % {"code": twice.upper()}})
    planned = [minutes_of(part.value) for part in body if part.block_type == "timeline"]
    if any(length != minutes for length in planned):
        message = gettext("Tiến trình dài %(planned)d phút, bài ghi %(minutes)d phút. Sửa một trong hai.")
        raise ValidationError({"minutes": message % {"planned": planned[0], "minutes": minutes}})


class SchoolLessonForm(PageForm):
    def clean(self):
        data = super().clean()
        if not self.is_deferred_validation and {"body", "minutes"} <= data.keys():
            try:
                refuse_faults(data["body"], data["minutes"])
            except ValidationError as refused:
                self.add_error(None, refused)
        return data


class SchoolLessonPage(Illustrated, PublicPage):
    base_form_class = SchoolLessonForm
    template = "campaigns/lesson_page.html"
    parent_page_types = ["campaigns.SchoolsPage"]
    subpage_types: list[str] = []
    page_description = _("Một bài ngoại khóa: tiến trình, lời thầy cô, thẻ, phiếu để in.")
    search_label = _("Bài học ở trường")
    search_audiences = ("giao_vien",)

    grades = models.CharField(_("lớp"), max_length=40, help_text=_("Ví dụ: Lớp 6–9."))
    minutes = models.PositiveSmallIntegerField(_("số phút"), default=45, validators=[MinValueValidator(1)])
    aims = RichTextField(_("mục tiêu"), features=SHORT_FEATURES)
    things = models.TextField(_("chuẩn bị"), blank=True)
    body = StreamField(lesson_body(), blank=True, verbose_name=_("bài học"))
    sources = models.TextField(_("căn cứ"), blank=True)

    override_translatable_fields = [SynchronizedField("scene"), SynchronizedField("picture")]
    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel([FieldPanel("grades"), FieldPanel("minutes")], heading=_("Cho lớp nào")),
        FieldPanel("aims"),
        FieldPanel("things"),
        illustration_panel(),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]
    search_fields = [
        *PublicPage.search_fields,
        *(index.SearchField(name) for name in ("grades", "aims", "things", "body", "sources")),
    ]

    class Meta:
        verbose_name = _("bài học ở trường")
        verbose_name_plural = _("bài học ở trường")

    def save(self, *args, **kwargs):
        # however a lesson is published, it is checked as it goes live
        if self.live and kwargs.get("clean", True):
            refuse_faults(self.body, self.minutes)
        super().save(*args, **kwargs)

    @property
    def printed(self) -> list:
        """The blocks that are printed and handed out, or kept by the teacher."""
        return printed_of(self.body)

    @property
    def teachers_notes(self) -> list:
        """Sheets with a note to the teacher, and quizzes, whose answers are printed separately."""
        return [part for part in self.printed if part.block_type == "quiz" or has_note(part)]

    def part(self, code: str):
        """The printed block with this code, the shared sheet included, or None."""
        return of_code([*self.printed, *filter(None, [self.schools.protocol])], code)

    @property
    def schools(self) -> SchoolsPage:
        if not hasattr(self, "_schools"):
            self._schools = SchoolsPage.objects.ancestor_of(self).get()
        return self._schools

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "schools": self.schools}


def of_code(parts, code: str):
    return next((part for part in parts if part.value["code"].casefold() == code.casefold()), None)


def has_note(part) -> bool:
    return part.block_type == "sheet" and bool(part.value["note"] and part.value["note"].source)

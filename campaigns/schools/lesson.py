"""Lessons of 45 minutes for schools, which a teacher reads and prints. Pupils have no accounts and give no names."""

import hashlib
import json
import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from campaigns.schools.approvals import LessonTester, PackApproval, approval_of, origin_note, supersede_where_changed
from campaigns.schools.blocks import PRINTED, lesson_body
from campaigns.schools.blocks.adaptations import AdaptationBlock
from campaigns.schools.blocks.sheets import SheetBlock
from campaigns.schools.blocks.timeline import minutes_of
from campaigns.schools.facets import MONTH_CHOICES, Band, BandsField, Topic, place_in_year
from media.illustrations import Illustrated, illustration_panel
from pages.base import PublicPage
from pages.cms.forms import PageForm
from pages.text_blocks import SHORT_FEATURES
from people.rights.roles import RoleKind, role_kinds


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

    @property
    def is_approved(self) -> bool:
        return not self.review_note

    def part(self, code: str):
        return of_code(self.shared, code)


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
    bands = BandsField(_("bậc học"), help_text=_("Để thầy cô lọc. Một bài có thể cho nhiều bậc."))
    topic = models.CharField(_("chủ đề"), max_length=12, choices=Topic.choices, blank=True)
    # NULL: not in the series of the year
    month = models.PositiveSmallIntegerField(
        _("tháng trong năm học"), null=True, blank=True, choices=MONTH_CHOICES, help_text=_("Để xếp chuỗi bài cả năm.")
    )
    needs_projector = models.BooleanField(_("cần máy chiếu"), default=False)
    needs_power = models.BooleanField(_("cần điện"), default=False)
    minutes = models.PositiveSmallIntegerField(_("số phút"), default=45, validators=[MinValueValidator(1)])
    aims = RichTextField(_("mục tiêu"), features=SHORT_FEATURES)
    things = models.TextField(_("chuẩn bị"), blank=True)
    background = RichTextField(
        _("thầy cô cần biết"), features=SHORT_FEATURES, blank=True, help_text=_("Không đọc cho lớp.")
    )
    adaptations = StreamField(
        [("adaptation", AdaptationBlock())], blank=True, verbose_name=_("điều chỉnh theo lớp học")
    )
    body = StreamField(lesson_body(), blank=True, verbose_name=_("bài học"))
    sources = models.TextField(_("căn cứ"), blank=True)

    override_translatable_fields = [SynchronizedField("scene"), SynchronizedField("picture")]
    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("grades", "bands", "minutes", "topic", "month")], heading=_("Cho lớp nào")
        ),
        MultiFieldPanel([FieldPanel("needs_projector"), FieldPanel("needs_power")], heading=_("Lớp phải có gì")),
        FieldPanel("aims"),
        FieldPanel("things"),
        FieldPanel("background"),
        FieldPanel("adaptations"),
        illustration_panel(),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]
    search_fields = [
        *PublicPage.search_fields,
        *(
            index.SearchField(name)
            for name in ("grades", "aims", "things", "body", "background", "adaptations", "sources")
        ),
    ]

    class Meta:
        verbose_name = _("bài học ở trường")
        verbose_name_plural = _("bài học ở trường")

    def save(self, *args, **kwargs):
        # however a lesson is published, it is checked as it goes live
        if self.live and kwargs.get("clean", True):
            refuse_faults(self.body, self.minutes)
        super().save(*args, **kwargs)

    def permissions_for_user(self, user):
        return LessonTester(user, self)

    @cached_property
    def copied(self):
        """As which copy of which lesson a school wrote it; None for a lesson of the province."""
        return getattr(self, "school_copy", None)

    @property
    def is_found(self) -> bool:
        """Who looks for a lesson finds the province's; a school leads to its own version."""
        return self.copied is None

    @property
    def origin_note(self) -> str:
        return origin_note(self.copied)

    @cached_property
    def approval(self) -> PackApproval | None:
        return approval_of(self.translation_key)

    @property
    def is_approved(self) -> bool:
        """As it is read now. A copy in another language shares the approval of its source."""
        return self.approval is not None

    @property
    def state_note(self) -> str:
        """What readers are told while nobody approved it; "" afterwards."""
        if self.is_approved:
            return ""
        if self.copied is not None:
            return gettext("Trường đã duyệt, cấp tỉnh chưa duyệt.")
        return self.review_note or gettext("Nội dung chưa được duyệt.")

    @property
    def to_parents(self) -> list:
        return [part for part in self.printed if part.block_type == "sheet" and part.value["holder"] == "parents"]

    @property
    def band_names(self) -> list[str]:
        return [str(Band(key).label) for key in self.bands if key in Band.values]

    @property
    def place_in_year(self) -> int:
        return place_in_year(self.month)

    @property
    def printed(self) -> list:
        """The blocks that are printed and handed out, or kept by the teacher."""
        return printed_of(self.body)

    @property
    def teachers_notes(self) -> list:
        """What has a note to the teacher, and quizzes, whose answers are printed separately."""
        return [part for part in self.printed if part.block_type == "quiz" or note_of(part)]

    def part(self, code: str):
        """The printed block with this code, the shared sheet included, or None."""
        return of_code([*self.printed, *filter(None, [self.schools.protocol])], code)

    @property
    def schools(self) -> SchoolsPage:
        if not hasattr(self, "_schools"):
            self._schools = SchoolsPage.objects.ancestor_of(self).get()
        return self._schools

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, "schools": self.schools, "logs": _may_log(getattr(request, "user", None))}


def _may_log(user) -> bool:
    """Whether she is led to the log of lessons: who has not signed in may be a teacher."""
    if user is None or not user.is_authenticated:
        return True
    return user.is_superuser or bool(role_kinds(user) & {RoleKind.TEACHER, RoleKind.SCHOOL_MANAGER})


# keys of the editor in rich text, which a publication without a change renews
EDITORS_KEYS = re.compile(r' data-block-key=\\?"[^"]*"')


def digest_of(page: SchoolLessonPage) -> str:
    """Of all words that a class or its teacher meets, and of the minutes."""
    texts = [page.title, page.grades, str(page.minutes), page.aims, page.things, page.background, page.sources]
    streams = [list(page.body.raw_data), list(page.adaptations.raw_data)]
    said = json.dumps([texts, streams], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(EDITORS_KEYS.sub("", said).encode()).hexdigest()


def follow_publication(instance: SchoolLessonPage, now: datetime) -> None:
    """The approval of a lesson ends when other words of it go live in the original language."""
    if instance.locale.language_code == "vi":
        supersede_where_changed(instance.translation_key, digest_of(instance), now)


def of_code(parts, code: str):
    return next((part for part in parts if part.value["code"].casefold() == code.casefold()), None)


def note_of(part):
    """What the teacher is told of a sheet or listens for in a discussion, as rich text; None where it is nothing."""
    said = part.value.get({"sheet": "note", "discussion": "listen"}.get(part.block_type, ""))
    return said if said and said.source else None

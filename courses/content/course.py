"""The page of a course: its purpose, its order, its prerequisites."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from courses.approval.part_of_course import PartOfCourse
from media.illustrations import Illustrated, illustration_panel
from pages.base import BasePage
from pages.cms.forms import PageForm
from pages.identity.own_names import NamedOnce
from pages.identity.slugs import free_slug, neutral_slug

LONGEST_KEY = 80


def circle(key: str, prerequisites) -> list[str]:
    """Titles along a cycle from these prerequisites back to the course `key`; [] when there is none.

    Compares keys, since a course has a page in each language.
    """
    trails = [[course] for course in prerequisites]
    known = set()
    while trails:
        trail = trails.pop()
        if trail[-1].key == key:
            return [course.title for course in trail]
        if trail[-1].key not in known:
            known.add(trail[-1].key)
            trails += [[*trail, course] for course in trail[-1].prerequisites.all()]
    return []


class CourseForm(PageForm):
    def clean(self):
        data = super().clean()
        if titles := circle(data.get("key"), data.get("prerequisites") or ()):
            message = gettext("Khóa học trước đi vòng tròn: %(titles)s. Bỏ bớt một khóa.")
            self.add_error("prerequisites", message % {"titles": " → ".join(titles)})
        return data


class CoursePage(PartOfCourse, NamedOnce[str], Illustrated, BasePage):
    name_field, own_name_field = "key", "own_key"
    exclude_fields_in_copy = ["key", "own_key"]
    copies_are_drafts = True
    # in the sitemap (pages.serving.sitemap); the pages below are for learners only
    is_for_search_engines = True
    template = "pages/course_page.html"
    parent_page_types = ["courses.CataloguePage"]
    subpage_types = ["courses.ModulePage", "courses.QuizPage", "courses.ConversationPage"]
    # as its pages follow each other
    admin_default_ordering = "ord"
    page_description = _("Một khóa học: mục tiêu, mô-đun, bài kiểm tra.")
    base_form_class = CourseForm
    search_label = _("Khóa học cho cán bộ")
    search_audiences = ("can_bo",)

    # the same in every language; completions and requirements refer to it
    key = models.SlugField(
        _("khóa"),
        max_length=LONGEST_KEY,
        blank=True,
        help_text=_(
            "Tên không dấu của khóa học, dùng trong yêu cầu và hồ sơ. Để trống thì lấy theo địa chỉ trang. "
            "Không đổi sau khi đã có người học."
        ),
    )
    # NULL on translations and aliases
    own_key = models.CharField(max_length=LONGEST_KEY, unique=True, null=True, editable=False)
    summary = models.TextField(_("tóm tắt"), blank=True)
    objectives = models.TextField(_("mục tiêu"), blank=True, help_text=_("Mỗi dòng một mục tiêu."))
    audience = models.CharField(_("dành cho"), max_length=200, blank=True)
    note = models.TextField(_("lưu ý"), blank=True, help_text=_("Hiện dưới phần giới thiệu khóa học."))
    order_enforced = models.BooleanField(
        _("học theo thứ tự"), default=False, help_text=_("Mục sau chỉ mở khi các mục bắt buộc trước đã xong.")
    )
    prerequisites = ParentalManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="opens",
        verbose_name=_("học trước"),
        help_text=_("Phải hoàn thành các khóa này thì khóa này mới mở."),
    )

    override_translatable_fields = [
        SynchronizedField("key", overridable=False),
        SynchronizedField("order_enforced", overridable=False),
        SynchronizedField("prerequisites", overridable=False),
        SynchronizedField("scene"),
        SynchronizedField("picture"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("objectives"),
        FieldPanel("audience"),
        FieldPanel("note"),
        illustration_panel(),
        MultiFieldPanel(
            [FieldPanel("order_enforced"), FieldPanel("prerequisites"), FieldPanel("key")], heading=_("Quy tắc học")
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("objectives"),
        index.SearchField("audience"),
        index.FilterField("key"),
    ]

    class Meta:
        verbose_name = _("khóa học")
        verbose_name_plural = _("khóa học")

    def new_name(self) -> str:
        wanted = self.key or neutral_slug(self.slug or self.title) or "khoa-hoc"
        return free_slug(wanted, lambda key: self.name_is_free(key, self.pk), LONGEST_KEY)

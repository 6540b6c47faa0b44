"""The space of each commune, and the page that lists all spaces."""

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from campaigns.communes.former import former_names
from campaigns.communes.pages import CommunePage, SpacePermissionTester
from letters.place_names import ways_to_write
from media.pictures import Picture
from pages.base import PublicPage
from people.rights import scope
from people.units.unit import Unit


class CommunesPage(PublicPage):
    template = "pages/communes_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["campaigns.CommuneSpacePage"]
    max_count_per_parent = 1
    page_description = _("Danh sách các xã, phường, đặc khu; mỗi nơi có một trang riêng.")

    intro = models.TextField(_("lời mở đầu"), max_length=400, blank=True)

    content_panels = [*PublicPage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("trang các xã, phường")
        verbose_name_plural = _("trang các xã, phường")


class CommuneSpacePage(CommunePage):
    """The space of one unit in one language. Its title is always the unit's name."""

    template = "pages/commune_space_page.html"
    parent_page_types = ["campaigns.CommunesPage"]
    subpage_types = ["campaigns.NoticePage", "campaigns.CommuneMessagePage"]
    page_description = _("Trang riêng của một xã, phường hoặc đặc khu.")
    # created from the units, never by hand
    is_creatable = False
    may_be_copied = False

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="spaces", verbose_name=_("đơn vị"), editable=False)
    # the unit's key once more, on the source alone: NULL on translations (pages.identity.own_names says why)
    own_unit = models.PositiveBigIntegerField(unique=True, null=True, editable=False)
    intro = models.TextField(
        _("lời chào bà con"),
        max_length=600,
        blank=True,
        help_text=_("Ngắn, dễ đọc thành tiếng. Không ghi tên nạn nhân."),
    )
    office = models.CharField(
        _("gặp ai, ở đâu"),
        max_length=250,
        blank=True,
        help_text=_("Ví dụ: UBND xã, bộ phận tiếp dân, thứ Hai đến thứ Sáu. Cần phiên dịch thì nói trước."),
    )
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("hình ảnh")
    )
    # the day on which the unit ended; NULL while it exists
    closed_on = models.DateField(null=True, editable=False)

    content_panels = [
        HelpPanel(template="wagtailadmin/campaigns/space_help.html", heading=_("Trang của xã")),
        FieldPanel("intro"),
        FieldPanel("office"),
        FieldPanel("picture"),
        FieldPanel("insisting"),
    ]
    promote_panels: list = []
    search_fields = [*PublicPage.search_fields, index.SearchField("intro")]
    override_translatable_fields = [
        SynchronizedField("title", overridable=False),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("unit", overridable=False),
        SynchronizedField("closed_on", overridable=False),
        TranslatableField("intro"),
    ]

    class Meta:
        verbose_name = _("trang của xã")
        verbose_name_plural = _("trang của xã")

    def save(self, *args, **kwargs):
        """The first of its family bears the unit; another family for the unit is refused by the database."""
        if self._state.adding:
            family = CommuneSpacePage.objects.filter(translation_key=self.translation_key)
            self.own_unit = None if family.exists() else self.unit_id
        super().save(*args, **kwargs)

    @cached_property
    def formerly(self) -> list[str]:
        """The names of the communes of which it was made; one query."""
        return former_names(ancestor=self.unit_id)[self.unit_id]

    @property
    def search_terms(self) -> tuple[str, ...]:  # type: ignore[override]
        """People look for their commune by its former name, and write either in several ways."""
        return (*self.formerly, *(way for name in (self.title, *self.formerly) for way in ways_to_write(name)))

    @property
    def share_text(self) -> str:
        name = self.title
        if self.formerly:
            name = gettext("%(name)s (trước là %(former)s)") % {"name": name, "former": ", ".join(self.formerly)}
        return self.summary or gettext("%(name)s: tin cho bà con, gọi ai khi cần giúp.") % {"name": name}

    def permissions_for_user(self, user):
        return SpacePermissionTester(user, self)

    @property
    def feed_path(self) -> str:  # type: ignore[override]
        return f"{self.url}tin.atom" if self.locale.language_code == "vi" and self.url else ""

    def with_content_json(self, content):
        """Restores the written content of a revision, but not its name, unit or closing day."""
        space = super().with_content_json(content)
        for name in ("title", "draft_title", "slug", "unit", "own_unit", "closed_on"):
            setattr(space, name, getattr(self, name))
        return space

    @classmethod
    def tops_of(cls, unit: Unit) -> set[int]:
        """Ids of the highest pages that a role on `unit` reaches, in every language: its space and those of its
        predecessors; for the province the page above all spaces.
        """
        rests = scope.resting_on(unit)
        if Unit.objects.filter(pk__in=rests, parent=None).exists():
            return set(CommunesPage.objects.values_list("pk", flat=True))
        return set(cls.objects.filter(unit__in=scope.under(rests)).values_list("pk", flat=True))


def spaces_of(user, kinds) -> models.QuerySet:
    """The spaces in the reach of the user's roles of these kinds, in every language."""
    reached = Q(unit__in=scope.under(scope.role_units(user, kinds)))
    return CommuneSpacePage.objects.filter(reached).select_related("unit", "locale")


def below_communes() -> Q:
    """Pages in any commune's space, in any language."""
    wanted = Q(pk__in=[])
    for path in CommunesPage.objects.values_list("path", flat=True):
        wanted |= Q(path__startswith=path, depth__gt=len(path) // Page.steplen)
    return wanted

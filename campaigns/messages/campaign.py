"""A campaign of one year around 30/7: its days, its theme, its messages."""

from calendar import monthrange
from datetime import date
from itertools import count

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from pages.base import PublicPage
from pages.blocks import VerbBlock
from pages.cms.forms import PageForm
from pages.identity.own_names import NamedOnce
from pages.languages import SOURCE
from people.times import today
from people.typed_fields import DayToCome


class Stage(models.TextChoices):
    BEFORE = "before", _("chưa đến")
    RUNNING = "running", _("đang diễn ra, trước ngày 30/7")
    DAY = "day", _("đúng ngày")
    CLOSING = "closing", _("đang diễn ra, sau ngày 30/7")
    OVER = "over", _("đã qua")


OPEN_STAGES = {Stage.RUNNING, Stage.DAY, Stage.CLOSING}


class CampaignQuerySet(PageQuerySet):
    def nearest(self, day: date, language: str = SOURCE):
        """The live campaign under way on `day`, else the next one, else the last that was, in this language or, where
        it has none, in Vietnamese; None without any.
        """
        return self._nearest(day, language) or (self._nearest(day, SOURCE) if language != SOURCE else None)

    def _nearest(self, day: date, language: str):
        live = self.live().filter(locale__language_code=language).select_related("locale")
        return live.filter(ends_on__gte=day).order_by("starts_on").first() or live.order_by("-ends_on").first()


def days_of(year: int) -> dict[str, date]:
    """From the month before the day to a fortnight after it."""
    return {"starts_on": date(year, 7, 1), "day": date(year, 7, 30), "ends_on": date(year, 8, 15)}


class CampaignForm(PageForm):
    """Proposes the first year without a campaign, with its usual days."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and not self.is_bound:
            year = self.instance.new_name()
            self.initial |= {"year": year, **days_of(year)}


class CampaignPage(NamedOnce[int], PublicPage):
    base_form_class = CampaignForm
    name_field, own_name_field = "year", "own_year"
    exclude_fields_in_copy = ["year", "own_year"]
    template = "campaigns/campaign_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["campaigns.MessagePage"]
    # as its pages follow each other
    admin_default_ordering = "ord"
    page_description = _("Chiến dịch 30/7 của một năm, gồm các thông điệp.")

    feed_path = "/tin.atom"
    translated_words = ("title", "eyebrow", "heading", "lead", "summary", "theme", "verbs", "about")

    year = models.PositiveSmallIntegerField(_("năm"), validators=[MinValueValidator(2016)])
    # NULL on translations and aliases
    own_year = models.PositiveSmallIntegerField(unique=True, null=True, editable=False)
    starts_on = DayToCome(_("từ ngày"))
    day = DayToCome(_("ngày chính"), help_text=_("Ngày toàn dân, 30/7."))
    ends_on = DayToCome(_("đến hết ngày"))
    theme = models.CharField(
        _("chủ đề của năm"),
        max_length=200,
        blank=True,
        help_text=_("Cơ quan thường trực điền. Trống thì không hiện."),
    )
    eyebrow = models.CharField(_("dòng trên tên"), max_length=120, blank=True)
    heading = models.CharField(_("tên lớn"), max_length=80)
    lead = models.TextField(_("lời mở đầu"), max_length=400)
    verbs = StreamField([("verb", VerbBlock())], max_num=5, blank=True, verbose_name=_("lời dặn"))
    about = models.TextField(_("vì sao là 30/7"), blank=True, help_text=_("Mỗi dòng một ý."))
    sources = models.TextField(_("nguồn"), blank=True, help_text=_("Mỗi dòng một nguồn."))

    objects = PageManager.from_queryset(CampaignQuerySet)()

    override_translatable_fields = [
        SynchronizedField(name, overridable=False) for name in ("year", "starts_on", "day", "ends_on")
    ]
    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("year", required_on_save=False),
                FieldRowPanel([FieldPanel(name, required_on_save=False) for name in ("starts_on", "day", "ends_on")]),
                FieldPanel("theme"),
            ],
            heading=_("Thời gian"),
        ),
        MultiFieldPanel([FieldPanel("eyebrow"), FieldPanel("heading"), FieldPanel("lead")], heading=_("Đầu trang")),
        FieldPanel("verbs"),
        FieldPanel("about"),
        FieldPanel("sources"),
    ]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("heading"),
        index.SearchField("lead"),
        index.SearchField("theme"),
        index.SearchField("about"),
        index.FilterField("year"),
        index.FilterField("starts_on"),
        index.FilterField("ends_on"),
    ]

    class Meta:
        verbose_name = _("chiến dịch 30/7")
        verbose_name_plural = _("chiến dịch 30/7")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("day")) & Q(day__lte=F("ends_on")), name="campaign_days_in_order"
            ),
        ]

    @property
    def share_card_title(self) -> str:
        return self.heading

    def clean(self):
        super().clean()
        if (given := self._given_days()) != sorted(given):
            raise ValidationError({"day": gettext("Ngày chính phải nằm trong thời gian của chiến dịch.")})

    def new_name(self) -> int:
        """The first year without a campaign; the days of a copy go with it."""
        before = self.day.year if self.day else today().year
        year = next(year for year in count(before) if self.name_is_free(year, self.pk))
        for name in days_of(year):
            if given := getattr(self, name):
                setattr(self, name, _years_on(given, year - before))
        return year

    def settle_name(self) -> None:
        """Fills in days too: a draft may lack them, the database does not hold a campaign without."""
        super().settle_name()
        usual, given = days_of(self.year), self._given_days()
        self.starts_on = self.starts_on or min(usual["starts_on"], *given, usual["day"])
        self.ends_on = self.ends_on or max(usual["ends_on"], *given, usual["day"])
        self.day = self.day or min(max(usual["day"], self.starts_on), self.ends_on)

    def _given_days(self) -> list[date]:
        return [day for day in (self.starts_on, self.day, self.ends_on) if day]

    def stage_on(self, day: date) -> Stage:
        if day < self.starts_on:
            return Stage.BEFORE
        if day > self.ends_on:
            return Stage.OVER
        if day == self.day:
            return Stage.DAY
        return Stage.RUNNING if day < self.day else Stage.CLOSING

    def days_left_on(self, day: date) -> int:
        """Days until the day itself; 0 from then on."""
        return max((self.day - day).days, 0)


def _years_on(day: date, years: int) -> date:
    """The same day; 29 February becomes the 28th."""
    return date(day.year + years, day.month, min(day.day, monthrange(day.year + years, day.month)[1]))

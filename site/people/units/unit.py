"""Units of the province as spans of time.

Codes are reused after a reform and parents change, so a unit is known by (code, valid_from); `people.units.successions`
records what happened to it. Administrative epochs: Resolution 1241/NQ-UBTVQH15 (1/1/2025), Resolution 1659/NQ-UBTVQH15
(1/7/2025, districts abolished).
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from letters.folding import searched, spelled, visible
from letters.order import text_order
from letters.place_names import KIND, ways_to_write
from people.columns import DerivedField, Deriving, DerivingQuerySet
from people.free_text import FreeText
from people.times import Record, covering


class UnitKind(models.TextChoices):
    PROVINCE = "tinh", _("Tỉnh")
    CITY = "thanh_pho", _("Thành phố trực thuộc trung ương")
    DISTRICT = "huyen", _("Huyện, thị xã, thành phố thuộc tỉnh")
    COMMUNE = "xa", _("Xã")
    WARD = "phuong", _("Phường")
    TOWNSHIP = "thi_tran", _("Thị trấn")
    SPECIAL_ZONE = "dac_khu", _("Đặc khu")
    AGENCY = "co_quan", _("Cơ quan")
    SCHOOL = "truong", _("Trường")


PROVINCIAL_KINDS = {UnitKind.PROVINCE, UnitKind.CITY}
COMMUNE_KINDS = {UnitKind.COMMUNE, UnitKind.WARD, UnitKind.TOWNSHIP, UnitKind.SPECIAL_ZONE}


class Sector(models.TextChoices):
    GOVERNMENT = "chinh_quyen", _("Chính quyền")
    LABOUR = "lao_dong", _("Lao động")
    HEALTH = "y_te", _("Y tế")
    POLICE = "cong_an", _("Công an")
    BORDER_GUARD = "bien_phong", _("Biên phòng")
    JUSTICE = "tu_phap", _("Tư pháp")
    EDUCATION = "giao_duc", _("Giáo dục")
    FINANCE = "tai_chinh", _("Tài chính")
    INFORMATION = "thong_tin", _("Thông tin, truyền thông")
    SOCIAL_WORK = "cong_tac_xa_hoi", _("Công tác xã hội")
    FRONT_UNIONS = "doan_the", _("Mặt trận, đoàn thể")


def search_words(name: str, code: str) -> str:
    """The name in every way in which people write it: "Bha Lê" is found by "bhalee", and so is its committee."""
    ways = ways_to_write(KIND.split(visible(name))[-1])
    return f" {searched(' '.join([name, *ways, code]))} "


# letters of a search: no name is longer
LONGEST_TYPED = 100


class UnitQuerySet(DerivingQuerySet):
    def on(self, day: date):
        """Units that exist on `day`."""
        return self.filter(covering(day, "valid_from", "valid_to"))

    def by_name(self):
        return self.order_by("name_order", "code", "valid_from")

    def found(self, typed: str):
        """Whose name and code have every typed word, in any spelling."""
        fits = Q()
        for way in (typed := typed[:LONGEST_TYPED], *ways_to_write(typed)):
            fits |= Q(*(Q(search_words__contains=f" {word}") for word in searched(way).split()))
        return self.filter(fits)

    def coded(self, code: str):
        """The spans of exactly this code; only if there is none, those of the one code that is spelled like it."""
        alike = {*self.filter(code_spelling=spelled(code)).values_list("code", flat=True)}
        meant = alike & {code, visible(code)} or alike
        return self.filter(code__in=meant) if len(meant) == 1 else self.none()

    def bearing(self, code: str, day: date):
        """The unit with `code` on `day`, or the first that ever had it where `day` is earlier, or None."""
        spans = self.coded(code).order_by("valid_from")
        return spans.on(day).first() or (spans.first() if not spans.filter(valid_from__lte=day).exists() else None)


class BelievedUnits(models.Manager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    def get_queryset(self):
        return super().get_queryset().filter(believed=True)


class Unit(Deriving):
    """One span of one unit. The descriptive columns are the current belief; `UnitVersion` keeps every belief."""

    code = models.CharField(_("mã"), max_length=20)
    name = models.CharField(_("tên"), max_length=200)
    kind = models.CharField(_("loại"), max_length=20, choices=UnitKind.choices)
    sector = models.CharField(_("ngành"), max_length=20, choices=Sector.choices, default=Sector.GOVERNMENT)
    # the unit that was the parent on valid_from; later parents follow from successions. NULL: a root
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField(_("từ ngày"))
    # NULL: still exists
    valid_to = models.DateField(_("đến ngày"), null=True, blank=True)
    # false: the import that brought it was undone; figures as known before that still have it
    believed = models.BooleanField(default=True, editable=False)
    code_spelling = DerivedField(of=("code",), work=spelled, db_index=True)
    search_words = DerivedField(of=("name", "code"), work=search_words)
    name_order = DerivedField(of=("name",), work=text_order)

    objects = BelievedUnits()
    every = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_code_from"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="unit_ends_after_start"
            ),
        ]

    def __str__(self):
        return self.name


class UnitVersion(Record):
    """The facts about a unit that were believed between two moments."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="versions")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(superseded_at=None), name="unit_one_current_version")
        ]


def record_versions(units: Iterable[Unit], now: datetime) -> list[UnitVersion]:
    """Records the columns of saved units as what is believed from `now` on."""
    units = list(units)
    ids = [unit.pk for unit in units]
    for first in range(0, len(ids), 500):
        UnitVersion.objects.filter(unit_id__in=ids[first : first + 500]).supersede(now)
    return UnitVersion.objects.bulk_create(
        (
            UnitVersion(
                unit=unit,
                name=unit.name,
                kind=unit.kind,
                sector=unit.sector,
                parent_id=unit.parent_id,
                valid_to=unit.valid_to,
                recorded_at=now,
            )
            for unit in units
        ),
        batch_size=500,
    )


class UnitFlag(Record):
    """A flag: why a unit needs more attention, with its days. Only trainers and managers see the reason."""

    class Kind(models.TextChoices):
        BORDERS_LAOS = "bien_gioi_lao", _("Giáp Lào")
        AT_RISK = "nguy_co", _("Nguy cơ cao")
        HAS_VICTIMS = "co_nan_nhan", _("Có nạn nhân")

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    reason = FreeText(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "start"], condition=Q(superseded_at=None), name="unit_flag_once"
            ),
            models.CheckConstraint(condition=Q(end=None) | Q(end__gte=F("start")), name="unit_flag_ends_after_start"),
        ]

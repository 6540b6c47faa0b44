"""Issuers: a unit with its printed name, its signer and the design of its certificates.

The nearest issuing unit above a person's posting issues; where there is none, the province does.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.persons.merges import Merge
from people.postings.coverage import CoverageError, root_on
from people.postings.posting import Posting
from people.times import covering
from people.units.successions import Reach
from people.units.unit import Unit

STARTER_MARK = "LC"


class Design(models.TextChoices):
    WOVEN = "det", _("Viền dệt, chữ không chân")
    OFFICIAL = "nghi_dinh", _("Khung kẻ, chữ có chân như văn bản hành chính")


class Issuer(models.Model):
    """A changed setting applies to later certificates only: a certificate keeps what it was issued with."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="issuer", verbose_name=_("đơn vị cấp"))
    superior = models.CharField(
        _("cơ quan chủ quản"), max_length=120, blank=True, help_text=_("In ở dòng đầu, phía trên tên cơ quan cấp.")
    )
    organisation = models.CharField(_("tên cơ quan cấp, như in trên giấy"), max_length=120)
    mark = models.CharField(
        _("ký hiệu trong số"),
        max_length=12,
        validators=[RegexValidator(r"^[A-ZĐ0-9]+\Z", _("Chỉ gồm chữ in hoa không dấu và chữ số, như SNV."))],
        help_text=_("Số chứng nhận có dạng 214/2026/CN-SNV."),
    )
    place = models.CharField(_("địa danh"), max_length=60, help_text=_("Đứng trước ngày ký, như “Đà Nẵng”."))
    signer_title = models.CharField(
        _("chức danh người ký"), max_length=80, blank=True, help_text=_("Để trống thì in chỗ ký tay.")
    )
    signer_name = models.CharField(_("họ tên người ký"), max_length=80, blank=True)
    design = models.CharField(_("mẫu giấy"), max_length=12, choices=Design, default=Design.WOVEN)
    imported_too = models.BooleanField(
        _("cấp cả cho lần hoàn thành nhập từ hồ sơ"),
        default=False,
        help_text=_("Mặc định chỉ cấp cho người hoàn thành trên hệ thống."),
    )
    active = models.BooleanField(
        _("đang cấp"), default=True, help_text=_("Bỏ chọn thì cơ quan cấp trên gần nhất cấp thay.")
    )

    class Meta:
        verbose_name = _("cơ quan cấp chứng nhận")
        verbose_name_plural = _("cơ quan cấp chứng nhận")
        constraints = [models.UniqueConstraint(fields=["mark"], name="issuer_mark_once")]

    def __str__(self):
        return self.organisation


@dataclass
class Recipient:
    """What a certificate says about a person besides the name; `duty_spans` are (duty id, start, end)."""

    issuer: Issuer
    unit: str = ""
    duty_spans: list[tuple[int, date, date | None]] = field(default_factory=list)

    def duties_on(self, day: date) -> set[int]:
        return {duty for duty, start, end in self.duty_spans if start <= day and (end is None or day <= end)}


def recipients(person_ids: Iterable[int], day: date) -> dict[int, Recipient]:
    """By person: the issuer on `day` and the unit of the posting; empty while there are no units. A record that was
    merged into another is posted where that is.

    Of several postings the earliest held on the day counts; four queries for any number of people.
    """
    person_ids = set(person_ids)
    into = Merge.objects.current().into(person_ids)
    people = {into.get(person, person) for person in person_ids}
    postings, duty_spans = _postings(people, day)
    nearest = _nearest({unit for unit, _name in postings.values()}, day)
    by_person = {}
    for person in people:
        unit, name = postings.get(person, (None, ""))
        issuer = nearest.get(unit) if unit else None
        if issuer is None and (issuer := nearest.setdefault(0, _of_the_province(day))) is None:
            return {}
        by_person[person] = Recipient(issuer, name, duty_spans[person])
    return by_person | {gone: by_person[stays] for gone, stays in into.items()}


def _postings(people: set[int], day: date) -> tuple[dict[int, tuple[int, str]], dict[int, list]]:
    """({person: (unit, name)} of the posting that counts, {person: [(duty, start, end)]})."""
    rows = Posting.objects.current().filter(person__in=people)
    best: dict[int, tuple] = {}
    duty_spans = defaultdict(list)
    for person, pk, unit, name, start, end, duty in rows.values_list(
        "person_id", "pk", "unit_id", "unit__name", "start", "end", "duties"
    ):
        covers = start <= day and (end is None or day <= end)
        # the earliest of those that cover the day, else the latest of all
        rank = (0, start.toordinal(), pk) if covers else (1, -start.toordinal(), pk)
        best[person] = min(best.get(person, (rank, unit, name)), (rank, unit, name))
        if duty:
            duty_spans[person].append((duty, start, end))
    return {person: (unit, name) for person, (_rank, unit, name) in best.items()}, duty_spans


def _nearest(units: set[int], day: date) -> dict[int, Issuer | None]:
    """By unit: the nearest active issuer above it on the map of `day`."""
    above = Reach.objects.filter(covering(day), unit__in=units, ancestor__issuer__active=True)
    rows = above.order_by("-depth").select_related("ancestor__issuer")
    return {row.unit_id: row.ancestor.issuer for row in rows}


def _of_the_province(day: date) -> Issuer | None:
    """The issuer of the root unit, created with defaults where nobody has set it. None while there are no units."""
    try:
        return starter_issuer(day)
    except CoverageError:
        return None


def starter_issuer(day: date) -> Issuer:
    """Gets or creates the issuer of the root unit of `day`. Raises CoverageError while there is no unit."""
    root = root_on(day)
    place = root.name.removeprefix("Thành phố ").removeprefix("Tỉnh ")
    mark = STARTER_MARK if not Issuer.objects.filter(mark=STARTER_MARK).exists() else f"{STARTER_MARK}{root.code}"
    defaults = {"organisation": f"Ủy ban nhân dân {root.name[0].lower()}{root.name[1:]}", "place": place, "mark": mark}
    return Issuer.objects.get_or_create(unit=root, defaults=defaults)[0]

"""The annual report's section about models worth copying: what was listed in the year, and which units copy one.

An exemplar has the moment when it was listed and that when it was taken off, an adoption likewise, so a recount as
known at a moment finds the same.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.talk.exemplars.exemplar import Adoption, Exemplar
from people.annual_sections import Annex, Asked, Counted, Group, Offered, Section, section

KEY, TABLE = "mo_hinh", "mo-hinh"
COLUMNS = ("mo_hinh", "ma", "don_vi", "viec", "ngay")
LISTED, COPIED = "dang", "lam_theo"
# by placeholder: its words, the column of which values are counted, and what the rows bear
COUNTS = {
    "so_mo_hinh": (gettext_lazy("mô hình hay được viết lại và đăng"), "mo_hinh", {"viec": LISTED}),
    "so_don_vi": (gettext_lazy("đơn vị có mô hình được đăng"), "ma", {"viec": LISTED}),
    "so_lam_theo": (gettext_lazy("đơn vị làm theo mô hình của đơn vị khác"), "ma", {"viec": COPIED}),
}


def told(asked: Asked) -> Section:
    annex = Annex(TABLE, _("Mô hình hay đăng trong kỳ, và đơn vị làm theo"), COLUMNS, tuple(sorted(_rows(asked))))
    figures = tuple(
        Counted(f"{TABLE}.{name}", _("Mô hình: %s") % label, TABLE, of, where)
        for name, (label, of, where) in COUNTS.items()
    )
    return Section(KEY, _("Mô hình hay"), (annex,), figures, (Group({}, {name: f"{TABLE}.{name}" for name in COUNTS}),))


def _rows(asked: Asked) -> Iterator[tuple[str, ...]]:
    """(number of the exemplar, code of the unit, code of the unit one level down, what, day); two queries."""
    where, codes = asked.places, {child.pk: child.code for child in asked.places.children} | {None: ""}
    first, end = _midnight(asked.first), min(_midnight(asked.as_of + timedelta(days=1)), asked.at)
    known = Q(withdrawn_at=None) | Q(withdrawn_at__gt=asked.at)
    listed = Exemplar.objects.filter(known, listed_at__gte=first, listed_at__lte=end)
    copied = Adoption.objects.filter(Q(ended_at=None) | Q(ended_at__gt=asked.at), since__gte=first, since__lte=end)
    columns = [
        (LISTED, listed.values_list("pk", "unit", "unit__code", "listed_at")),
        (COPIED, copied.values_list("exemplar", "unit", "unit__code", "since")),
    ]
    for what, rows in columns:
        for pk, unit, code, at in rows:
            if unit in where.child_of:
                yield str(pk), code, codes[where.child_of[unit]], what, timezone.localdate(at).isoformat()


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


section(
    Offered(
        KEY,
        gettext_lazy("Mô hình hay"),
        40,
        {name: label for name, (label, _of, _where) in COUNTS.items()},
        (
            "# Nhân rộng mô hình",
            "Trong kỳ, {mo_hinh.so_don_vi} đơn vị có {mo_hinh.so_mo_hinh} mô hình hay được đăng để đơn vị khác học; "
            "{mo_hinh.so_lam_theo} đơn vị làm theo mô hình của đơn vị khác.",
        ),
        told,
    )
)

"""The annual report's section about the campaign: what communes published for their people in the year.

A page that is deleted later is missing in a recount, since pages have no second time; the frozen report keeps it.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from campaigns.communes.notices import NoticePage
from campaigns.communes.pages import space_of, spaces_above
from campaigns.communes.taken_messages import CommuneMessagePage
from people.annual_sections import Annex, Asked, Counted, Group, Offered, Section, section

KEY, PAGES = "truyen_thong", "truyen-thong"
COLUMNS = ("trang", "ma", "don_vi", "loai", "ngay")
KINDS = {"thong_bao": NoticePage, "thong_diep": CommuneMessagePage}
# by placeholder: its words, the column of which values are counted, and what the rows bear
COUNTS = {
    "so_xa": (gettext_lazy("xã, phường, đặc khu có đăng bài"), "ma", {}),
    "so_thong_bao": (gettext_lazy("thông báo của xã đã đăng"), "trang", {"loai": "thong_bao"}),
    "so_thong_diep": (gettext_lazy("thông điệp của tỉnh mà xã đã đăng"), "trang", {"loai": "thong_diep"}),
}


def told(asked: Asked) -> Section:
    rows = sorted(_rows(asked))
    numbered = tuple((str(place), *row) for place, row in enumerate(rows, start=1))
    annex = Annex(PAGES, _("Bài các xã đã đăng trong kỳ"), COLUMNS, numbered)
    figures = tuple(
        Counted(f"{PAGES}.{name}", _("Truyền thông: %s") % label, PAGES, of, where)
        for name, (label, of, where) in COUNTS.items()
    )
    group = Group({}, {name: f"{PAGES}.{name}" for name in COUNTS})
    return Section(KEY, _("Truyền thông"), (annex,), figures, (group,))


def _rows(asked: Asked) -> Iterator[tuple[str, str, str, str]]:
    """(commune's code, code of the unit one level down, kind, day) of each page first published by then, in its
    original language. Two queries for each kind.
    """
    where = asked.places
    codes = {child.pk: child.code for child in where.children} | {None: ""}
    first, end = _midnight(asked.first), _midnight(asked.as_of + timedelta(days=1))
    for kind, model in KINDS.items():
        pages = model.objects.filter(locale=Locale.get_default(), alias_of=None, first_published_at__gte=first)
        pages = pages.filter(first_published_at__lt=end, first_published_at__lte=asked.at)
        published = list(pages.values_list("path", "first_published_at"))
        spaces = spaces_above([path for path, _at in published])
        for path, at in published:
            space = space_of(path, spaces)
            if space and space.unit_id in where.child_of:
                place = codes[where.child_of[space.unit_id]]
                yield space.unit.code, place, kind, timezone.localdate(at).isoformat()


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


section(
    Offered(
        KEY,
        gettext_lazy("Truyền thông"),
        20,
        {name: label for name, (label, _of, _where) in COUNTS.items()},
        (
            "# Truyền thông đến người dân",
            "Trong kỳ có {truyen_thong.so_xa} xã, phường, đặc khu đăng {truyen_thong.so_thong_diep} thông điệp của "
            "tỉnh và {truyen_thong.so_thong_bao} thông báo riêng cho người dân.",
        ),
        told,
    )
)

"""What communes did for their people and published, for the yearly plans of units."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from campaigns.activities.made.activity import Activity
from campaigns.activities.made.kind import Measure
from campaigns.communes.notices import NoticePage
from campaigns.communes.pages import CommunePage, space_of, spaces_above
from campaigns.communes.taken_messages import CommuneMessagePage
from people.units.happened import Happened, Source, happens

TELLING = "truyen_thong"


@happens(Source("hoat-dong", _("Hoạt động đã được xác nhận"), _("hoạt động"), TELLING, costs=True))
def activities(units: Collection[int], first: date, last: date) -> Iterator[Happened]:
    for row in _verified(units, first, last):
        yield _activity(row, 1)


@happens(Source("buoi", _("Buổi đã được xác nhận"), _("buổi"), TELLING, costs=True))
def sessions(units: Collection[int], first: date, last: date) -> Iterator[Happened]:
    """Those at which people came together."""
    for row in _verified(units, first, last).filter(kind__measure=Measure.SESSIONS):
        yield _activity(row, row.quantity)


def _verified(units: Collection[int], first: date, last: date):
    return Activity.objects.standing().filter(unit__in=units, on__range=(first, last)).select_related("kind")


def _activity(row: Activity, number: int) -> Happened:
    money = [one for one in (row.budget, row.other_money) if one is not None]
    address = reverse("activities:activity", args=[row.key])
    return Happened(row.on, row.kind.name, number, sum(money) if money else None, address)


@happens(Source("thong-bao", _("Thông báo của xã đã đăng"), _("bài"), TELLING))
def notices(units: Collection[int], first: date, last: date) -> Iterator[Happened]:
    return _published(NoticePage, units, first, last)


@happens(Source("thong-diep", _("Thông điệp của tỉnh mà xã đã đăng"), _("thông điệp"), TELLING))
def messages(units: Collection[int], first: date, last: date) -> Iterator[Happened]:
    return _published(CommuneMessagePage, units, first, last)


def _published(model: type[CommunePage], units: Collection[int], first: date, last: date):
    """Pages first published on these days that are live still, in their original language; two queries."""
    begin, end = (timezone.make_aware(datetime.combine(day, datetime.min.time())) for day in (first, last))
    pages = model.objects.live().filter(locale=Locale.get_default(), alias_of=None)
    rows = list(pages.filter(first_published_at__gte=begin, first_published_at__lt=end + timedelta(days=1)))
    spaces, wanted = spaces_above([page.path for page in rows]), set(units)
    for page in rows:
        space = space_of(page.path, spaces)
        if space and space.unit_id in wanted:
            yield Happened(timezone.localdate(page.first_published_at), page.title, address=page.get_url() or "")

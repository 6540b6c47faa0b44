"""A report that somebody saved: an address with its filters, how often, and the role on which it rests.

Nothing is kept of what stands behind the address: it is counted when the link is opened, by the page itself, which asks
for the rights of that day. A name to find and fixed days are left out of it: a saved report is about nobody and of the
day on which it is opened.
"""

from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.free_text import FreeLine
from people.persons.user import User
from people.rights.roles import FIGURE_KINDS, Role

# of one person at a time
MOST = 10
LONGEST = 500
# what can be saved: the names of its addresses, and what it is called
KINDS = {
    "reports:find": gettext_lazy("Danh sách cán bộ"),
    "reports:people": gettext_lazy("Cán bộ sau con số"),
    "reports:unit": gettext_lazy("Tiến độ của đơn vị"),
    "reports:home": gettext_lazy("Tiến độ"),
}
# of an address: a page, a name to find, days that would stand still
LEFT_OUT = {"page", "tim", "ngay", "dia_gioi", "biet_den"}


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", gettext_lazy("Mỗi tuần, sáng thứ Hai")
    MONTHLY = "monthly", gettext_lazy("Mỗi tháng, sáng ngày 1")


class NotSaved(ValueError):
    """str() is one sentence for who tried."""


class Over(Http404):
    """The link of a mail opens nothing any more, or never did for this reader."""

    sentence = gettext_lazy(
        "Báo cáo định kỳ này không còn: đã dừng, hoặc vai trò của anh chị mà nó dựa vào đã hết. "
        "Mở trang Tiến độ để xem số liệu anh chị được xem hôm nay."
    )


class SavedReport(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_reports")
    # it ends with this
    role = models.ForeignKey(Role, models.CASCADE, related_name="+")
    title = FreeLine(max_length=80)
    # path and filters
    address = models.CharField(max_length=LONGEST)
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices)
    saved_at = models.DateTimeField(default=timezone.now)
    # the day it was last due that has been told of, at first the one before it was saved
    told_for = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "address", "rhythm"], name="report_saved_once")]


def last_due(rhythm: str, day: date) -> date:
    """The latest day, up to this one, on which such a report falls due."""
    return day - timedelta(days=day.weekday()) if rhythm == Rhythm.WEEKLY else day.replace(day=1)


def plain(address: str) -> str:
    """The address without what is left out. Raises NotSaved for what is no list or figure of ours."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        name = ""
    if name not in KINDS or parts.netloc or parts.scheme:
        raise NotSaved(_("Chỉ lưu được danh sách cán bộ và trang tiến độ. Mở trang ấy rồi bấm “Nhận định kỳ”."))
    filters = [(key, value) for key, value in parse_qsl(parts.query) if key not in LEFT_OUT]
    short = parts.path + (f"?{urlencode(filters)}" if filters else "")
    if len(short) > LONGEST:
        raise NotSaved(_("Bộ lọc quá dài để lưu; bỏ bớt vài điều kiện."))
    return short


def kind_of(address: str) -> str:
    """What it is called; "" once there is no such page any more."""
    try:
        return str(KINDS.get(resolve(urlsplit(address).path).view_name, ""))
    except Resolver404:
        return ""


def roles_of(user) -> models.QuerySet[Role]:
    return Role.objects.current().filter(user=user.pk, kind__in=FIGURE_KINDS).select_related("unit").order_by("pk")


def going() -> models.QuerySet[SavedReport]:
    """Those whose role and account have not ended."""
    held = Q(role__ended_at=None, role__kind__in=FIGURE_KINDS, person__is_active=True)
    return SavedReport.objects.filter(held).order_by("saved_at", "pk")


@transaction.atomic
def save(user: User, role: Role, title: str, address: str, rhythm: str, now: datetime) -> SavedReport:
    """`role` is one of `roles_of` the user. Raises NotSaved."""
    # two at the same moment are counted one after the other
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not user.email:
        raise NotSaved(_("Tài khoản của anh chị chưa có email, nên chưa nhận được báo cáo định kỳ."))
    own, short = SavedReport.objects.filter(person=user.pk), plain(address)
    # what ended with a role makes room
    own.exclude(pk__in=going().values("pk")).delete()
    if own.filter(address=short, rhythm=rhythm).exists():
        raise NotSaved(_("Báo cáo này đã có trong danh sách của anh chị."))
    if own.count() >= MOST:
        raise NotSaved(_("Mỗi người nhận nhiều nhất %d báo cáo định kỳ; dừng bớt một báo cáo trước.") % MOST)
    said = {"title": title, "address": short, "rhythm": rhythm, "saved_at": now}
    return SavedReport.objects.create(
        person=user, role=role, told_for=last_due(rhythm, timezone.localdate(now)), **said
    )

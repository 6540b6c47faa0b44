"""What of a commune's pages follows its unit, for the preview of a reform; `bring_in_step` moves it."""

from collections.abc import Callable, Collection
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, WorkflowState, get_default_page_content_type

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.notices import NoticePage
from campaigns.communes.pages import within
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.spaces.moved_pages import PAGES, SPACES
from campaigns.spaces.spaces import bring_in_step
from people.changes.change import ChangedRow
from people.reforms.moving import Foreseen, Handed, Moves, moves_with_unit
from people.times import today

NAMED, LISTED = 5, 50


def _foresee(units: Collection[int]) -> list[Foreseen]:
    spaces = list(CommuneSpacePage.objects.filter(unit__in=units, closed_on=None).order_by("path"))
    if not spaces:
        return []
    inside = within(spaces)
    notices = NoticePage.objects.filter(inside)
    coming = notices.filter(on__gte=today())
    waiting = [
        int(pk)
        for pk in WorkflowState.objects.active()
        .filter(base_content_type=get_default_page_content_type())
        .values_list("object_id", flat=True)
    ]
    return [
        _of(_("Trang của xã"), Page.objects.filter(pk__in=[space.pk for space in spaces])),
        _of(_("Thông báo sắp tới"), coming),
        _of(_("Thông báo khác"), notices.exclude(pk__in=coming.values("pk"))),
        _of(_("Thông điệp đã lấy"), CommuneMessagePage.objects.filter(inside)),
        _of(_("Trang chờ duyệt"), Page.objects.filter(inside, pk__in=waiting)),
    ]


def _of(title: str, pages) -> Foreseen:
    titles = pages.order_by("path").values_list("title", flat=True)
    return Foreseen(title, pages.count(), tuple(titles[:NAMED]))


def _move(handed: Handed, now: datetime) -> None:
    bring_in_step(timezone.localdate(now), now=now, beat=handed.beat)


def _left(units: Collection[int]) -> list[str]:
    spaces = list(CommuneSpacePage.objects.filter(unit__in=units).exclude(pk__in=_passed_on(units)))
    if not spaces:
        return []
    brought = ChangedRow.objects.filter(kind=PAGES.key, undone_by=None).values("new")
    own = Page.objects.filter(within(spaces)).exclude(pk__in=[space.pk for space in spaces]).exclude(pk__in=brought)
    above = {space.path: space.title for space in spaces}
    return [
        _("Trang “%(title)s” của %(space)s") % {"title": title, "space": above[path[: -Page.steplen]]}
        for title, path in own.order_by("path").values_list("title", "path")[:LISTED]
        if path[: -Page.steplen] in above
    ]


def _passed_on(units: Collection[int]) -> set[int]:
    """Spaces that came to these units whole: each goes back whole, with all that stands in it."""
    rows = ChangedRow.objects.filter(kind=SPACES.key, undone_by=None, after__unit__in=list(units))
    return {space for after in rows.values_list("after", flat=True) for space in after["spaces"]}


def _settle(day: date, beat: Callable[[], object]) -> None:
    bring_in_step(day, beat=beat)


moves_with_unit(Moves("pages", gettext_lazy("Trang của xã"), 10, _foresee, _move, left=_left, settle=_settle))

"""The main menu by role. Apps that come later add their entries with `offer`; nothing here imports them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.rights.roles import FIGURE_KINDS, RoleKind, role_kinds

EDITING_KINDS = {
    RoleKind.TRAINER,
    # a menu entry for those who review what the communes submit
    RoleKind.UNIT_HEAD,
    RoleKind.COMMUNE_EDITOR,
    RoleKind.TRANSLATOR,
    RoleKind.PROVINCE_MANAGER,
    RoleKind.ADMINISTRATOR,
}


@dataclass(frozen=True)
class Offer:
    """A menu entry, shown to users for whom `to(user, kinds)` is true; `kinds` are the user's current role kinds.

    `url` may be a function of the request: the address of a page that editors may move; "" while there is none.
    """

    order: int
    url: str | Callable
    label: str | Promise
    to: Callable = lambda user, kinds: True


@dataclass(frozen=True)
class Entry:
    url: str
    label: str | Promise
    # "page" for the page itself, "true" for one below it, "" elsewhere: the values of aria-current
    current: str


def signed_in(user, kinds) -> bool:
    return user is not None


def anonymous(user, kinds) -> bool:
    return user is None


def holding(wanted) -> Callable:
    return lambda user, kinds: user is not None and (user.is_superuser or bool(kinds & wanted))


OFFERS = [
    Offer(20, "/hoc-tap/", _("Việc của tôi"), signed_in),
    Offer(30, "/khoa-hoc/", _("Khóa học"), signed_in),
    Offer(35, "/tim-kiem/", _("Tìm")),
    Offer(40, "/bao-cao/", _("Tiến độ"), holding(FIGURE_KINDS)),
    Offer(60, "/cms/", _("Biên tập"), holding(EDITING_KINDS)),
    Offer(80, "/tai-khoan/", _("Tài khoản"), signed_in),
    Offer(90, "/tai-khoan/login/", _("Cán bộ"), anonymous),
]


def offer(order: int, url: str | Callable, label, to: Callable = lambda user, kinds: True) -> None:
    """Adds an entry to the menu; called by the app that owns the address, in its `ready`."""
    OFFERS.append(Offer(order, url, label, to))


def entries(request) -> list[Entry]:
    """The entries for this request; None (an error page) counts as an anonymous visitor, without any query and hence
    without pages that editors may move.
    """
    user = getattr(request, "user", None)
    if user is not None and not user.is_authenticated:
        user = None
    kinds = role_kinds(user) if user else set()
    here = request.path if request else ""
    offered = [place for place in sorted(OFFERS, key=lambda place: place.order) if place.to(user, kinds)]
    places = [(url, place.label) for place in offered if (url := _address(place, request))]
    # of an entry and one below it, only the nearer one is marked as current
    around = max((url for url, _label in places if here.startswith(url)), key=len, default="")
    return [Entry(url, label, _current(url, here, around)) for url, label in places]


def _address(place: Offer, request) -> str:
    if isinstance(place.url, str):
        return place.url
    return place.url(request) if request else ""


def _current(url: str, here: str, around: str) -> str:
    if here == url:
        return "page"
    return "true" if url == around else ""

"""`/truong-hoc/ban-cua-truong/`: the versions that a school makes of lessons, written, handed in, read and decided."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.adapting import acts
from campaigns.adapting.acts import OPEN, Refused, latest, news_of, origin_of
from campaigns.adapting.forms import CopyForm, ReasonForm
from campaigns.adapting.queued import waiting_for
from campaigns.adapting.whose import DECIDING, copies_of, may_decide
from campaigns.schools.copies.copy import CopyWording, PackCopy, WordingState
from campaigns.schools.copies.words import differences, passages
from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.log import whose
from campaigns.schools.screens import gate
from letters.numbers import is_number
from people.guarding.wording import writes
from people.rights.roles import RoleKind, role_kinds
from people.signing_in.resuming import signed_in_or_kept

TEXTS = ("title", "things", "buoc-*-ten", "buoc-*-loi", "buoc-*-lop", "doan-*")
WORDS = gettext_lazy("Bản bài học của trường")
SHOWN = 60


@require_safe
@gate.writing
def home(request) -> HttpResponse:
    """Every copy of her schools, with its state and whether its origin has a new version."""
    copies = list(copies_of(request.user)[:SHOWN])
    keys = {copy.origin for copy in copies}
    origins = {page.translation_key: page for page in _live().filter(translation_key__in=keys)}
    last: dict[int, CopyWording] = {}
    for one in CopyWording.objects.filter(copy__in=copies).order_by("pk").defer("words"):
        last[one.copy_id] = one
    rows = [(copy, last[copy.pk], _news(copy, origins.get(copy.origin))) for copy in copies]
    schools = list(whose.schools_of(request.user))
    context = {"rows": rows, "lessons": _live().order_by("path"), "schools": schools, "trail": gate.trail()}
    return render(request, "adapting/home.html", context)


def _live():
    live = SchoolLessonPage.objects.live().public().filter(locale__language_code="vi", alias_of=None)
    return live.filter(school_copy=None)


def _news(copy: PackCopy, origin: SchoolLessonPage | None) -> str:
    if origin is None:
        return _("Bài gốc đã được thu hồi")
    return _("Có bản mới") if news_of(copy, origin) else ""


@require_POST
@gate.writing
def make(request) -> HttpResponse:
    """Of the lesson and for the school that were chosen."""
    page = _live().filter(slug=request.POST.get("bai", "")[:255]).first()
    schools = list(whose.schools_of(request.user))
    asked = request.POST.get("truong", "")
    school = next((one for one in schools if str(one.pk) == asked), schools[0] if len(schools) == 1 else None)
    if page is None or school is None:
        messages.error(request, _("Chọn bài và trường rồi sao lại."))
        return redirect("adapting:home")
    try:
        copy = acts.make(request.user, school, page, timezone.now())
    except Refused as sentence:
        messages.error(request, str(sentence))
        return redirect("adapting:home")
    return redirect("adapting:edit", copy.key)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.writing
@writes("pack_copy", WORDS, *TEXTS)
def edit(request, key: UUID) -> HttpResponse:
    copy = _hers(request, key)
    last = latest(copy)
    if last.state == WordingState.WAITING:
        messages.error(request, _("Bản này đang chờ duyệt. Gọi về rồi sửa."))
        return redirect("adapting:copy", copy.key)
    form = CopyForm(last.words, request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.POST.get("ban") != str(last.pk):
        form.add_error(
            None, _("Người khác vừa lưu bản này. Chữ anh chị gõ còn ở dưới; mở bản mới ở tab khác rồi so lại.")
        )
    if request.method == "POST" and form.is_valid():
        try:
            acts.write(request.user, copy, form.said, timezone.now())
            messages.success(request, _("Đã lưu bản nháp. Đọc lại, rồi gửi duyệt."))
            return redirect("adapting:copy", copy.key)
        except Refused as sentence:
            form.add_error(None, str(sentence))
    context = {"copy": copy, "form": form, "last": last, "trail": _trail(copy)}
    return render(request, "adapting/edit.html", context, status=422 if form.errors else 200)


def _trail(copy: PackCopy | None = None) -> list[tuple[str, str]]:
    above = [*gate.trail(), (_("Bản của trường"), reverse("adapting:home"))]
    return [*above, (copy.origin_title, reverse("adapting:copy", args=[copy.key]))] if copy else above


def _hers(request, key: UUID) -> PackCopy:
    copy = copies_of(request.user).filter(key=key).first()
    if copy is None:
        raise Http404
    return copy


# --- one copy


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in_or_kept
@writes("pack_copy_reason", gettext_lazy("Lý do gửi lại"), "reason")
def copy_page(request, key: UUID) -> HttpResponse:
    """For the school that writes it, and for who decides on it; nobody else finds it."""
    kinds = role_kinds(request.user)
    if not request.user.is_superuser and not kinds & {*whose.WRITING_KINDS, *DECIDING}:
        raise PermissionDenied(_("Bản bài học của trường là việc của thầy cô và người phụ trách trường ấy."))
    copy = copies_of(request.user).filter(key=key).first()
    writes_it = copy is not None and bool(request.user.is_superuser or kinds & whose.WRITING_KINDS)
    copy = copy or PackCopy.objects.filter(key=key).select_related("school", "page").first()
    last = latest(copy) if copy is not None else None
    decides = last is not None and may_decide(request.user, last)
    if copy is None or last is None or not (writes_it or decides):
        raise Http404
    if request.method == "POST":
        try:
            _done(request, copy, writes_it)
        except Refused as sentence:
            messages.error(request, str(sentence))
        return redirect("adapting:copy", copy.key) if writes_it else redirect("adapting:reviews")
    origin = origin_of(copy)
    context = {
        "copy": copy,
        "last": last,
        "origin": origin,
        "writes": writes_it,
        "decides": decides,
        "is_open": last.state in OPEN,
        "waits": last.state == WordingState.WAITING,
        "own": differences(copy.taken, last.words),
        "news": news_of(copy, origin) if writes_it else [],
        "passages": [(heading, text) for heading, text, _normal in passages(last.words).values() if text],
        "reason": ReasonForm(),
        "trail": _trail() if writes_it else [(_("Bản của trường chờ duyệt"), reverse("adapting:reviews"))],
    }
    return render(request, "adapting/copy.html", context)


def _done(request, copy: PackCopy, writes_it: bool) -> None:
    act, by, now = request.POST.get("act", ""), request.user, timezone.now()
    typed = request.POST.get("ban", "")
    wording = min(int(typed), gate.LARGEST) if is_number(typed) else 0
    if act == "approve":
        acts.approve(by, copy, wording, now)
        messages.success(request, _("Đã duyệt; bản của trường đã đăng."))
    elif act == "send_back":
        acts.send_back(by, copy, wording, request.POST.get("reason", "")[:500], now)
        messages.success(request, _("Đã gửi lại; trường đọc lý do ở bản này."))
    elif writes_it:
        _written(request, act, copy, now)


def _written(request, act: str, copy: PackCopy, now) -> None:
    if act == "hand_in":
        acts.hand_in(request.user, copy, now)
        messages.success(request, _("Đã gửi duyệt. Người phụ trách trường đọc và quyết định."))
    elif act == "call_back":
        acts.call_back(copy)
    elif act == "take":
        acts.take_over(request.user, copy, now)
        messages.success(
            request, _("Đã lấy bản mới vào bản nháp; chỗ trường đã sửa giữ của trường. Đọc lại rồi gửi duyệt.")
        )
    elif act == "keep":
        acts.keep(copy, now)
        messages.success(request, _("Đã giữ bản của trường. Bài gốc có bản mới nữa thì báo lại."))
    elif act == "take_down":
        acts.take_down(request.user, copy)
        messages.success(request, _("Đã gỡ bản của trường xuống."))


@require_safe
@never_cache
@signed_in_or_kept
def reviews(request) -> HttpResponse:
    """What waits for her decision."""
    if not role_kinds(request.user) & set(DECIDING):
        raise PermissionDenied(_("Duyệt bản của trường là việc của người phụ trách trường, đơn vị."))
    return render(request, "adapting/reviews.html", {"rows": waiting_for(request.user), "trail": _above(request.user)})


def _above(user) -> list[tuple[str, str]]:
    """Where her queue is."""
    kinds = role_kinds(user)
    if RoleKind.SCHOOL_MANAGER in kinds:
        return [(_("Việc ở trường"), reverse("school_desk"))]
    if kinds & {RoleKind.UNIT_HEAD, RoleKind.PROVINCE_MANAGER}:
        return [(_("Tiến độ"), reverse("reports:home"))]
    return [(_("Quản trị nội dung"), reverse("wagtailadmin_home"))]

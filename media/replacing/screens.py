"""`/cms/tep-thay/`: files that wait beside the old one on a live page, both side by side, and the decision.

Reached by the reviewers of the pages that show them, and by who brought them, who reads how it went.
"""

import mimetypes
from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import require_admin_access

from media.replacing.deciding import (
    RELATED,
    NotDecided,
    Waiting,
    approve,
    brought_by,
    may_take_back,
    refuse,
    shown_to,
    take_back,
    waiting_for,
)
from media.replacing.replacement import TARGETS, Replacement, ReplacementState
from media.replacing.showing import live_pages
from media.replacing.words import compared
from people.guarding.wording import writes

BROUGHT = 20
# what a browser may show beside the other; everything else is downloaded
SHOWN = ("image/", "audio/", "video/")
NEW, OLD = "moi", "cu"
DETAIL = "wagtailadmin/media/replacement.html"


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Vì sao không duyệt"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": gettext_lazy("Hãy ghi vì sao không duyệt, để người tải lên biết cần sửa gì.")},
    )


def within_reach(view: Callable) -> Callable:
    """For who decides about the file, and who brought it; to everybody else it is not there."""

    @require_admin_access
    @wraps(view)
    def gate(request, pk: int, **more) -> HttpResponse:
        row = get_object_or_404(Replacement.objects.select_related(*RELATED, "taken_back_by"), pk=pk)
        decides = next(iter(shown_to(request.user, [row])), None)
        if decides is None and row.by_id != request.user.pk:
            raise Http404
        return view(request, row, decides, **more)

    return gate


def _trail(title: str = "") -> list[dict]:
    items = [{"url": reverse("wagtailadmin_home"), "label": _("Trang chủ")}]
    items.append({"url": reverse("replacements") if title else "", "label": _("Tệp thay chờ duyệt")})
    return [*items, {"url": "", "label": title}] if title else items


@require_safe
@require_admin_access
def listed(request) -> HttpResponse:
    page = {
        "waiting": waiting_for(request.user),
        "brought": brought_by(request.user)[:BROUGHT],
        "breadcrumbs_items": _trail(),
    }
    return render(request, "wagtailadmin/media/replacements.html", page)


@require_safe
@within_reach
def one(request, row: Replacement, decides: Waiting | None) -> HttpResponse:
    return _shown(request, row, decides)


def _shown(request, row: Replacement, decides: Waiting | None, form: RefusalForm | None = None) -> HttpResponse:
    pages = decides.pages if decides else live_pages([(row.kind, row.target.pk)]).get((row.kind, row.target.pk), [])
    page = {
        "row": row,
        "pages": pages,
        "decides": decides is not None and row.state == ReplacementState.WAITING,
        "may_take_back": decides is not None and may_take_back(request.user, row),
        "form": form or RefusalForm(),
        "sides": _sides(row),
        "words": compared(row) if row.is_of_words else [],
        "breadcrumbs_items": _trail(row.target.title),
    }
    return render(request, DETAIL, page, status=422 if form else 200)


def _sides(row: Replacement) -> list[dict]:
    """The old file and the new one, each with its address where there is something to look at; of words none."""
    if row.is_of_words:
        return []
    kept = not row.forgotten_at
    old = row.old or getattr(row.target, row.field).name
    new = str(row.file.name)
    sides = [(OLD, _("Tệp cũ"), old, kept or not row.old), (NEW, _("Tệp mới"), new, kept and row.is_ready)]
    return [
        {"which": which, "title": title, "kind": _type(name).partition("/")[0], "address": _address(row, which, there)}
        for which, title, name, there in sides
    ]


def _type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _address(row: Replacement, which: str, is_there: bool) -> str:
    return reverse("replacement_file", args=[row.pk, which]) if is_there else ""


@require_safe
@within_reach
def file(request, row: Replacement, decides: Waiting | None, which: str) -> HttpResponseBase:
    """The bytes, to who may see them; what is not ready is shown to nobody."""
    side = next((side for side in _sides(row) if side["which"] == which and side["address"]), None)
    if side is None:
        raise Http404
    stored = getattr(row.target, row.field)
    name = str(row.file.name if which == NEW else row.old or stored.name)
    try:
        handle = row.file.storage.open(name)
    except OSError:
        raise Http404 from None
    kind = _type(name)
    answer = FileResponse(handle, content_type=kind, as_attachment=not kind.startswith(SHOWN))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@within_reach
@writes("replaced_file", gettext_lazy("Lý do không duyệt tệp thay"), "reason")
def decide(request, row: Replacement, decides: Waiting | None) -> HttpResponse:
    act, now = request.POST.get("act", ""), timezone.now()
    form = RefusalForm(request.POST)
    if act == "refuse" and not form.is_valid():
        return _shown(request, row, decides, form)
    try:
        if act == "approve":
            approve(row, request.user, now)
            messages.success(request, _("Đã duyệt: các trang dùng bản mới từ bây giờ."))
        elif act == "refuse":
            refuse(row, form.cleaned_data["reason"], request.user, now)
            messages.success(request, _("Đã ghi: bản cũ ở lại; người gửi đọc được lý do."))
        elif act == "take_back":
            take_back(row, request.user, now)
            messages.success(request, _("Đã rút lại: các trang dùng lại bản cũ."))
    except NotDecided as why:
        messages.error(request, str(why))
    return redirect("replacement", row.pk)


def says_that_it_waits(view: Callable, model: type, argument: str) -> Callable:
    """Around Wagtail's own form of a file, which would only say that it was saved."""

    @wraps(view)
    def wrapped(request, *args, **kwargs) -> HttpResponse:
        begun = timezone.now()
        answer = view(request, *args, **kwargs)
        if request.method == "POST" and answer.status_code == 302:
            mine = {f"{TARGETS[model]}_id": kwargs.get(argument), "by": request.user, "at__gte": begun}
            if Replacement.objects.filter(**mine).exists():
                list(messages.get_messages(request))
                messages.success(
                    request, _("Đã nhận. Tệp và chữ cũ còn trên trang cho đến khi người duyệt quyết định.")
                )
        return answer

    return wrapped


urlpatterns = [
    path("tep-thay/", listed, name="replacements"),
    path("tep-thay/<int:pk>/", one, name="replacement"),
    path("tep-thay/<int:pk>/quyet-dinh/", decide, name="decide_replacement"),
    path("tep-thay/<int:pk>/tep/<str:which>/", file, name="replacement_file"),
]

"""A user's own data: a copy, requests for erasure (`/tai-khoan/du-lieu/`), who saw or changed it (`…/nhat-ky/`)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outbox.effects import Effect, EffectState
from outbox.private_files import file_answer, private_files
from people.log.audit import about_person, oversees
from people.privacy import erasure, own_data
from people.privacy.erasure import ErasureRequest
from people.signing_in.resuming import signed_in_or_kept

PAGE = 50
SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in_or_kept
def data(request):
    """POST requests the file, which a background effect makes."""
    if request.method == "POST":
        own_data.ask(request.user)
        return redirect("own_data")
    works = list(Effect.objects.of(request.user).filter(kind=own_data.OWN_DATA)[:SHOWN])
    context = {
        "works": [{"row": work, "ready": _is_there(work)} for work in works],
        "running": any(not work.is_finished for work in works),
        "sections": own_data.ordered(),
        "request_": ErasureRequest.objects.filter(person=request.user).first(),
    }
    return render(request, "account/own_data.html", context)


def _is_there(work: Effect) -> bool:
    return work.state == EffectState.DONE and private_files.exists(work.result.get("file", "-"))


@require_safe
@never_cache
@signed_in_or_kept
def data_file(request, pk):
    work = Effect.objects.of(request.user).filter(kind=own_data.OWN_DATA, pk=pk).first()
    if work is None or not _is_there(work):
        raise Http404
    return file_answer(work.result["file"], as_attachment=True, filename=work.result["download"])


@require_POST
@signed_in_or_kept
def ask_erasure(request):
    """Requests an erasure, or with `rut` withdraws the request; an administrator decides."""
    if request.POST.get("rut"):
        erasure.withdraw(request.user, timezone.now())
        messages.info(request, _("Đã rút đề nghị xóa thông tin."))
    elif request.POST.get("hieu"):
        erasure.ask(request.user, timezone.now())
        messages.success(request, _("Đã gửi đề nghị. Quản trị viên sẽ quyết định và trả lời ở trang này."))
    else:
        messages.error(request, _("Hãy đánh dấu vào ô “Tôi hiểu” rồi gửi lại."))
    return redirect("own_data")


@require_safe
@never_cache
@signed_in_or_kept
def log(request):
    page = Paginator(about_person(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "account/own_log.html", {"page": page, "oversees": oversees(request.user)})

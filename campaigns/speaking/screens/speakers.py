"""Who speaks, and what she agrees to: asked before anything is recorded; taken back at any time."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.speaking.consents import end_speaker
from campaigns.speaking.forms import SpeakerForm
from campaigns.speaking.screens import gate
from campaigns.speaking.speaker import Speaker
from campaigns.translating import whose as desk
from letters.numbers import is_number
from people.guarding.wording import writes
from people.times import today


def of(user, language: str):
    """Those whom she may record: she wrote down that they agree, or is one."""
    return Speaker.objects.in_force(today()).filter(language=language, written_by=user)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.speaking
@writes("speaker", gettext_lazy("Người đọc đồng ý"), "name")
def speakers(request, language: str) -> HttpResponse:
    """`bai` is the message to go on to."""
    form = SpeakerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            row = _kept(request.user, language, form)
        messages.success(request, _("Đã ghi lời đồng ý. Giờ thu được."))
        asked = request.POST.get("bai", "")
        if is_number(asked) and len(asked) < 19:
            found = redirect("speaking:record", language, int(asked))
            found["Location"] += gate.query_of(gate.parts_asked(request), giong=str(row.pk))
            return found
        return redirect("speaking:speakers", language)
    return render(
        request, "speaking/speakers.html", context_of(request, language, form), status=422 if form.is_bound else 200
    )


def _kept(user, language: str, form: SpeakerForm) -> Speaker:
    row = form.save(commit=False)
    row.language, row.written_by = language, user
    row.person = user if form.cleaned_data["who"] == "me" else None
    row.uses, row.until = form.cleaned_data["uses"], form.cleaned_data["until"]
    row.save()
    return row


def context_of(request, language: str, form: SpeakerForm | None = None) -> dict[str, Any]:
    rows = Speaker.objects.filter(language=language, written_by=request.user).order_by("-agreed_at", "-pk")
    now = timezone.now()
    return {
        "language": language,
        "name": gate.name_of(language),
        "form": form or SpeakerForm(),
        "speakers": [(row, row.is_in_force(now)) for row in rows[:50]],
        "bai": request.POST.get("bai") or request.GET.get("bai", ""),
        "trail": gate.trail(language),
    }


@require_POST
@gate.hearing
def end(request, language: str, pk: int) -> HttpResponse:
    """Asked for no reason. By who wrote the consent down, and who leads the province."""
    rows = Speaker.objects.filter(language=language)
    row = (rows if desk.leads(request.user) else rows.filter(written_by=request.user)).filter(pk=pk).first()
    if row is None:
        raise Http404
    count = end_speaker(row, timezone.now(), by=request.user)
    said = _("Đã gỡ: giọng này không còn ở trang nào, không còn địa chỉ.") if count else _("Đã ghi: không dùng nữa.")
    messages.success(request, said)
    return redirect("speaking:queue", language)

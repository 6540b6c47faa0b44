"""The page that records, the only one that opens the microphone, and the door by which recordings come in."""

import uuid
from functools import wraps

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from campaigns.speaking.forms import SoundForm, SpeakerForm
from campaigns.speaking.rules import MOST_PIECES, TO_SPEAK
from campaigns.speaking.screens import gate, speakers
from campaigns.speaking.script import QUESTIONS, WHOLE
from campaigns.speaking.taking_in import Sent, Taken, take_in
from campaigns.translating.refusing import Refused
from letters.numbers import is_number


def with_microphone(view):
    """The site's header shuts it for every page; this one opens it for itself."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            shut = settings.PERMISSIONS_POLICY
            response.headers["Permissions-Policy"] = shut.replace("microphone=()", "microphone=(self)")
        return response

    return opened


@require_safe
@gate.speaking
@with_microphone
@csp_update({"media-src": ["blob:"]})  # type: ignore[arg-type]
def record(request, language: str, pk: int) -> HttpResponse:
    """`giong`: who speaks; without it the page asks first. `phan`: which part of the message."""
    page = gate.message_or_404(pk)
    asked = request.GET.get("giong", "")
    known = list(speakers.of(request.user, language)[:20])
    chosen = next((one for one in known if is_number(asked) and str(one.pk) == asked), None)
    parts = gate.parts_asked(request)
    recorded = gate.recorded_of(page, language, parts)
    lines = [line for line in recorded if not line.is_title]
    context = {
        "page_of": page,
        "language": language,
        "name": gate.name_of(language),
        "lines": [(line, uuid.uuid4()) for line in recorded],
        "to_speak": sum(line.state in TO_SPEAK for line in lines),
        "voice_first": bool(lines) and not any(line.text for line in lines),
        # each answer is heard where it is chosen, so that they are recorded one by one
        "whole_fits": parts == (WHOLE,) and 1 < len(lines) <= MOST_PIECES,
        "of_questions": parts == QUESTIONS,
        "has_questions": gate.has_questions(page),
        "query": gate.query_of(parts),
        "known": known,
        "speaker": chosen,
        "form": SpeakerForm(),
        "bai": pk,
        "most": settings.RECORDING_MAX_UPLOAD_SIZE // 1024 // 1024,
        "trail": gate.trail(language),
    }
    return render(request, "speaking/record.html", context)


@require_POST
@gate.speaking
def send(request, language: str, pk: int) -> HttpResponse:
    """From the script, which reads JSON, or from a form of the page."""
    page = gate.message_or_404(pk)
    form = SoundForm(speakers.of(request.user, language), request.POST, request.FILES)
    try:
        taken = _taken(request, page, language, form)
    except Refused as sentence:
        return _answer(request, page, language, error=str(sentence))
    return _answer(request, page, language, taken=taken)


def _taken(request, page, language: str, form: SoundForm) -> Taken:
    if not form.is_valid():
        raise Refused(_why(form))
    said = form.cleaned_data
    if said["sound"].size > settings.RECORDING_MAX_UPLOAD_SIZE:
        raise Refused(_("Bản thu quá lớn. Hãy thu từng câu, hoặc nén lại."))
    sent = Sent(said["number"], said["speaker"], said["sound"], said["pieces"])
    return take_in(request.user, page.translation_key, language, sent, timezone.now())


def _why(form: SoundForm) -> str:
    if "speaker" in form.errors:
        return _("Người đọc này không còn đồng ý. Chọn người đọc khác rồi thu lại.")
    if "sound" in form.errors:
        return _("Chưa có bản thu nào trong tệp gửi lên. Hãy thu lại.")
    return _("Bản thu đến không đủ. Hãy gửi lại.")


def _answer(request, page, language: str, taken: Taken | None = None, error: str = "") -> HttpResponse:
    said = error
    if taken is not None:
        count = taken.sound.takes.count()
        said = _("Bản thu này đã có ở đây, không gửi thêm lần nữa.") if taken.again else ""
        said = said or ngettext("Đã nhận %d câu. Người duyệt là người bản ngữ khác.", "Đã nhận %d câu.", count) % count
        if taken.old:
            said += " " + _("%d câu đã sửa chữ sau khi thu: hãy thu lại câu mới.") % len(taken.old)
    if "application/json" in request.headers.get("Accept", ""):
        status = 422 if error else 200
        return JsonResponse({"ok": not error, "said": said, "old": taken.old if taken else []}, status=status)
    (messages.error if error else messages.success)(request, said)
    found = redirect("speaking:record", language, page.pk)
    asked = request.POST.get("speaker", "")
    giong = asked if is_number(asked) and len(asked) < 19 else ""
    found["Location"] += gate.query_of(gate.parts_asked(request), giong=giong)
    return found

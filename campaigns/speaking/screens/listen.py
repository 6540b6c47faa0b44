"""`/tieng-noi/<tiếng>/nghe/<trang>/`: heard sentence by sentence beside its words; approved or sent back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.speaking import whose
from campaigns.speaking.deciding import approve, send_back
from campaigns.speaking.hearing import ask_to_join
from campaigns.speaking.publishing import withdraw
from campaigns.speaking.rules import LABELS, MOST_PIECES, TakeState
from campaigns.speaking.screens import gate
from campaigns.speaking.script import QUESTIONS, WHOLE
from campaigns.speaking.settling import unsettled
from campaigns.speaking.takes import MessageVoice, Take
from campaigns.translating import whose as desk
from campaigns.translating.refusing import Refused
from letters.numbers import is_number
from outbox.private_files import file_answer
from people.guarding.wording import writes
from people.rights.languages import Does


@require_http_methods(["GET", "HEAD", "POST"])
@gate.hearing
@writes("voice_back", gettext_lazy("Lý do gửi lại câu đã thu"), "back-*")
def listen(request, language: str, pk: int) -> HttpResponse:
    page = gate.message_or_404(pk)
    if request.method != "POST":
        return _shown(request, page, language)
    if not desk.does(request.user, language, Does.APPROVES):
        raise PermissionDenied(_("Duyệt tiếng này là việc của người có vai trò duyệt tiếng ấy."))
    try:
        with transaction.atomic():
            _decided(request, page, language)
    except Refused as sentence:
        # what was ticked and typed stays
        messages.error(request, str(sentence))
        return _shown(request, page, language, status=422)
    found = redirect("speaking:listen", language, page.pk)
    found["Location"] += gate.query_of(gate.parts_asked(request))
    return found


def _shown(request, page: MessagePage, language: str, status: int = 200) -> HttpResponse:
    """`phan`: which part of the message."""
    parts = gate.parts_asked(request)
    recorded = gate.recorded_of(page, language, parts)
    lines = [line for line in recorded if not line.is_title]
    waiting = [line.take for line in recorded if line.take is not None and line.state == TakeState.AWAITING]
    approves = desk.does(request.user, language, Does.APPROVES)
    may = whose.may_decide(request.user, waiting) if approves else {}
    public = MessageRecording.objects.filter(message=page, language=language, recording__consent_ended=False)
    voices = MessageVoice.objects.filter(page_key=page.translation_key, language=language)
    voice = voices.filter(part=WHOLE).first()
    open_points = unsettled(line.source for line in recorded)
    picked, reasons = _numbers(request, "pick-"), _numbers(request, "back-")
    context = {
        "of_questions": parts == QUESTIONS,
        "has_questions": gate.has_questions(page),
        "query": gate.query_of(parts),
        "heard": voices.filter(part__in=parts, recording__consent_ended=False).count(),
        "page_of": page,
        "language": language,
        "name": gate.name_of(language),
        "lines": [
            (
                line,
                LABELS[line.state],
                line.take is not None and may.get(line.take.pk, False),
                line.take is not None and line.take.pk in picked,
                reasons.get(line.take.pk, "") if line.take is not None else "",
                line.source.pk in open_points,
            )
            for line in recorded
        ],
        "total": len(lines),
        "decides": any(may.values()),
        "own_waiting": approves and not all(may.values()),
        "approved": sum(line.state == TakeState.APPROVED for line in lines),
        "public": public.select_related("recording").first(),
        "voice": voice,
        "leads": desk.leads(request.user),
        "speaks": whose.speaks(request.user, language),
        "trail": gate.trail(language),
    }
    return render(request, "speaking/listen.html", context, status=status)


def _numbers(request, prefix: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for name, value in request.POST.items():
        key = name.removeprefix(prefix)
        if name.startswith(prefix) and is_number(key) and len(key) < 19 and value.strip() and len(found) < MOST_PIECES:
            found[int(key)] = value
    return found


def _decided(request, page: MessagePage, language: str) -> None:
    """Both at once: what is ticked is approved, what has a reason goes back. Raises Refused, and does neither."""
    picked, words, now = set(_numbers(request, "pick-")), _numbers(request, "back-"), timezone.now()
    if picked & words.keys():
        raise Refused(_("Có câu vừa chọn duyệt vừa có lý do gửi lại: chỉ làm một việc."))
    if not picked and not words:
        raise Refused(_("Chọn câu để duyệt, hoặc ghi lý do ở câu cần thu lại."))
    back = send_back(request.user, page.translation_key, language, words, now) if words else 0
    approved = approve(request.user, page.translation_key, language, picked, now) if picked else 0
    if back:
        messages.success(request, _("Đã gửi lại %d câu; người thu đọc lý do.") % back)
    if picked:
        messages.success(request, _("Đã duyệt %d câu. Đủ mọi câu thì trang có tiếng sau ít phút.") % approved)


@require_POST
@gate.hearing
def withdrawn(request, language: str, pk: int) -> HttpResponse:
    """By who leads the province: `act` is `withdraw` or `again`."""
    if not desk.leads(request.user):
        raise PermissionDenied(_("Việc này do quản lý cấp tỉnh làm."))
    page = gate.message_or_404(pk)
    voice = MessageVoice.objects.filter(page_key=page.translation_key, language=language, part=WHOLE).first()
    if request.POST.get("act") == "again":
        if ask_to_join(page.translation_key, language):
            messages.success(request, _("Đang ghép lại; trang có tiếng sau ít phút."))
        else:
            messages.error(request, _("Chưa đủ câu đã duyệt để có tiếng nói."))
    elif voice is not None and voice.recording_id is not None:
        withdraw(voice, timezone.now())
        messages.success(request, _("Đã rút: trang không còn tiếng này."))
    return redirect("speaking:listen", language, page.pk)


@require_safe
@gate.hearing
def sentence(request, language: str, pk: int) -> FileResponse:
    """The sound of one sentence, as it was made to be heard; private. No byte ranges: it is a few seconds long."""
    rows = Take.objects.exclude(heard="").select_related("sound__speaker")
    take = get_object_or_404(rows, pk=min(pk, gate.LARGEST), language=language)
    if not take.sound.speaker.is_in_force(timezone.now()):
        raise Http404
    return file_answer(take.heard, content_type="audio/mp4")

"""`/hoi-nhanh/`: three questions of a message, answered by choices alone, without account, cookie or script."""

from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.activities.made.pulse import Moment, of_activity
from campaigns.activities.made.writing import Refused
from campaigns.activities.screens import gate
from campaigns.answering.asked import Question, chosen, number_of
from campaigns.answering.once import count_once
from campaigns.answering.pages import closed, for_anybody
from campaigns.messages.message import MessagePage
from campaigns.pulse.asking import Asked, asked_in, has_questions
from campaigns.pulse.counting import (
    Room,
    add_to_month,
    add_to_room,
    close_room,
    months_of,
    open_room,
)
from campaigns.renderings.reading import printed_messages
from letters.numbers import is_number
from pages.sharing.views import code_of
from people.times import today


def answered(given, questions: list[Question]) -> dict[int, bool]:
    """By question, whether the letter that was chosen is right."""
    right = {one.number: one.right for one in questions}
    return {number: letter == right[number] for number, letter in chosen(given, questions).items()}


@for_anybody
def of_message(request, pk: int) -> HttpResponse:
    """`?tieng=` is a language in which they are read or heard."""
    page = MessagePage.objects.live().public().filter(pk=min(pk, gate.LARGEST)).select_related("locale").first()
    asked = asked_in(page, request.GET.get("tieng", "")) if page is not None else None
    if page is None or asked is None:
        raise Http404
    given = answered(request.POST, asked.questions)
    if given:
        number = number_of(request.POST)
        count_once(number, timezone.now(), partial(add_to_month, page.translation_key, today(), given))
    months = months_of(page.translation_key, today())
    return _shown(request, asked, given, {"page_of": page, "months": months, "sent": bool(given)})


@for_anybody
def in_room(request, token: str) -> HttpResponse:
    """It tells of no gathering, neither which nor how many answered."""
    room = Room.objects.filter(token=token[:20]).select_related("message__locale").first()
    now = timezone.now()
    # of a message that was taken back nothing is asked
    is_open = room is not None and room.is_open_at(now) and room.message.live
    asked = asked_in(room.message, request.GET.get("tieng", "")) if room is not None and is_open else None
    if room is None or asked is None:
        return closed(request)
    given = answered(request.POST, asked.questions)
    if given:
        count_once(number_of(request.POST), now, partial(add_to_room, room, now, given))
    # before the talk nobody is told the answer
    tells = room.moment == Moment.AFTER
    return _shown(request, asked, given if tells else {}, {"page_of": None, "months": [], "sent": bool(given)})


def _shown(request, asked: Asked, given: dict[int, bool], more: dict) -> HttpResponse:
    empty = request.method == "POST" and not more["sent"]
    context = {**more, "asked": asked, "given": given, "number": uuid4(), "empty": empty}
    return render(request, "pulse/questions.html", context, status=422 if empty else 200)


# --- staff: a code for the room


@require_http_methods(["GET", "HEAD", "POST"])
@gate.reading
def rooms(request, key: UUID) -> HttpResponse:
    """Opens and closes the questions of a gathering; `?hien=truoc` shows the code large, for a wall."""
    activity = gate.wordings_or_404(request.user, key)[0]
    if not gate.writes(request.user, key):
        raise PermissionDenied(_("Câu hỏi của buổi này do đơn vị đã ghi mở."))
    asked = [page for page in printed_messages() if has_questions(page)]
    if request.method == "POST":
        try:
            _done(request, key, asked)
        except Refused as sentence:
            messages.error(request, str(sentence))
        return redirect("pulse_rooms", key)
    now = timezone.now()
    opened = [room for room in Room.objects.filter(activity_key=key, closed_at=None) if room.is_open_at(now)]
    shown = [(room, request.build_absolute_uri(f"/hoi-nhanh/p/{room.token}/")) for room in opened]
    context = {
        "activity": activity,
        "asked": asked,
        "shown": [(room, address, code_of(address).decode()) for room, address in shown],
        "moments": [one for one in Moment if one not in {room.moment for room in opened}],
        "counts": of_activity(activity),
        "trail": gate.trail((f"{activity.kind.name}, {activity.on:%d/%m/%Y}", f"/hoat-dong/muc/{key}/")),
    }
    return render(request, "pulse/rooms.html", context)


def _done(request, key: UUID, asked: list[MessagePage]) -> None:
    now = timezone.now()
    if request.POST.get("act") == "close":
        typed = request.POST.get("phong", "")
        room = Room.objects.filter(pk=int(typed) if is_number(typed) else 0, activity_key=key).first()
        if room is None or not close_room(request.user, room, now):
            raise Refused(_("Câu hỏi này đã đóng rồi."))
        messages.success(request, _("Đã đóng. Số đếm giữ lại ở hoạt động; dưới 5 câu trả lời thì không giữ."))
        return
    message = next((page for page in asked if str(page.pk) == request.POST.get("thong-diep", "")), None)
    if message is None:
        raise Refused(_("Chọn thông điệp có ba câu hỏi đã duyệt."))
    open_room(request.user, key, request.POST.get("luc", ""), message, now)
    messages.success(request, _("Đã mở. Chiếu mã cho bà con quét; hết buổi thì bấm đóng."))

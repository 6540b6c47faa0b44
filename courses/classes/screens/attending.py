"""Taking attendance: by somebody's QR code, by ticking a list, or from the paper sheet with its photograph."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.classes.held.attendance import Attendance, How, NotTaken, Presence, mark
from courses.classes.held.papers import Paper, cleaned_photo, keep_paper
from courses.classes.held.sheets import sign_in_pdf
from courses.classes.held.windows import Window, meant
from courses.classes.planned import whose
from courses.classes.planned.participant import Participant
from courses.classes.planned.training_class import Meeting
from courses.classes.screens import gate
from outbox.private_files import file_answer
from printing import MissingLetter


class PaperForm(forms.Form):
    photo = forms.FileField(
        label=gettext_lazy("Ảnh phiếu đã ký"),
        required=False,
        help_text=gettext_lazy("Chỉ cần khi nhập từ phiếu giấy. Ảnh được giữ kín, tự hết hạn."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        try:
            return cleaned_photo(photo) if photo else None
        except ValidationError as refused:
            raise forms.ValidationError(refused.messages) from None


def of_meeting(view):
    """A page of who leads the class of a meeting; `pk` becomes the meeting."""

    @wraps(view)
    def gated(request, pk: int) -> HttpResponse:
        meeting = get_object_or_404(Meeting, pk=min(pk, gate.LARGEST))
        meeting.training_class = gate.led_or_refused(request.user, meeting.training_class_id)
        return view(request, meeting)

    return gate.own_page(gated)


@require_http_methods(["GET", "HEAD", "POST"])
@of_meeting
def attendance(request, meeting: Meeting) -> HttpResponse:
    """The list of a meeting: present, late, absent, or not marked yet."""
    row = meeting.training_class
    people = list(row.participants.taking_part().select_related("person").order_by("person__name_order", "pk"))
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    said = {one.pk: request.POST.get(f"p-{one.pk}", "") for one in people}
    if form.is_bound and form.is_valid():
        try:
            _taken(request, meeting, {pk: one for pk, one in said.items() if one in ("", *Presence.values)}, form)
        except NotTaken as sentence:
            form.add_error(None, str(sentence))
        else:
            messages.success(request, _("Đã lưu điểm danh."))
            return redirect("classes:attendance", meeting.pk)
    rows = Attendance.objects.current().filter(meeting=meeting).select_related("by", "paper")
    marks = {one.participant_id: one for one in rows}
    for one in people:
        one.mark = marks.get(one.pk)
        one.chosen = said[one.pk] if form.is_bound else (one.mark.presence if one.mark else "")
    context = {
        "row": row,
        "meeting": meeting,
        "people": people,
        "choices": Presence.choices,
        "form": form,
        "unmarked": sum(one.mark is None for one in people),
        "trail": gate.trail(row),
    }
    return render(request, "classes/attendance.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _taken(request, meeting: Meeting, said: dict[int, str], form: PaperForm) -> None:
    now, photo = timezone.now(), form.cleaned_data["photo"]
    paper = keep_paper(meeting.training_class, photo, request.user, now) if photo else None
    mark(request.user, meeting, said, How.PAPER if paper else How.LIST, now, paper)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.own_page
def arrival(request, token: str) -> HttpResponse:
    """What a person's QR code opens: to who leads the class her name and one button, to herself time and place."""
    taking_part = Participant.objects.taking_part().filter(token=token, training_class__cancelled_at=None)
    own = taking_part.select_related("training_class__unit", "person").first()
    if own is None:
        raise Http404
    row, meetings = own.training_class, list(own.training_class.meetings.all())
    if own.person_id == request.user.pk:
        if request.method == "POST":
            raise PermissionDenied(_("Không ai tự điểm danh cho mình; người dạy quét mã này."))
        return render(request, "classes/own_code.html", {"row": row, "meetings": meetings})
    if not whose.opened_to(request.user).filter(pk=row.pk).exists():
        raise Http404
    if not whose.led_by(request.user).filter(pk=row.pk).exists():
        raise PermissionDenied(_("Điểm danh là việc của người phụ trách tập huấn."))
    now = timezone.now()
    at = meant(meetings, now)
    if request.method == "POST":
        return _arrived(request, own, at, now)
    done = Attendance.objects.current().filter(meeting=at.meeting, participant=own).first() if at.meeting else None
    context = {"own": own, "row": row, "at": at, "done": done, "trail": gate.trail(row)}
    return render(request, "classes/arrival.html", context)


def _arrived(request, own: Participant, at, now) -> HttpResponse:
    """What the button says is decided by the clock, not by the form."""
    if at.window in (Window.OPEN, Window.LATE):
        at.meeting.training_class = own.training_class
        presence = Presence.PRESENT if at.window is Window.OPEN else Presence.LATE
        already = Attendance.objects.current().filter(meeting=at.meeting, participant=own, presence=Presence.PRESENT)
        try:
            # who was there is not late because the code was scanned again
            if not already.exists():
                mark(request.user, at.meeting, {own.pk: presence}, How.QR, now)
        except NotTaken as sentence:
            messages.error(request, str(sentence))
    return redirect("classes:arrival", own.token)


@require_safe
@of_meeting
def sign_in_sheet(request, meeting: Meeting) -> HttpResponse:
    try:
        content = sign_in_pdf(meeting.training_class, meeting)
    except MissingLetter as missing:
        return HttpResponse(str(missing), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="phieu-ky-{meeting.on:%Y-%m-%d}.pdf"'
    return response


@require_safe
@gate.own_page
def paper(request, pk: int) -> FileResponse:
    """The photograph of a sheet, for who may open its class."""
    found = get_object_or_404(Paper.objects.exclude(file=""), pk=min(pk, gate.LARGEST))
    gate.class_or_404(request.user, found.training_class_id)
    return file_answer(found.file, content_type=found.content_type)

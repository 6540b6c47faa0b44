"""A school's manager invites a teacher, or prints a new slip for one whom she or her school invited."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from campaigns.schools.log import whose
from campaigns.schools.log.inviting import MOST_TEACHERS, Refused, invite_teacher
from campaigns.schools.screens import gate
from letters.numbers import is_number
from people.persons.user import User
from people.screens.slips import batch_of, printed
from people.signing_in.activation import ActivationSlip, within_reach
from people.units.unit import Unit


class InvitingForm(forms.Form):
    full_name = forms.CharField(
        label=gettext_lazy("Họ tên giáo viên"),
        min_length=3,
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def _managed_or_404(request) -> Unit:
    asked = request.POST.get("truong", "")
    managed = whose.schools_of(request.user, whose.MANAGING_KINDS)
    school = managed.filter(pk=int(asked)).first() if is_number(asked) else None
    if school is None:
        raise Http404
    return school


@require_POST
@gate.managing
def invite(request) -> HttpResponse:
    """The slip is the answer, and exists in it alone."""
    school, batch = _managed_or_404(request), batch_of(request)
    back = f"{gate.school_address()}?truong={school.pk}"
    form = InvitingForm(request.POST)
    if ActivationSlip.objects.filter(batch=batch).exists():
        return render(request, "account/slips_gone.html", {"back": back}, status=409)
    if not form.is_valid():
        messages.error(request, _("Ghi họ tên giáo viên, ít nhất ba chữ cái."))
        return redirect(back)
    try:
        person = invite_teacher(request.user, school, " ".join(form.cleaned_data["full_name"].split()))
    except Refused as refused:
        said = {
            Refused.TWICE: _("Trường đã có một giáo viên cùng họ tên; nếu là người ấy, in phiếu mới ở danh sách."),
            Refused.TOO_MANY: _("Mỗi trường có nhiều nhất %d tài khoản giáo viên; nhờ quản lý cấp tỉnh.")
            % MOST_TEACHERS,
        }[str(refused)]
        messages.error(request, said)
        return redirect(back)
    return printed(request, [person], batch, back)


@require_POST
@gate.managing
def new_slip(request, pk: int) -> HttpResponse:
    """For a teacher who was invited: the old password no longer holds once the new code is used."""
    school = _managed_or_404(request)
    teachers = whose.teachers_of(school).filter(within_reach(request.user))
    person: User | None = teachers.filter(pk=min(pk, gate.LARGEST)).first()
    if person is None:
        raise Http404
    back = f"{gate.school_address()}?truong={school.pk}"
    return printed(request, [person], batch_of(request), back, reason=_("Quản lý trường in lại phiếu."))

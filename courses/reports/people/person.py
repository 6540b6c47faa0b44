"""`/bao-cao/can-bo/<staff code>/`: the record of one person, and the form that voids a completion."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.certificates.issuing import without_certificate
from courses.completions.completion import Completion, void
from courses.reports.people import person_record
from courses.reports.people.certificates import certificates_of
from courses.reports.query.gate import forbidden, reading_people
from people.guarding.wording import writes
from people.log.audit import Act, record
from people.persons.merges import one_person, who_is
from people.persons.user import User
from people.rights import scope
from people.rights.roles import PEOPLE_KINDS
from people.roster.listing import Roster
from people.roster.steps import Kind
from people.signing_in.activation import within_reach
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks


class VoidForm(forms.Form):
    completion = forms.ModelChoiceField(Completion.objects.none(), widget=forms.HiddenInput)
    on = typed_day(gettext_lazy("Không tính từ ngày"), looks=Looks.BACK)
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300)

    def __init__(self, person, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["completion"].queryset = (  # type: ignore[attr-defined]
            Completion.objects.current().filter(person__in=one_person(person))
        )

    def clean(self):
        completion, on = self.cleaned_data.get("completion"), self.cleaned_data.get("on")
        if completion and on and on < completion.completed_on:
            self.add_error("on", _("Ngày này trước ngày hoàn thành %s.") % f"{completion.completed_on:%d/%m/%Y}")


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
@writes("void", gettext_lazy("Lý do hủy một lần hoàn thành"), "reason")
def person(request, staff_code):
    person = get_object_or_404(User, staff_code=staff_code)
    if (stays := who_is(person)) != person and scope.answers_for(request.user, stays, PEOPLE_KINDS):
        return redirect("reports:person", stays.staff_code)
    if not scope.answers_for(request.user, person, PEOPLE_KINDS):
        raise Http404
    may_change = scope.can_grant_attempt(request.user, person)
    form = VoidForm(person, request.POST if request.method == "POST" else None)
    if form.is_bound and not may_change:
        return forbidden(request, _("Hủy một lần hoàn thành là việc của người phụ trách tập huấn."))
    if form.is_valid():
        data = form.cleaned_data
        void(data["completion"], data["on"], data["reason"], request.user, timezone.now())
        messages.success(request, _("Đã ghi: lần hoàn thành này không tính nữa. Con số tiến độ đã tính lại."))
        return redirect("reports:person", person.staff_code)
    record(Act.SAW_PERSON, request.user, person=person)
    may_print_slip = User.objects.filter(within_reach(request.user), pk=person.pk).exists()
    page = _record(person) | {"void_form": form, "may_change": may_change, "may_print_slip": may_print_slip}
    is_hers = request.user.pk != person.pk and bool(Roster(request.user).answered([person.pk]))
    page |= {"acts": Kind.choices, "may_act": is_hers}
    return render(request, "reports/person.html", page, status=422 if form.errors else 200)


def _record(person: User) -> dict:
    completions = person_record.completions_of(person)
    attempts = person_record.attempts_of(person)
    reliefs = person_record.reliefs_of(person)
    return {
        "person": person,
        "postings": person_record.postings_of(person),
        "completions": completions,
        "standings": person_record.standings_of(person, completions, reliefs, today()),
        "attempts": attempts,
        "any_too_fast": any(one["too_fast"] for one in attempts),
        "grants": person_record.grants_of(person),
        "grantable": person_record.grantable(),
        "excuses": person_record.excuses_of(person),
        "reliefs": reliefs,
        "certificates": certificates_of(person),
        "uncertified": without_certificate(person),
        "today": today(),
        "trail": [(_("Tiến độ"), reverse("reports:home"))],
    }

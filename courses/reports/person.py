"""`/bao-cao/can-bo/<staff code>/`: one person's record, one more attempt for them, a completion that counts no more."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.attempts.admission import grant
from courses.completion import Completion, void
from courses.pages import QuizPage
from courses.reports import person_record
from courses.reports.gate import forbidden, reading_people
from people import scope
from people.accounts import User
from people.records import today
from people.roles import PEOPLE_KINDS


class GrantForm(forms.Form):
    """One more attempt at a quiz that limits them; without such a quiz there is nothing to grant."""

    quiz = forms.ModelChoiceField(QuizPage.objects.none(), label=gettext_lazy("Bài kiểm tra"), empty_label=None)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=200,
        error_messages={"required": gettext_lazy("Ghi lý do, ví dụ: mất điện khi đang làm bài.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quiz"].queryset = QuizPage.objects.live().filter(attempt_limit__gt=0).order_by("path")


class VoidForm(forms.Form):
    completion = forms.ModelChoiceField(Completion.objects.none(), widget=forms.HiddenInput)
    on = forms.DateField(
        label=gettext_lazy("Không tính từ ngày"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": gettext_lazy("Ghi ngày/tháng/năm, như 24/11/2026.")},
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300)

    def __init__(self, person, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["completion"].queryset = Completion.objects.current().filter(person=person)

    def clean(self):
        made, on = self.cleaned_data.get("completion"), self.cleaned_data.get("on")
        if made and on and on < made.completed_on:
            self.add_error("on", _("Ngày này trước ngày hoàn thành %s.") % f"{made.completed_on:%d/%m/%Y}")


@require_http_methods(["GET", "POST"])
@reading_people
def person(request, staff_code):
    found = get_object_or_404(User, staff_code=staff_code)
    if not scope.answers_for(request.user, found, PEOPLE_KINDS):
        raise Http404
    work = request.POST.get("viec") if request.method == "POST" else None
    grant_form = GrantForm(request.POST if work == "them_lan" else None)
    void_form = VoidForm(found, request.POST if work == "khong_tinh" else None)
    may_change = scope.can_grant_attempt(request.user, found)
    if work and not may_change:
        return forbidden(request, _("Thêm lần làm bài và hủy lần hoàn thành là việc của người phụ trách tập huấn."))
    if work and _done(request, found, grant_form, void_form):
        return redirect("reports:person", found.staff_code)
    wrong = grant_form.errors or void_form.errors
    page = _record(found) | {"void_form": void_form, "may_void": may_change}
    limited = may_change and grant_form.fields["quiz"].queryset.exists()
    page["grant_form"] = grant_form if limited else None
    return render(request, "reports/person.html", page, status=422 if wrong else 200)


def _done(request, found: User, grant_form: GrantForm, void_form: VoidForm) -> bool:
    """Records what was asked; False where the form that was sent has to be corrected."""
    now = timezone.now()
    if grant_form.is_bound and grant_form.is_valid():
        grant(found, grant_form.cleaned_data["quiz"], request.user, grant_form.cleaned_data["reason"], now)
        messages.success(request, _("Đã cho thêm một lần làm bài."))
        return True
    if void_form.is_bound and void_form.is_valid():
        asked = void_form.cleaned_data
        void(asked["completion"], asked["on"], asked["reason"], request.user, now)
        messages.success(request, _("Đã ghi: lần hoàn thành này không tính nữa. Con số tiến độ đã tính lại."))
        return True
    return False


def _record(found: User) -> dict:
    completions = person_record.completions_of(found)
    return {
        "person": found,
        "postings": person_record.postings_of(found),
        "completions": completions,
        "standings": person_record.standings_of(found, completions, today()),
        "attempts": person_record.attempts_of(found),
        "grants": person_record.grants_of(found),
        "excuses": person_record.excuses_of(found),
        "today": today(),
        "trail": [(_("Tiến độ"), reverse("reports:home"))],
    }

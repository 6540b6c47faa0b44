"""`/bao-cao/dinh-ky/`: what one has saved, saving one more and stopping it; and what a link of the mail opens."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.reports.query.gate import reading_figures
from courses.reports.saved.report import (
    LONGEST,
    MOST,
    NotSaved,
    Over,
    Rhythm,
    SavedReport,
    going,
    kind_of,
    roles_of,
    save,
)
from letters.numbers import is_number
from people.guarding.wording import writes
from people.rights.roles import Role

LARGEST = 2**63 - 1


class _RoleField(forms.ModelChoiceField):
    def label_from_instance(self, obj) -> str:
        return f"{obj.get_kind_display()}, {obj.unit.name}"


class SaveForm(forms.Form):
    tu = forms.CharField(max_length=4 * LONGEST, widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("Tên báo cáo"),
        help_text=gettext_lazy("Tên này đứng trong thư; không nêu ai."),
        max_length=80,
        strip=True,
    )
    rhythm = forms.ChoiceField(label=gettext_lazy("Nhận khi nào"), choices=Rhythm.choices)
    role = _RoleField(
        Role.objects.none(),
        label=gettext_lazy("Theo vai trò"),
        help_text=gettext_lazy("Vai trò này hết thì báo cáo tự dừng."),
        empty_label=None,
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        role: forms.ModelChoiceField = self.fields["role"]  # type: ignore[assignment]
        role.queryset = roles_of(user)


@require_http_methods(["GET", "HEAD", "POST"])
@reading_figures
@writes("saved_report", gettext_lazy("Tên báo cáo định kỳ"), "title")
def saved(request) -> HttpResponse:
    """`?tu=` is the page that is to be saved."""
    if request.method == "POST" and request.POST.get("act") == "stop":
        return _stopped(request)
    asked = request.GET.get("tu", "")
    first = {"tu": asked, "title": kind_of(asked), "rhythm": Rhythm.WEEKLY}
    form = SaveForm(request.user, request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        data = form.cleaned_data
        try:
            save(request.user, data["role"], data["title"], data["tu"], data["rhythm"], timezone.now())
        except NotSaved as sentence:
            form.add_error(None, str(sentence))
        else:
            messages.success(request, _("Đã lưu. Thư có đường dẫn sẽ đến theo lịch anh chị chọn."))
            return redirect("reports:saved")
    context = {
        "form": form,
        "saving": form.is_bound or bool(kind_of(asked)),
        "reports": [(one, kind_of(one.address)) for one in going().filter(person=request.user.pk)],
        "most": MOST,
        "trail": [(_("Tiến độ"), reverse("reports:home"))],
    }
    return render(request, "reports/saved/saved.html", context, status=422 if form.errors else 200)


def _stopped(request) -> HttpResponse:
    which = request.POST.get("which", "")
    own = SavedReport.objects.filter(person=request.user.pk, pk=min(int(which), LARGEST) if is_number(which) else 0)
    if not own.delete()[0]:
        raise Http404
    messages.success(request, _("Đã dừng. Báo cáo này không gửi nữa."))
    return redirect("reports:saved")


@require_safe
@reading_figures
def opened(request, pk: int) -> HttpResponse:
    """Leads on to the page, which asks for itself what its reader may see there today."""
    report = going().filter(pk=min(pk, LARGEST), person=request.user.pk).first()
    if report is None:
        raise Over
    return redirect(report.address)

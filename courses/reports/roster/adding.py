"""`/bao-cao/danh-sach/them/`: one posting of somebody new, or of somebody who is known, by the rules of the import."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.reports.query.gate import reading_people
from courses.reports.query.unit_meant import unit_meant
from courses.reports.roster.contacts import ContactFields
from people.guarding.wording import writes
from people.postings.posting import Duty
from people.roster.adding import Added, CannotAdd, add_by_hand, look
from people.roster.listing import Roster
from people.typed_fields import typed_day
from tabular.tables import TableError


class AddForm(ContactFields):
    staff_code = forms.CharField(label=gettext_lazy("Mã cán bộ"), max_length=40)
    full_name = forms.CharField(label=gettext_lazy("Họ tên"), max_length=150)
    unit = forms.CharField(label=gettext_lazy("Đơn vị (mã hoặc tên)"), max_length=100)
    position = forms.CharField(label=gettext_lazy("Chức danh"), max_length=150, required=False)
    duties = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Nhiệm vụ"),
        queryset=Duty.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    start = typed_day(gettext_lazy("Từ ngày"))
    end = typed_day(gettext_lazy("Đến ngày"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        help_text=gettext_lazy("Một câu, như số quyết định."),
        error_messages={"required": gettext_lazy("Hãy ghi lý do trong một câu.")},
    )
    is_other = forms.BooleanField(label=gettext_lazy("Đã xem: đúng là một người khác"), required=False)
    field_order = (
        *("staff_code", "full_name", "unit", "position", "duties", "start", "end"),
        *("email", "phone", "reason", "is_other"),
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.notes = user, []

    def clean(self):
        data = self.cleaned_data
        if data.get("end") and data.get("start") and data["end"] < data["start"]:
            self.add_error("end", _("Ngày kết thúc trước ngày bắt đầu."))
        unit, problem = unit_meant(Roster(self.user), data.get("unit", ""), data.get("start"))
        if problem:
            self.add_error("unit", problem)
        if self.errors or unit is None:
            return
        try:
            self.added = Added(
                data["staff_code"],
                data["full_name"],
                unit.pk,
                data["position"],
                frozenset(duty.pk for duty in data["duties"]),
                data["start"],
                data["end"],
                data["email"],
                data["phone"],
                data["is_other"],
            )
            self.notes = look(self.user, self.added)
        except CannotAdd as reason:
            self.add_error(reason.field, str(reason))


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
@writes("add_person", gettext_lazy("Lý do thêm cán bộ"), "reason", "position")
def add(request):
    initial = {"staff_code": request.GET.get("ma", ""), "unit": request.GET.get("don_vi", "")}
    form = AddForm(request.user, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            person = add_by_hand(request.user, form.added, timezone.now(), form.cleaned_data["reason"])
        except TableError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, " ".join([_("Đã ghi vào danh sách."), *form.notes]))
            return redirect("reports:person", person.staff_code)
    trail = [(_("Tiến độ"), reverse("reports:home")), (_("Danh sách cán bộ"), reverse("reports:find"))]
    page = {"form": form, "title": _("Thêm cán bộ"), "trail": trail, "button": _("Ghi vào danh sách")}
    return render(request, "reports/person_form.html", page, status=422 if form.errors else 200)

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
from courses.reports.roster.posting_fields import PostingFields
from people.guarding.wording import writes
from people.roster.adding import Added, CannotAdd, add_by_hand, look
from people.roster.listing import Roster
from tabular.tables import TableError


class AddForm(ContactFields, PostingFields):
    staff_code = forms.CharField(label=gettext_lazy("Mã cán bộ"), max_length=40)
    full_name = forms.CharField(label=gettext_lazy("Họ tên"), max_length=150)
    is_other = forms.BooleanField(label=gettext_lazy("Đã xem: đúng là một người khác"), required=False)
    field_order = (
        *("staff_code", "full_name", "unit", "position", "duties", "start", "end"),
        *("email", "phone", "reason", "is_other"),
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.notes, self.asks_about_another = user, [], False
        self.fields["reason"].help_text = _("Một câu, như số quyết định.")

    def clean(self):
        super().clean()
        data = self.cleaned_data
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
            self.asks_about_another = reason.resembles
            self.add_error(reason.field, str(reason))

    def without_the_box(self) -> None:
        """Nobody is asked whether she is another person before somebody resembles her."""
        if not (self.asks_about_another or self.data.get("is_other")):
            del self.fields["is_other"]


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
    form.without_the_box()
    trail = [(_("Tiến độ"), reverse("reports:home")), (_("Danh sách cán bộ"), reverse("reports:find"))]
    page = {"form": form, "title": _("Thêm cán bộ"), "trail": trail, "button": _("Ghi vào danh sách")}
    return render(request, "reports/person_form.html", page, status=422 if form.errors else 200)

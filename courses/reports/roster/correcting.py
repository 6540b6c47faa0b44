"""`/bao-cao/danh-sach/sua/<mã>/`: the name, e-mail and telephone of one person."""

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.reports.query.gate import forbidden, reading_people
from courses.reports.roster.contacts import ContactFields
from people.guarding.wording import writes
from people.log.audit import Act, record
from people.persons.phones import local_phone
from people.persons.user import User
from people.roster.correcting import correct as correct_person
from people.roster.listing import Roster
from people.signing_in.activation import within_reach


class CorrectForm(ContactFields):
    full_name = forms.CharField(label=gettext_lazy("Họ tên"), max_length=150)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        error_messages={"required": gettext_lazy("Hãy ghi lý do trong một câu.")},
    )
    field_order = ("full_name", "email", "phone", "reason")

    def __init__(self, person: User, data=None):
        initial = {"full_name": person.full_name, "email": person.email, "phone": local_phone(person.phone or "")}
        super().__init__(data, initial=initial)
        self.person = person

    def clean(self):
        others = User.objects.exclude(pk=self.person.pk)
        data = self.cleaned_data
        if data.get("email") and others.filter(email__iexact=data["email"]).exists():
            self.add_error("email", _("Email này đang thuộc về người khác; để trống nếu đơn vị dùng chung."))
        if data.get("phone") and others.filter(phone=data["phone"]).exists():
            self.add_error("phone", _("Số này đang thuộc về người khác; để trống nếu đơn vị dùng chung."))


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
@writes("correct_person", gettext_lazy("Lý do sửa tên, liên hệ"), "reason")
def correct(request, staff_code):
    """Whoever could print the person a slip may change where she is reached: no more is opened by that."""
    person = get_object_or_404(User, staff_code=staff_code)
    if person.pk not in Roster(request.user).answered([person.pk]):
        raise Http404
    if not User.objects.filter(within_reach(request.user), pk=person.pk).exists():
        return forbidden(request, _("Người này giữ vai trò, hoặc là chính anh chị; quản trị viên sửa ở mục Cán bộ."))
    form = CorrectForm(person, request.POST if request.method == "POST" else None)
    if form.is_valid() and _saved(form, person, request.user):
        messages.success(request, _("Đã ghi. Chủ tài khoản được báo nếu liên hệ đổi."))
        return redirect("reports:person", person.staff_code)
    record(Act.SAW_PERSON, request.user, person=person)
    trail = [(_("Tiến độ"), reverse("reports:home")), (_("Danh sách cán bộ"), reverse("reports:find"))]
    trail.append((person.full_name, reverse("reports:person", args=[person.staff_code])))
    page = {"form": form, "title": _("Sửa tên, liên hệ"), "person": person, "trail": trail, "button": _("Ghi")}
    return render(request, "reports/person_form.html", page, status=422 if form.errors else 200)


def _saved(form: CorrectForm, person: User, by) -> bool:
    values = {name: form.cleaned_data[name] for name in ("full_name", "email", "phone")}
    try:
        correct_person(person, values, by, timezone.now(), form.cleaned_data["reason"])
    except IntegrityError:
        form.add_error(None, _("Liên hệ này vừa được ghi cho người khác; hãy xem lại."))
        return False
    return True

"""`/bao-cao/chung-nhan/`: batches of certificates; the file, revocation and reissue of one certificate.

Whoever may see a person may download their certificates; whoever is responsible for their training may change them.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.certificates import batches
from courses.certificates.certificate import Certificate
from courses.certificates.described import DescribedCertificate, described
from courses.certificates.issuing import NotIssued, issue_by_hand, reissue, revoke
from courses.certificates.mine import file_of
from courses.completions.completion import Completion
from courses.reports.query.gate import forbidden, reading_people
from people.guarding.wording import writes
from people.log.audit import Act, record
from people.persons.merges import one_person, who_is
from people.persons.user import User
from people.rights import scope
from people.rights.roles import PEOPLE_KINDS
from people.times import covering, today
from people.typed_fields import typed_day
from people.typed_times import Looks
from people.units.successions import Reach
from people.units.unit import Unit


class BatchForm(forms.Form):
    """The choice of units is the reader's own and the level below."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị"), coerce=int)
    course = forms.ChoiceField(label=gettext_lazy("Khóa học"), required=False)
    first = typed_day(gettext_lazy("Cấp từ ngày"), looks=Looks.BACK, required=False)
    last = typed_day(gettext_lazy("Đến hết ngày"), looks=Looks.BACK, required=False)

    def __init__(self, reader, *args, **kwargs):
        super().__init__(*args, **kwargs)
        unit, course = self.fields["unit"], self.fields["course"]
        assert isinstance(unit, forms.ChoiceField)
        assert isinstance(course, forms.ChoiceField)
        unit.choices = _units(reader)
        titles = Certificate.objects.order_by("course_title").values_list("course_key", "course_title").distinct()
        course.choices = [("", _("Mọi khóa học")), *dict(titles).items()]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("Ngày này trước ngày bắt đầu."))
        elif not self.errors and not batches.selected_certificates(*self.selection(), today()).exists():
            raise forms.ValidationError(_("Không có chứng nhận nào trong lựa chọn này; hãy chọn rộng hơn."))

    def selection(self) -> tuple[int, str, date | None, date | None]:
        data = self.cleaned_data
        return data["unit"], data["course"], data["first"], data["last"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=250,
        error_messages={"required": gettext_lazy("Hãy ghi lý do trong một câu.")},
    )


def _units(reader) -> list[tuple[int, str]]:
    """(id, name) of the units of the reader's roles and one level below, highest first."""
    roots = [unit.pk for unit in reader.roots(PEOPLE_KINDS)]
    rows = Reach.objects.filter(covering(today()), covering(today(), "unit__valid_from", "unit__valid_to"))
    rows = rows.filter(ancestor__in=roots, depth__lte=1).order_by("depth", "unit__name_order")
    return list(dict(rows.values_list("unit", "unit__name")).items())


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
def batch(request) -> HttpResponse:
    form = BatchForm(request.reader, request.POST or None)
    if form.is_valid():
        unit, course, first, last = form.selection()
        batches.ask(Unit.objects.get(pk=unit), course, first, last, request.user)
        return redirect("reports:works")
    page = {"form": form, "trail": [(_("Tiến độ"), reverse("reports:home"))]}
    return render(request, "reports/certificates.html", page, status=422 if form.errors else 200)


@require_safe
@reading_people
def file(request, pk: int) -> HttpResponse:
    certificate = get_object_or_404(Certificate.objects.select_related("person"), pk=pk)
    if not scope.answers_for(request.user, certificate.person, PEOPLE_KINDS):
        raise Http404
    record(Act.FETCHED_CERTIFICATE, request.user, person=certificate.person, detail=certificate.course_key)
    return file_of(request, certificate)


def _changing(act: Callable) -> Callable:
    """Decorates the views that change a certificate: a POST with a reason, by somebody responsible for the person."""

    @require_POST
    @reading_people
    @writes("certificate", gettext_lazy("Lý do thu hồi, cấp lại chứng nhận"), "reason")
    @wraps(act)
    def changing(request, pk: int) -> HttpResponse:
        certificate = get_object_or_404(Certificate.objects.select_related("person"), pk=pk)
        if refusal := _refused(request, certificate.person):
            return refusal
        form = ReasonForm(request.POST)
        if form.is_valid():
            try:
                messages.success(request, act(request, certificate, form.cleaned_data["reason"]))
            except NotIssued as why:
                messages.error(request, str(why))
        else:
            messages.error(request, str(form.errors["reason"][0]))
        return redirect("reports:person", certificate.person.staff_code)

    return changing


def _refused(request, person: User) -> HttpResponse | None:
    """Raises 404 for a person out of reach; returns 403 about oneself or if the reader may only see the person, else
    None.
    """
    person = who_is(person)
    if request.user != person and not scope.answers_for(request.user, person, PEOPLE_KINDS):
        raise Http404
    if not scope.can_grant_attempt(request.user, person):
        return forbidden(request, _("Cấp, thu hồi và cấp lại chứng nhận là việc của người phụ trách tập huấn."))
    return None


@_changing
def revoke_one(request, certificate: Certificate, reason: str) -> str:
    revoke(certificate, today(), reason, request.user, timezone.now())
    return _("Đã thu hồi chứng nhận %s.") % certificate.full_number


@_changing
def reissue_one(request, certificate: Certificate, reason: str) -> str:
    new = reissue(certificate, reason, request.user, timezone.now())
    return _("Đã cấp lại: số mới là %s. Bản cũ không còn giá trị.") % new.full_number


@require_POST
@reading_people
def issue_one(request, pk: int) -> HttpResponse:
    """Issues a certificate by hand, for an imported completion or one from before there was an issuer."""
    completion = get_object_or_404(Completion.objects.current().select_related("person"), pk=pk)
    if refusal := _refused(request, completion.person):
        return refusal
    if issued := issue_by_hand(completion, request.user, timezone.now()):
        messages.success(request, _("Đã cấp chứng nhận %s.") % issued[0].full_number)
    else:
        messages.error(request, _("Lần hoàn thành này đã có chứng nhận, hoặc không còn được tính."))
    return redirect("reports:person", completion.person.staff_code)


def certificates_of(person: User) -> list[DescribedCertificate]:
    rows = Certificate.objects.with_ending().filter(person__in=one_person(person)).select_related("replaced_by")
    return described(rows.order_by("-issued_on", "-pk"), today())

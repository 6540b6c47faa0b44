"""`/bao-cao/danh-sach/cong-tac/<id>/`: what one posting should have been, what that does to the figures; writing it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.reports.query.gate import reading_people
from courses.reports.query.unit_meant import unit_meant
from courses.reports.roster.act_jobs import mark_of
from courses.reports.roster.posting_fields import PostingFields
from courses.standing.outcomes.trying import effects
from people.guarding.wording import writes
from people.log.audit import Act, record
from people.postings.posting import Posting
from people.roster.acting import ChangedMeanwhile, Plan, carry_out, write
from people.roster.listing import Roster
from people.roster.mending import held, mended_by, plan_mending
from people.roster.steps import CannotAct, Held
from people.times import today
from people.units.unit import Unit


class MendForm(PostingFields):
    """When valid, `made` is the plan."""

    def __init__(self, user, posting: Posting, data=None):
        now = held(posting)
        day = {name: f"{value:%d/%m/%Y}" if value else "" for name, value in (("start", now.start), ("end", now.end))}
        initial = {"unit": f"{posting.unit.name} ({posting.unit.code})", "position": now.position, **day}
        super().__init__(data, initial=initial | {"duties": list(now.duties)})
        self.fields["reason"].help_text = _("Một câu: ghi nhầm điều gì, theo giấy tờ nào.")
        self.user, self.posting = user, posting

    def clean(self):
        super().clean()
        if self.errors:
            return
        data = self.cleaned_data
        typed, problem = data["unit"], ""
        unit: Unit | None = self.posting.unit
        if typed != self.initial["unit"]:
            unit, problem = unit_meant(Roster(self.user), typed, data["start"])
        if problem or unit is None:
            return self.add_error("unit", problem)
        duties = frozenset(duty.pk for duty in data["duties"])
        facts = (self.posting.person_id, unit.pk, data["position"], data["start"], data["end"], duties)
        try:
            self.made = plan_mending(self.posting, Held(*facts))
        except CannotAct as reason:
            self.add_error(None, str(reason))


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
@writes("mend_posting", gettext_lazy("Lý do sửa một công tác"), "reason", "position")
def mend(request, pk: int):
    """A POST shows what it would do; with `ghi`, the mark of what was shown, it is done."""
    posting = mended_by(request.user, pk)
    if posting is None:
        raise Http404
    form = MendForm(request.user, posting, request.POST if request.method == "POST" else None)
    made = form.made if form.is_valid() else None
    if made and request.POST.get("ghi") == mark_of(made):
        return _done(request, made, posting, form.cleaned_data["reason"])
    record(Act.SAW_PERSON, request.user, person=posting.person)
    trail = [(_("Tiến độ"), reverse("reports:home")), (_("Danh sách cán bộ"), reverse("reports:find"))]
    trail.append((posting.person.full_name, reverse("reports:person", args=[posting.person.staff_code])))
    page = {"form": form, "person": posting.person, "trail": trail, "made": made, "mark": made and mark_of(made)}
    page |= {"day": today(), "effects": _effects(form, made) if made else []}
    return render(request, "reports/mend.html", page, status=422 if form.errors else 200)


def _effects(form: MendForm, made: Plan) -> list:
    steps = [step for one in made.steps.values() for step in one]
    return effects(lambda: write(steps, timezone.now()), made.steps.keys(), Roster(form.user).seen, today())


def _done(request, made: Plan, posting: Posting, reason: str):
    try:
        change = carry_out(made, request.user, timezone.now(), reason)
    except ChangedMeanwhile as changed:
        messages.error(request, str(changed))
    else:
        assert change is not None
        link = format_html('<a href="{}">{}</a>', reverse("change", args=[change.pk]), _("Xem và hoàn tác"))
        messages.success(request, format_html("{} {}", _("Đã ghi. Con số tiến độ đã tính lại."), link))
    return redirect("reports:person", posting.person.staff_code)

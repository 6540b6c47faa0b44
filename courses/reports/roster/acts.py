"""`/bao-cao/danh-sach/viec/…/`: an act on one person or many: what is to be done, what it would do, and doing it."""

from hashlib import sha256
from typing import Any

from django import forms
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
from courses.reports.roster.selection import Selection
from courses.standing.outcomes.trying import effects
from letters.numbers import is_number
from people.guarding.wording import writes
from people.persons.user import User
from people.postings.posting import Duty
from people.roster.acting import MOST_PEOPLE, ChangedMeanwhile, Plan, carry_out, plan, write
from people.roster.listing import Roster
from people.roster.steps import DAY, Kind, Order
from people.times import today
from people.typed_fields import typed_day
from people.undoing.rights import undoable_kinds
from people.units.unit import Unit

DAYS = {
    Kind.MOVE: gettext_lazy("Ngày đầu tiên ở đơn vị mới"),
    Kind.END: gettext_lazy("Ngày cuối cùng còn công tác"),
    Kind.GIVE: gettext_lazy("Có nhiệm vụ từ ngày"),
    Kind.TAKE: gettext_lazy("Không còn nhiệm vụ từ ngày"),
}


class ActForm(forms.Form):
    on = typed_day("")
    unit = forms.CharField(label=gettext_lazy("Đơn vị mới (mã hoặc tên)"), max_length=100)
    position = forms.CharField(
        label=gettext_lazy("Chức danh mới"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Để trống: giữ chức danh như trước."),
    )
    duty = forms.ModelChoiceField(label=gettext_lazy("Nhiệm vụ"), queryset=Duty.objects.order_by("name"))
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        help_text=gettext_lazy("Một câu, như số quyết định. Không nêu bệnh tật hay chuyện riêng."),
        error_messages={"required": gettext_lazy("Hãy ghi lý do trong một câu.")},
    )

    def __init__(self, kind: str, roster: Roster, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.roster = kind, roster
        self.fields["on"].label = DAYS[Kind(kind)]
        for name in ("unit", "position") if kind != Kind.MOVE else ():
            del self.fields[name]
        if kind not in (Kind.GIVE, Kind.TAKE):
            del self.fields["duty"]

    def clean(self):
        data = self.cleaned_data
        if data.get("unit") and data.get("on"):
            unit, problem = unit_meant(self.roster, data["unit"], data["on"])
            if problem:
                self.add_error("unit", problem)
            data["unit"] = unit

    def order(self) -> Order:
        data = self.cleaned_data
        unit, duty = data.get("unit"), data.get("duty")
        return Order(self.kind, data["on"], unit and unit.pk, data.get("position", ""), duty and duty.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
@writes("roster_act", gettext_lazy("Lý do sửa danh sách cán bộ"), "reason", "position")
def act(request, kind):
    """A POST with `nguoi`, or with `tat_ca` for all of a narrowed list, asks for the rest; a whole one shows what it
    would do; with `ghi`, the mark of what was shown, it is done.
    """
    if kind not in Kind.values:
        raise Http404
    roster = Roster(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(request, asked)
    people = roster.answered(chosen) if len(chosen) <= MOST_PEOPLE else set()
    posting = int(asked["cong_tac"]) if is_number(asked.get("cong_tac", "")) else None
    form = ActForm(kind, roster, request.POST if "reason" in request.POST else None)
    made = plan(request.user, form.order(), people, posting) if people and form.is_valid() else None
    if made and made.steps and request.POST.get("ghi") == _mark(made):
        return _done(request, made, form.cleaned_data["reason"])
    return render(request, "reports/act.html", _page(form, made, people, chosen, posting), status=_status(form))


def _chosen(request, asked) -> set[int]:
    if "tat_ca" in request.POST:
        people = Selection(request.user, request.GET).people().order_by()
        return set(people.values_list("pk", flat=True)[: MOST_PEOPLE + 1])
    return {int(one) for one in asked.getlist("nguoi") if is_number(one)}


def _mark(made: Plan) -> str:
    """Of a preview: what is written is what was seen, whatever was typed or changed since."""
    return sha256(repr((made.order, sorted(made.steps.items()))).encode()).hexdigest()[:16]


def _status(form: ActForm) -> int:
    return 422 if form.errors else 200


def _done(request, made: Plan, reason: str):
    try:
        change = carry_out(made, request.user, timezone.now(), reason)
    except ChangedMeanwhile as changed:
        messages.error(request, str(changed))
        return redirect("reports:find")
    done = _("Đã ghi cho %d người. Con số tiến độ đã tính lại.") % len(made.steps)
    if change and change.kind in undoable_kinds(request.user):
        link = format_html(' <a href="{}">{}</a>', reverse("change", args=[change.pk]), _("Xem từng dòng và hoàn tác"))
        done = format_html("{}{}", done, link)
    messages.success(request, done)
    if len(made.steps) == 1:
        return redirect("reports:person", made.people[next(iter(made.steps))].staff_code)
    return redirect("reports:find")


def _page(form: ActForm, made: Plan | None, people: set[int], chosen: set[int], posting: int | None) -> dict:
    trail = [(_("Tiến độ"), reverse("reports:home")), (_("Danh sách cán bộ"), reverse("reports:find"))]
    page: dict[str, Any] = {
        "form": form,
        "title": Kind(form.kind).label,
        "posting": posting,
        "trail": trail,
        "most": MOST_PEOPLE,
    }
    page |= {"people": people, "too_many": len(chosen) > MOST_PEOPLE, "left_out": len(chosen - people)}
    page["names"] = list(User.objects.filter(pk__in=people).by_name()[:20])
    if made is None:
        return page
    # an end is seen on the day after it
    day = max(today(), made.order.on + (DAY if form.kind == Kind.END else DAY * 0))
    steps = [step for one in made.steps.values() for step in one]
    return page | {
        "made": made,
        "mark": _mark(made),
        "rows": _rows(made),
        "skipped": [(made.people[pk], why) for pk, why in made.skipped.items()],
        "day": day,
        "effects": effects(lambda: write(steps, timezone.now()), made.steps.keys(), form.roster.seen, day)
        if steps
        else [],
    }


def _rows(made: Plan) -> list[dict]:
    """By name, what is believed now and what will be."""
    held = [one for steps in made.steps.values() for step in steps for one in (step.old, step.new) if one]
    units = dict(Unit.every.filter(pk__in={one.unit for one in held}).values_list("pk", "name"))
    duties = dict(Duty.objects.values_list("pk", "name"))

    def words(one) -> str:
        said = [units[one.unit], one.position, ", ".join(sorted(duties[duty] for duty in one.duties))]
        until = _("từ %s") % f"{one.start:%d/%m/%Y}"
        until += " " + _("đến %s") % f"{one.end:%d/%m/%Y}" if one.end else ""
        return "; ".join(filter(None, [*said, until]))

    return [
        {
            "person": made.people[pk],
            "before": [words(step.old) for step in steps if step.old],
            "after": [words(step.new) for step in steps if step.new],
        }
        for pk, steps in made.steps.items()
    ]

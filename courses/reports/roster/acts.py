"""`/bao-cao/danh-sach/viec/…/`: an act on one person or many: what is to be done, what it would do, and doing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.acts.choice import MOST, Choice, choice_of, choose
from courses.reports.query.gate import reading_people
from courses.reports.roster.act_form import ActForm
from courses.reports.roster.act_jobs import ask_for_many, mark_of
from courses.reports.roster.selection import Selection
from courses.standing.outcomes.trying import effects
from letters.numbers import is_number
from people.guarding.wording import writes
from people.persons.user import User
from people.postings.posting import Duty
from people.roster.acting import MOST_PEOPLE, ChangedMeanwhile, Plan, carry_out, plan, write
from people.roster.listing import Roster
from people.roster.steps import DAY, Kind
from people.times import today
from people.undoing.rights import undoable_kinds
from people.units.unit import Unit

# people whose rows a preview shows
SHOWN = 300


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
@writes("roster_act", gettext_lazy("Lý do sửa danh sách cán bộ"), "reason", "position")
def act(request, kind):
    """A POST with `nguoi`, or with `tat_ca` for all of a narrowed list, asks for the rest; a whole one shows what it
    would do; with `ghi`, the mark of what was shown, it is done. Many are kept as a choice (`lua_chon`) and written in
    the background.
    """
    if kind not in Kind.values:
        raise Http404
    roster = Roster(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    chosen, choice = _chosen(request, asked)
    people = roster.answered(chosen) if len(chosen) <= MOST else set()
    posting = int(asked["cong_tac"]) if is_number(asked.get("cong_tac", "")) else None
    form = ActForm(kind, roster, request.POST if "reason" in request.POST else None)
    made = plan(request.user, form.order(), people, posting) if people and form.is_valid() else None
    if made and made.steps and request.POST.get("ghi") == mark_of(made):
        if choice:
            return _begun(request, made, choice, form.cleaned_data["reason"])
        return _done(request, made, form.cleaned_data["reason"])
    page = _page(form, made, people, chosen, posting) | {"choice": choice}
    return render(request, "reports/act.html", page, status=_status(form))


def _chosen(request, asked) -> tuple[set[int], Choice | None]:
    """Ids, and where they are more than can be written at once the choice that keeps them."""
    now = timezone.now()
    if is_number(kept := request.POST.get("lua_chon", "")):
        choice = choice_of(request.user, int(kept), now)
        if choice is None:
            raise Http404
        return set(choice.people), choice
    if "tat_ca" not in request.POST:
        return {int(one) for one in asked.getlist("nguoi") if is_number(one)}, None
    selection = Selection(request.user, request.GET)
    people = set(selection.people().order_by().values_list("pk", flat=True)[: MOST + 1])
    if not MOST_PEOPLE < len(people) <= MOST:
        return people, None
    source = f"{reverse('reports:find')}?{selection.query}"
    return people, choose(request.user, people, source, now)


def _begun(request, made: Plan, choice: Choice, reason: str):
    ask_for_many(choice, made, reason)
    said = _(
        "Đang ghi cho %d người trong nền. Trang này cho biết đã đến đâu; xong thì mở để xem từng dòng và hoàn tác."
    )
    messages.success(request, said % len(made.steps))
    return redirect("reports:works")


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
        "most": MOST,
    }
    page |= {"people": people, "too_many": len(chosen) > MOST, "left_out": len(chosen - people)}
    page["names"] = list(User.objects.filter(pk__in=people).by_name()[:20])
    if made is None:
        return page
    # an end is seen on the day after it
    day = max(today(), made.order.on + (DAY if form.kind == Kind.END else DAY * 0))
    steps = [step for one in made.steps.values() for step in one]
    # what is written and taken back to be counted holds the write lock: of many it would hold it for long
    counted = steps and len(people) <= MOST_PEOPLE
    return page | {
        "made": made,
        "mark": mark_of(made),
        "rows": _rows(made),
        "shown": SHOWN,
        "skipped": [(made.people[pk], why) for pk, why in list(made.skipped.items())[:SHOWN]],
        "day": day,
        "is_counted": len(people) <= MOST_PEOPLE,
        "effects": effects(lambda: write(steps, timezone.now()), made.steps.keys(), form.roster.seen, day)
        if counted
        else [],
    }


def _rows(made: Plan) -> list[dict]:
    """By name, what is believed now and what will be; of the first of them."""
    shown = dict(list(made.steps.items())[:SHOWN])
    held = [one for steps in shown.values() for step in steps for one in (step.old, step.new) if one]
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
        for pk, steps in shown.items()
    ]

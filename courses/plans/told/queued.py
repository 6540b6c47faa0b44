"""Plans in the queue: what waits to be handed over, to be answered, and tasks that are late."""

from datetime import date

from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.plans.made import whose
from courses.plans.made.following import changes_for
from courses.plans.made.offers import is_offered, published
from courses.plans.made.plan import Plan, PlanState, PlanVersion
from courses.plans.made.result import Result
from courses.plans.made.task import Task
from people.rights import scope
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits
from people.times import covering
from people.units.successions import Reach
from people.units.unit import Unit


@waits(70)
def plans(desk: Desk) -> list[Waiting]:
    """Of whoever writes or approves plans; others are asked nothing."""
    if not desk.reader.holds(whose.WRITING_KINDS):
        return []
    return [*_to_hand_over(desk), _to_answer(desk), _late(desk)]


def _to_hand_over(desk: Desk) -> list[Waiting]:
    """Her own units, not those below: each has a head of its own. Of this year and the next."""
    years = (desk.day.year, desk.day.year + 1)
    templates = published(years)
    if not templates:
        return []
    tops = {template.plan.unit_id for template in templates}
    own = Unit.objects.filter(pk__in=_held(desk, whose.WRITING_KINDS)).exclude(pk__in=tops).by_name()
    newest, answered = _written(own, years)
    waiting = [
        (unit.name, template.plan.year)
        for template in templates
        for unit in own
        if is_offered(template, unit.kind) and (unit.pk, template.plan.year) not in answered
    ]
    address = reverse("plans:home")
    rows = tuple(Row(f"{name}, {year}", f"{address}?nam={year}") for name, year in waiting[:NAMED])
    to_write = Waiting(_("Kế hoạch năm chưa gửi duyệt"), len(waiting), address, rows, _("Lập kế hoạch"), address)
    return [to_write, _to_follow(templates, newest)]


def _written(own, years) -> tuple[list[PlanVersion], set[tuple[int, int]]]:
    """The newest version of each plan that was handed over once, and (unit, year) of those plans; one query."""
    plans = Plan.objects.filter(unit__in=own.order_by(), year__in=years, is_template=False)
    rows = PlanVersion.objects.filter(plan__in=plans).select_related("plan__unit", "follows").order_by("number")
    # a draft has a number above one only where an earlier version was approved
    newest = {row.plan_id: row for row in rows if row.state != PlanState.DRAFT or row.number > 1}
    return list(newest.values()), {(row.plan.unit_id, row.plan.year) for row in newest.values()}


def _to_follow(templates: list[PlanVersion], newest: list[PlanVersion]) -> Waiting:
    """Plans that do not follow what the template changed since; nothing is asked where each follows it."""
    of_year = {template.plan.year: template for template in templates}
    found = []
    for version in newest:
        template, plan = of_year.get(version.plan.year), version.plan
        if template and is_offered(template, plan.unit.kind) and changes_for(version, template, plan.unit.kind):
            found.append(plan)
    address = reverse("plans:home")
    rows = tuple(Row(f"{one.unit.name}, {one.year}", reverse("plans:plan", args=[one.pk])) for one in found[:NAMED])
    return Waiting(_("Mẫu của tỉnh đã sửa, kế hoạch chưa theo"), len(found), address, rows, _("Xem mẫu sửa"), address)


def _held(desk: Desk, kinds) -> set[int]:
    """The units on which her roles of these kinds rest, from what the page asked already."""
    ends = {unit: end for kind, unit, end in desk.reader.roles if kind in kinds}
    return scope.resting(ends, desk.day)


def _to_answer(desk: Desk) -> Waiting:
    held = _held(desk, whose.APPROVING_KINDS), _held(desk, whose.TEMPLATE_KINDS)
    rows = list(whose.waiting_for(desk.user, *held).values_list("plan", "plan__unit__name", "plan__year"))
    address = reverse("plans:home") + "?loc=cho"
    named = tuple(Row(f"{name}, {year}", reverse("plans:plan", args=[plan])) for plan, name, year in rows[:NAMED])
    return Waiting(_("Kế hoạch năm chờ anh chị duyệt"), len(rows), address, named, _("Xem và duyệt"), address)


def _late(desk: Desk) -> Waiting:
    """Tasks that are past their day, of the plans of her own units and of what they took over."""
    at = Reach.objects.filter(covering(desk.day), ancestor__in=_held(desk, whose.WRITING_KINDS), depth=0)
    rows = late_tasks(desk.day, Q(unit__in=at.values("unit")))
    found = list(rows.values_list("version__plan", "key", "title", "last_day"))
    named = tuple(
        Row(f"{title} ({last:%d/%m})", reverse("plans:task", args=[plan, key]))
        for plan, key, title, last in found[:NAMED]
    )
    address = reverse("plans:home")
    return Waiting(_("Việc trong kế hoạch đã quá hạn"), len(found), address, named, _("Ghi kết quả"), address)


def late_tasks(day: date, plans: Q):
    """Tasks in force that are late on `day`, of plans of this year and the one before; the longest late first."""
    recent = Plan.objects.filter(plans, is_template=False, year__in=(day.year, day.year - 1))
    approved = PlanVersion.objects.filter(plan__in=recent.values("pk"), state=PlanState.APPROVED)
    newest = approved.values("plan").annotate(newest=Max("number"))
    in_force = PlanVersion.objects.filter(
        state=PlanState.APPROVED,
        plan__in=recent.values("pk"),
        number__in=newest.filter(plan=OuterRef("plan")).values("newest"),
    )
    done = Result.objects.current().filter(plan=OuterRef("version__plan"), task_key=OuterRef("key"), done_on__lte=day)
    tasks = Task.objects.filter(~Exists(done), version__in=in_force.values("pk"), left_out=False, last_day__lt=day)
    return tasks.order_by(F("last_day"), "pk")

"""Who may open what under `/ke-hoach/`. What is not of one's reach is not found."""

from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courses.plans.made import whose
from courses.plans.made.plan import Plan, PlanVersion
from courses.plans.made.task import Task
from people.rights.roles import role_kinds
from people.signing_in.resuming import signed_in_or_kept

# a database's largest whole number: a longer one in an address names nothing
LARGEST = 2**63 - 1


def own_page(view):
    return never_cache(signed_in_or_kept(view))


def holds(user, kinds) -> bool:
    return user.is_superuser or bool(role_kinds(user) & kinds)


def seeing_figures(view):
    """Whoever sees figures of units."""
    return _holding(view, whose.FIGURES_KINDS, _("Kế hoạch năm là việc của người phụ trách, thủ trưởng và quản lý."))


def writing(view):
    return _holding(view, whose.WRITING_KINDS, _("Lập kế hoạch là việc của thủ trưởng đơn vị và quản lý cấp tỉnh."))


def templating(view):
    """For managers of the whole province."""

    @wraps(view)
    def gated(request, *args, **kwargs):
        if not whose.template_units(request.user):
            raise PermissionDenied(_("Mẫu kế hoạch của tỉnh do quản lý cấp tỉnh lập và ban hành."))
        return view(request, *args, **kwargs)

    return own_page(gated)


def _holding(view, kinds, otherwise: str):
    @wraps(view)
    def gated(request, *args, **kwargs):
        if not holds(request.user, kinds):
            raise PermissionDenied(otherwise)
        return view(request, *args, **kwargs)

    return own_page(gated)


def plan_or_404(user, pk: int) -> Plan:
    """One that she may open, with `writes`."""
    pk = min(pk, LARGEST)
    found = whose.read_by(user).filter(pk=pk).select_related("unit").first()
    if found is None:
        raise Http404
    found.writes = whose.written_by(user).filter(pk=pk).exists()  # type: ignore[attr-defined]
    return found


def written_or_refused(user, pk: int) -> Plan:
    plan = plan_or_404(user, pk)
    if not plan.writes:  # type: ignore[attr-defined]
        raise PermissionDenied(_("Sửa kế hoạch và ghi kết quả là việc của thủ trưởng đơn vị ấy."))
    return plan


def reading(view):
    """`pk` becomes the plan."""

    @wraps(view)
    def gated(request, pk: int, *args, **kwargs):
        return view(request, plan_or_404(request.user, pk), *args, **kwargs)

    return own_page(gated)


def changing(view):
    """`pk` becomes the plan; who may only read it is told whose work it is."""

    @wraps(view)
    def gated(request, pk: int, *args, **kwargs):
        return view(request, written_or_refused(request.user, pk), *args, **kwargs)

    return own_page(gated)


def shown_version(plan: Plan) -> PlanVersion:
    """The newest for who writes it, else the newest that was handed over or approved; what is being written is hers."""
    newest = plan.versions.select_related("written_by", "submitted_by", "decided_by").order_by("-number")
    if not plan.writes:  # type: ignore[attr-defined]
        newest = newest.exclude(state="draft")
    found = newest.first()
    if found is None:
        raise Http404
    found.plan = plan
    return found


def task_or_404(version: PlanVersion, key: UUID) -> Task:
    found = version.tasks.select_related("duty").prefetch_related("lines").filter(key=key).first()
    if found is None:
        raise Http404
    return found


def trail(plan: Plan | None = None) -> list[tuple[str, str]]:
    steps = [(_("Tiến độ"), reverse("reports:home")), (_("Kế hoạch năm"), reverse("plans:home"))]
    if plan is not None:
        steps.append((named(plan), reverse("plans:plan", args=[plan.pk])))
    return steps


def named(plan: Plan) -> str:
    if plan.is_template:
        return _("Mẫu kế hoạch năm %d") % plan.year
    return _("%(unit)s, %(year)d") % {"unit": plan.unit.name, "year": plan.year}

"""Who may open what under `/lop-tap-huan/`. What is not one's own is not found."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courses.classes.planned import whose
from courses.classes.planned.participant import Participant
from courses.classes.planned.training_class import TrainingClass
from people.rights.roles import role_kinds
from people.signing_in.resuming import signed_in_or_kept

# a database's largest whole number: a longer one in an address names nothing
LARGEST = 2**63 - 1


def own_page(view):
    """For whoever is signed in; names are not kept on a shared computer."""
    return never_cache(signed_in_or_kept(view))


def may_lead(user) -> bool:
    return user.is_superuser or bool(role_kinds(user) & whose.LEADING_KINDS)


def may_open(user) -> bool:
    return user.is_superuser or bool(role_kinds(user) & whose.OPENING_KINDS)


def planning(view):
    @wraps(view)
    def gated(request, *args, **kwargs):
        if not may_lead(request.user):
            raise PermissionDenied(_("Mở lớp là việc của người phụ trách tập huấn và người quản lý."))
        return view(request, *args, **kwargs)

    return own_page(gated)


def class_or_404(user, pk: int) -> TrainingClass:
    """A class that the user may open, with `leads`."""
    found = whose.opened_to(user).filter(pk=min(pk, LARGEST)).select_related("unit", "planned_by").first()
    if found is None:
        raise Http404
    found.leads = whose.led_by(user).filter(pk=found.pk).exists()  # type: ignore[attr-defined]
    return found


def led_or_refused(user, pk: int) -> TrainingClass:
    row = class_or_404(user, pk)
    if not row.leads:  # type: ignore[attr-defined]
        raise PermissionDenied(_("Đổi lớp, mời người và điểm danh là việc của người phụ trách tập huấn."))
    return row


def leading(view):
    """A page of who leads the class; `pk` becomes the class. Who may only open it is told whose work it is."""

    @wraps(view)
    def gated(request, pk: int, *args, **kwargs):
        return view(request, led_or_refused(request.user, pk), *args, **kwargs)

    return own_page(gated)


def own_participation_or_404(user, pk: int) -> Participant:
    rows = Participant.objects.filter(person=user.pk, pk=min(pk, LARGEST))
    found = rows.exclude(state="off").select_related("training_class__unit").first()
    if found is None:
        raise Http404
    return found


def trail(training_class: TrainingClass | None = None) -> list[tuple[str, str]]:
    steps = [(_("Lớp tập huấn"), reverse("classes:home"))]
    if training_class is not None:
        steps.append((training_class.title, reverse("classes:class", args=[training_class.pk])))
    return steps

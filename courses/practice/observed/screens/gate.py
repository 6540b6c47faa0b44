"""Who may open what under `/buoi-tap/`. What is not one's own is not found."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courses.practice.observed.agreeing import performances
from courses.practice.observed.session import LEADING_KINDS, Performance, PracticeSession
from people.rights.roles import role_kinds
from people.signing_in.resuming import signed_in_or_kept

# a database's largest whole number: a longer one in an address names nothing
LARGEST = 2**63 - 1


def own_page(view):
    """For whoever is signed in; names and forms are not kept on a shared computer."""
    return never_cache(signed_in_or_kept(view))


def may_plan(user) -> bool:
    return user.is_superuser or bool(role_kinds(user) & LEADING_KINDS)


def planning(view):
    def gated(request, *args, **kwargs):
        if not may_plan(request.user):
            raise PermissionDenied(_("Lên buổi tập là việc của người phụ trách tập huấn và người quản lý."))
        return view(request, *args, **kwargs)

    return own_page(gated)


def refused(sentence: str):
    """A forbidden act on what one may see."""
    raise PermissionDenied(sentence)


def session_or_404(user, pk: int) -> PracticeSession:
    """A session that the user leads or observes."""
    rows = PracticeSession.objects.opened_to(user).filter(pk=min(pk, LARGEST))
    session = rows.select_related("version__rubric", "unit", "leader", "second").first()
    if session is None:
        raise Http404
    return session


def leads(user, session: PracticeSession) -> bool:
    return PracticeSession.objects.led_by(user).filter(pk=session.pk).exists()


def performance_or_404(pk: int, **whose) -> Performance:
    performance = performances().filter(pk=min(pk, LARGEST), **whose).first()
    if performance is None:
        raise Http404
    return performance

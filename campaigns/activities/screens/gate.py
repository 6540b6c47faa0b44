"""Who may open what under `/hoat-dong/`. What is not of one's reach is not found."""

from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from campaigns.activities.made import whose
from campaigns.activities.made.activity import Activity
from people.rights.roles import role_kinds
from people.signing_in.resuming import signed_in_or_kept
from people.units.unit import Unit

# a database's largest whole number: a longer one in an address names nothing
LARGEST = 2**63 - 1


def own_page(view):
    return never_cache(signed_in_or_kept(view))


def holds(user, kinds) -> bool:
    return user.is_superuser or bool(role_kinds(user) & kinds)


def _holding(view, kinds, otherwise):
    @wraps(view)
    def gated(request, *args, **kwargs):
        if not holds(request.user, kinds):
            raise PermissionDenied(otherwise())
        return view(request, *args, **kwargs)

    return own_page(gated)


def reading(view):
    said = lambda: _("Sổ hoạt động là việc của biên tập viên, giáo viên, thủ trưởng và quản lý.")  # noqa: E731
    return _holding(view, whose.READING_KINDS, said)


def seeing_figures(view):
    said = lambda: _("Số liệu hoạt động là việc của người phụ trách, thủ trưởng và người giám sát.")  # noqa: E731
    return _holding(view, whose.FIGURES_KINDS, said)


def writing(view):
    said = lambda: _("Ghi hoạt động là việc của cán bộ được giao của xã, trường, đồn, đoàn thể.")  # noqa: E731
    return _holding(view, whose.WRITING_KINDS, said)


def naming(view):
    """For managers of the whole province."""

    @wraps(view)
    def gated(request, *args, **kwargs):
        if not whose.names_kinds(request.user):
            raise PermissionDenied(_("Các loại hoạt động do quản lý cấp tỉnh đặt tên."))
        return view(request, *args, **kwargs)

    return own_page(gated)


def assessing(view):
    """For managers of the whole province."""

    @wraps(view)
    def gated(request, *args, **kwargs):
        if not whose.names_kinds(request.user):
            raise PermissionDenied(_("Rà soát địa bàn trọng điểm là việc của quản lý cấp tỉnh."))
        return view(request, *args, **kwargs)

    return own_page(gated)


def wordings_or_404(user, key: UUID) -> list[Activity]:
    """Every wording of the activity that she may read, the newest first; the whole is hers or nothing is."""
    related = ("kind", "unit", "commune", "written_by", "decided_by")
    rows = whose.read_by(user).filter(key=key).select_related(*related).prefetch_related("others")
    found = list(rows.order_by("-recorded_at", "-pk"))
    if not found:
        raise Http404
    return found


def writes(user, key: UUID) -> bool:
    return whose.written_by(user).filter(key=key).exists()


def commune_or_404(user, pk: int) -> Unit:
    """One whose log she keeps."""
    found = whose.kept_communes(user).filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise Http404
    return found


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Sổ hoạt động"), reverse("activities:home")), *more]

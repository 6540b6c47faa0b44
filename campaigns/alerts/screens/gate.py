"""Who may open what under `/canh-bao-nhanh/`."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from campaigns.alerts.alert import Alert
from campaigns.renderings.whose import leads, prints
from people.signing_in.resuming import signed_in_or_kept

# a database's largest whole number: a longer one in an address names nothing
LARGEST = 2**63 - 1


def _own_page(view):
    return never_cache(signed_in_or_kept(view))


def putting_out(view):
    """Editors of communes, who reviews them, who leads the province."""

    @wraps(view)
    def gated(request, *args, **kwargs):
        if not prints(request.user):
            raise PermissionDenied(
                _("Mở, in, phát cảnh báo là việc của biên tập viên, thủ trưởng và quản lý cấp tỉnh.")
            )
        return view(request, *args, **kwargs)

    return _own_page(gated)


def leading(view):
    @wraps(view)
    def gated(request, *args, **kwargs):
        if not leads(request.user):
            raise PermissionDenied(_("Cảnh báo do quản lý cấp tỉnh viết và duyệt."))
        return view(request, *args, **kwargs)

    return _own_page(gated)


def alert_or_404(pk: int) -> Alert:
    rows = Alert.objects.select_related("message__locale", "replaced_by__message", "ended_by")
    found = rows.filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise Http404
    return found


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Cảnh báo"), reverse("alerts:home")), *more]

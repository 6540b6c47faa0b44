"""Who gets in, and what the pages of a reform share."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from people.reforms.rights import may_reform
from people.signing_in.resuming import signed_in_or_kept


def reforming(view):
    """Allows those who manage or administer the province."""

    @never_cache
    @signed_in_or_kept
    @wraps(view)
    def gate(request, *args, **kwargs):
        if not may_reform(request.user):
            raise PermissionDenied(_("Trang này dành cho người quản lý và quản trị viên cấp tỉnh."))
        return view(request, *args, **kwargs)

    return gate


def trail_to(reform=None) -> list[tuple[str, str]]:
    found = [(_("Tiến độ"), reverse("reports:home")), (_("Sắp xếp đơn vị"), reverse("reforms"))]
    return [*found, (str(reform), reverse("reform", args=[reform.pk]))] if reform else found

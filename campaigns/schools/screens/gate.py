"""Who may open what under /truong-hoc/nhat-ky/ and /truong-hoc/bao-phu/. What is not of one's reach is not found."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from campaigns.schools.log import whose
from people.rights.roles import role_kinds
from people.signing_in.resuming import signed_in_or_kept

# a database's largest whole number: a longer one in an address names nothing
LARGEST = 2**63 - 1


def _holding(view, kinds, otherwise):
    @wraps(view)
    def gated(request, *args, **kwargs):
        if not (request.user.is_superuser or role_kinds(request.user) & kinds):
            raise PermissionDenied(otherwise())
        return view(request, *args, **kwargs)

    return never_cache(signed_in_or_kept(gated))


def writing(view):
    said = lambda: _("Nhật ký bài dạy là việc của giáo viên và người quản lý trường.")  # noqa: E731
    return _holding(view, whose.WRITING_KINDS, said)


def managing(view):
    said = lambda: _("Trang này dành cho người quản lý trường.")  # noqa: E731
    return _holding(view, whose.MANAGING_KINDS, said)


def seeing(view):
    said = lambda: _("Số liệu bài dạy là việc của người quản lý trường, người phụ trách và người giám sát.")  # noqa: E731
    return _holding(view, whose.SEEING_KINDS, said)


def school_address() -> str:
    return reverse("school_log:school")


def trail() -> list[tuple[str, str]]:
    return [(_("Bài tôi dạy"), reverse("school_log:home"))]

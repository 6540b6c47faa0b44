"""Decorators that check who may open the pages under `/bao-cao/`.

Without a suitable role the answer is 403 and says whom to ask; a unit or person out of reach is 404, as if it did not
exist.
"""

from collections.abc import Callable
from functools import wraps

from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from courses.reports.query.no_answer import NoAnswer
from people.postings.coverage import CoverageError
from people.rights import scope
from people.rights.reader import Reader
from people.rights.roles import FIGURE_KINDS, PEOPLE_KINDS, RoleKind
from people.signing_in.resuming import signed_in_or_kept


def reading_figures(view: Callable) -> Callable:
    return _reading(
        view,
        lambda reader: reader.holds(FIGURE_KINDS),
        gettext_lazy(
            "Trang tiến độ dành cho người phụ trách tập huấn, thủ trưởng đơn vị, người giám sát và người quản lý."
        ),
    )


def reading_people(view: Callable) -> Callable:
    return _reading(
        view,
        lambda reader: reader.holds(PEOPLE_KINDS),
        gettext_lazy("Tên và hồ sơ cán bộ dành cho người phụ trách tập huấn, thủ trưởng đơn vị và người quản lý."),
    )


def uploading(view: Callable) -> Callable:
    return _reading(
        view,
        lambda reader: reader.holds(scope.TRAINING_KINDS) and reader.may_upload,
        gettext_lazy("Nhập danh sách dành cho người phụ trách tập huấn và người quản lý cấp tỉnh."),
    )


def training(view: Callable) -> Callable:
    return _reading(
        view,
        lambda reader: reader.holds(scope.TRAINING_KINDS),
        gettext_lazy("Trang này dành cho người phụ trách tập huấn và người quản lý, để bàn lại trong lớp."),
    )


def _reading(view: Callable, allowed: Callable[[Reader], bool], reason: str | Promise) -> Callable:
    """Sets `request.reader` for the view; turns NoAnswer and CoverageError into a page that explains them."""

    # names and figures are not cached on a shared computer
    @never_cache
    @signed_in_or_kept
    @wraps(view)
    def gated(request, *args, **kwargs):
        request.reader = Reader(request.user)
        if not allowed(request.reader):
            return forbidden(request, reason)
        try:
            return view(request, *args, **kwargs)
        except NoAnswer as none:
            page = {"heading": none.heading, "reason": none.reason, "ways": none.ways}
        except CoverageError as error:
            page = {
                "heading": _("Chưa có số liệu"),
                "reason": str(error),
                "ways": [(_("Về tiến độ hôm nay"), "/bao-cao/")],
            }
        return render(request, "reports/nothing.html", page)

    return gated


def forbidden(request, reason: str | Promise):
    kinds = {kind for kind, *_unit in request.reader.roles} - {RoleKind.LEARNER}
    roles = [str(kind.label) for kind in RoleKind if kind in kinds]
    context = {"reason": reason, "roles": roles, "sees_figures": request.reader.holds(FIGURE_KINDS)}
    return render(request, "reports/forbidden.html", context, status=403)

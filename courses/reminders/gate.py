"""Who sets the plan: the province's manager and administrator. Whoever may see people sees what goes out to hers."""

from collections.abc import Callable
from functools import wraps

from django.utils.translation import gettext as _

from courses.reports.query.gate import forbidden, reading_people
from people.rights.roles import RoleKind
from people.rights.scope import kinds_at_the_top, reaches_everything

SETTERS = {RoleKind.PROVINCE_MANAGER, RoleKind.ADMINISTRATOR}


def sets_the_plan(user) -> bool:
    return reaches_everything(user) or (user.is_active and bool(kinds_at_the_top(user) & SETTERS))


def setting_the_plan(view: Callable) -> Callable:
    @reading_people
    @wraps(view)
    def gated(request, *args, **kwargs):
        if not sets_the_plan(request.user):
            return forbidden(request, _("Kế hoạch nhắc và ngày nghỉ do quản lý và quản trị viên cấp tỉnh đặt."))
        return view(request, *args, **kwargs)

    return gated

"""`/tai-khoan/chu-van-giu/`: why people of one's unit kept a wording of which a form had warned them."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.guarding.insistence import may_read, read_by
from people.log.audit import Act, record
from people.signing_in.resuming import signed_in_or_kept

PAGE = 50


@require_safe
@never_cache
@signed_in_or_kept
def insistences(request):
    if not may_read(request.user):
        raise PermissionDenied(_("Trang này dành cho thủ trưởng đơn vị và người quản lý."))
    page = Paginator(read_by(request.user), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    record(Act.SAW_INSISTENCES, request.user, count=len(rows))
    return render(request, "account/insistences.html", {"page": page, "rows": rows})

"""`/cms/tai-lieu-can-xem/`: the documents of one's own collections that are not what their name says, are infected, or
wait for the scanner. And who gets a document that is withheld: nobody.
"""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.documents.permissions import permission_policy

from media.documents import WITHHELD, DocumentFile, Scan

ROWS = 50
CHANGE = ["change", "delete"]


def doubtful():
    return DocumentFile.objects.filter(~Q(doubt="") | Q(scan__in=WITHHELD))


def may_look(user) -> bool:
    return permission_policy.user_has_any_permission(user, CHANGE)


def of(user):
    """Those that this person may change; the newest first."""
    own = permission_policy.instances_user_has_any_permission_for(user, CHANGE)
    return doubtful().filter(pk__in=own.values("pk")).select_related("collection", "uploaded_by_user").order_by("-pk")


def why_withheld(document: DocumentFile) -> str:
    """What its editors are told."""
    if document.consent_ended:
        return _("Người trong tệp không còn đồng ý nên không ai tải được.")
    if document.scan == Scan.INFECTED:
        return _("Tệp này có virus nên không ai tải được. Quét virus máy của anh chị, rồi thay bằng bản sạch.")
    if document.scan == Scan.WAITING:
        return _("Tệp đang được quét virus; trong lúc đó chưa ai tải được. Thường mất dưới một phút.")
    return ""


@require_safe
@require_admin_access
def listed(request) -> HttpResponse:
    if not may_look(request.user):
        return permission_denied(request)
    shown = Paginator(of(request.user), ROWS).get_page(request.GET.get("p"))
    for document in shown:
        document.said = why_withheld(document) or document.doubt
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Trang chủ")},
        {"url": "", "label": _("Tài liệu cần xem")},
    ]
    return render(request, "wagtailadmin/media/doubtful.html", {"documents": shown, "breadcrumbs_items": trail})


def withhold(document: DocumentFile, request) -> HttpResponse | None:
    """Asked before a document is handed out. Its editors read why."""
    if not document.is_withheld:
        return None
    if not permission_policy.user_has_any_permission_for_instance(request.user, CHANGE, document):
        raise Http404
    return HttpResponse(why_withheld(document), status=404, content_type="text/plain; charset=utf-8")


urlpatterns = [path("tai-lieu-can-xem/", listed, name="doubtful_documents")]

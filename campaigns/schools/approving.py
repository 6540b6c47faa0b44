"""Approving a lesson as it is read: by the province's manager, on a day; published changes end it by themselves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.signals import page_published

from campaigns.schools.approvals import approve, end_approval
from campaigns.schools.lesson import SchoolLessonPage, digest_of, follow_publication
from people.rights.roles import RoleKind
from people.rights.scope import kinds_at_the_top, reaches_everything
from people.signing_in.resuming import signed_in_or_kept


def approves_lessons(user) -> bool:
    """Who answers for the whole province; who runs the machine does not."""
    return RoleKind.PROVINCE_MANAGER in kinds_at_the_top(user) and not reaches_everything(user)


def connect() -> None:
    page_published.connect(_published, sender=SchoolLessonPage, dispatch_uid="campaigns.schools.approving")


def _published(sender, instance: SchoolLessonPage, **kwargs) -> None:
    follow_publication(instance, timezone.now())


@never_cache
@require_POST
@signed_in_or_kept
def decide(request, slug: str):
    """Approves the lesson as it was on the screen, or ends the approval."""
    if not approves_lessons(request.user):
        raise PermissionDenied(_("Duyệt bài học là việc của quản lý cấp tỉnh."))
    page = SchoolLessonPage.objects.live().filter(locale__language_code="vi", slug=slug).first()
    if page is None:
        raise Http404
    if request.POST.get("act") == "end":
        end_approval(page.translation_key, request.user, timezone.now())
        messages.success(request, _("Đã thôi duyệt. Bài lại mang dòng “chưa duyệt” và bản in lại mang chữ bản nháp."))
    elif request.POST.get("digest") != digest_of(page):
        messages.error(request, _("Bài vừa được sửa sau khi anh chị mở. Đọc lại rồi duyệt."))
    else:
        approve(page.translation_key, digest_of(page), request.user, timezone.now())
        messages.success(request, _("Đã duyệt bài này. Sửa và đăng lại thì phải duyệt lại."))
    return redirect(page.url)

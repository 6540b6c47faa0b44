"""Notes of teachers for who writes the lessons; each is ticked off once it was read."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from campaigns.schools.log.improving import answer, lessons_of_author, notes_for
from people.signing_in.resuming import signed_in_or_kept

ON_A_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in_or_kept
def notes(request) -> HttpResponse:
    pages = {page.translation_key: page for page in lessons_of_author(request.user)}
    if not pages:
        raise PermissionDenied(_("Góp ý của thầy cô dành cho người soạn bài học ở trường."))
    if request.method == "POST":
        _answered(request)
        return redirect("school_log:notes")
    page = Paginator(notes_for(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"rows": [(row, pages[row.pack]) for row in page], "page": page}
    return render(request, "schools/notes.html", context)


def _answered(request) -> None:
    try:
        number = UUID(request.POST.get("number", ""))
    except ValueError:
        return
    if answer(request.user, number, timezone.now()):
        messages.success(request, _("Đã đánh dấu đã đọc. Thầy cô thấy góp ý đã được đọc."))

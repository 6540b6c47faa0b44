"""The first page of who manages a school: what waits for her, and in the queue lessons that are new or were changed."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import PageLogEntry

from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage
from campaigns.schools.log.improving import notes_for, open_notes
from pages.serving.only_pages import address_of
from people.rights.reader import Reader
from people.rights.roles import RoleKind
from people.roster.waiting import NAMED, Desk, Row, Waiting, tally, waiting_for, waits
from people.signing_in.resuming import signed_in_or_kept
from people.times import today

RECENT = timedelta(days=30)


def manages_a_school(reader: Reader) -> bool:
    return any(kind == RoleKind.SCHOOL_MANAGER for kind, *_unit in reader.own_roles)


@waits(56)
def changed_lessons(desk: Desk) -> list[Waiting]:
    """Two queries, none for who manages no school."""
    if not manages_a_school(desk.reader):
        return []
    lessons = SchoolLessonPage.objects.live().public().filter(locale__language_code="vi", school_copy=None)
    changed = lessons.filter(last_published_at__gt=timezone.now() - RECENT).order_by("-last_published_at", "pk")
    rows = list(changed.values_list("title", "slug"))
    named = tuple(Row(title, reverse("school_pack", args=[slug])) for title, slug in rows[:NAMED])
    title = _("Bài học ở trường mới hoặc vừa sửa trong 30 ngày: in lại trước khi dạy")
    back = _taken_back()
    said = _("Bài vừa thu hồi trong 30 ngày: bỏ bản đã in, đã giữ trên máy")
    gone = Waiting(said, len(back), reverse("school_desk"), tuple(Row(one) for one in back[:NAMED]))
    return [Waiting(title, len(rows), reverse("school_desk"), named), gone]


@waits(57, open_notes)
def notes_of_teachers(desk: Desk) -> list[Waiting]:
    """What teachers would have improved of the lessons that she writes; none for who may change no page."""
    if not desk.user.has_perm("wagtailadmin.access_admin"):
        return []
    said = _("Góp ý của thầy cô cho bài học ở trường, chờ người soạn đọc")
    return [Waiting(said, tally(notes_for(desk.user)), reverse("school_log:notes"))]


def _taken_back() -> list[str]:
    """Titles of lessons that were withdrawn of late and are not live again; one query."""
    logged = PageLogEntry.objects.filter(action="wagtail.unpublish", timestamp__gt=timezone.now() - RECENT)
    lessons = SchoolLessonPage.objects.filter(
        locale__language_code="vi", school_copy=None, live=False, pk__in=logged.values("page")
    )
    return list(lessons.order_by("title").values_list("title", flat=True))


@require_safe
@never_cache
@signed_in_or_kept
def desk(request):
    reader = Reader(request.user)
    if not manages_a_school(reader):
        raise PermissionDenied(_("Trang này dành cho người quản lý trường."))
    context = {"queue": waiting_for(Desk(reader, today())), "lessons": address_of(SchoolsPage)(request)}
    return render(request, "campaigns/school_desk.html", context)

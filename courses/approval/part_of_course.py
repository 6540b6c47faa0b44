"""What the pages of a course have in common under /cms/: they are submitted and approved with it, not singly."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from courses.approval.approval import paths_approved
from courses.approval.submission import paths_under_review
from pages.base import BasePermissionTester
from pages.cms.refusals import Act
from pages.identity.slugs import NeutralCopyForm

# whether what goes live now belongs to a course that goes live whole
_whole: ContextVar[bool] = ContextVar("whole_course", default=False)


@contextmanager
def going_live_whole() -> Iterator[None]:
    """Within it parts of a course go live for somebody, since all of it was approved or is brought."""
    token = _whole.set(True)
    try:
        yield
    finally:
        _whole.reset(token)


def is_going_live_whole() -> bool:
    return _whole.get()


def _below(path: str, courses: tuple[str, ...]) -> bool:
    return any(path.startswith(course) for course in courses)


class PartTester(BasePermissionTester):
    """Of a course that is approved nothing goes live by itself, whoever asks, a superuser too. What is live comes down
    at once and changes its place by who may publish; while the course waits to be approved, that too by nobody.
    """

    def _known(self, name: str, read) -> tuple[str, ...]:
        # asked for each row of a list; kept on the user, who is read anew with each request
        known = self.user.__dict__.setdefault("_paths_of_courses", {})
        if name not in known:
            known[name] = read()
        return known[name]

    def is_under_review(self) -> bool:
        return _below(self.page.path, self._known("under_review", paths_under_review))

    def goes_live_with_its_course(self) -> bool:
        return self.is_under_review() or _below(self.page.path, self._known("approved", paths_approved))

    def can_publish(self):
        return super().can_publish() and not self.goes_live_with_its_course()

    def can_publish_subpage(self):
        return super().can_publish_subpage() and not self.goes_live_with_its_course()

    def can_unschedule(self):
        return super().can_publish()

    def can_set_view_restrictions(self):
        return super().can_publish() and not self.is_under_review()

    def can_unpublish(self):
        return super().can_unpublish() and not self.is_under_review()

    def can_reorder_children(self):
        return super().can_reorder_children() and not self.is_under_review()

    def can_move_to(self, destination):
        """What learners see comes from another course only with the course to which it comes."""
        if not super().can_move_to(destination):
            return False
        if destination.path.startswith(self._course_path) or not self._is_shown:
            return True
        return not PartTester(self.user, destination).goes_live_with_its_course()

    def why_not(self, act: Act, destination: Page | None = None) -> str:
        """A sentence where the course, and no right, stands in the way; "" otherwise."""
        if act == Act.MOVE:
            stands_in_the_way = destination and super().can_move_to(destination) and not self.can_move_to(destination)
            return _not_moved(self.page, PartTester(self.user, destination)) if stands_in_the_way else ""
        may = {
            Act.PUBLISH: super().can_publish,
            Act.PUBLISH_BELOW: super().can_publish_subpage,
            Act.UNPUBLISH: super().can_unpublish,
        }
        if not may[act]():
            return ""
        if act == Act.UNPUBLISH:
            return _waits(self.page) if self.is_under_review() else ""
        return _not_published(self, act) if self.goes_live_with_its_course() else ""

    def stays(self, act: Act) -> bool:
        """Whether the course keeps it from going up or coming down, as `why_not` says; no query for each page."""
        if not super().can_publish():
            return False
        return self.is_under_review() if act == Act.UNPUBLISH else self.goes_live_with_its_course()

    @cached_property
    def _course_path(self) -> str:
        """Of a course itself, which may stand in any list of courses, ""."""
        above = Page.objects.ancestor_of(self.page).filter(content_type__model="coursepage")
        return above.values_list("path", flat=True).first() or ""

    @cached_property
    def _is_shown(self) -> bool:
        return Page.objects.descendant_of(self.page, inclusive=True).live().exists()


def _title_of_course(page: Page) -> str:
    above = Page.objects.ancestor_of(page, inclusive=True).filter(content_type__model="coursepage")
    return above.values_list("title", flat=True).first() or ""


def _waits(page: Page) -> str:
    said = _("“%(page)s” thuộc khóa “%(course)s” đang chờ duyệt: trong lúc chờ, không đăng hay gỡ riêng từng phần.")
    return said % {"page": page.title, "course": _title_of_course(page)}


def _not_published(tester: PartTester, act: Act) -> str:
    what = _("Trang mới") if act == Act.PUBLISH_BELOW else f"“{tester.page.title}”"
    state = _("đang chờ duyệt") if tester.is_under_review() else _("đã duyệt")
    said = _(
        "%(what)s chưa đăng: khóa “%(course)s” %(state)s nên từng phần lên cùng cả khóa. "
        "Lưu bản nháp, rồi gửi duyệt cả khóa ở dàn bài."
    )
    return said % {"what": what, "course": _title_of_course(tester.page), "state": state}


def _not_moved(page: Page, place: PartTester) -> str:
    state = _("đang chờ duyệt") if place.is_under_review() else _("đã duyệt")
    said = _(
        "Không chuyển được “%(page)s” vào khóa “%(course)s”: khóa ấy %(state)s nên trang đang đăng không vào riêng. "
        "Gỡ trang xuống, chuyển vào thành bản nháp, rồi gửi duyệt cả khóa ở dàn bài."
    )
    return said % {"page": page.title, "course": _title_of_course(place.page), "state": state}


def forget_what_was_under_review(user) -> None:
    """After the user submitted or decided within this request."""
    user.__dict__.pop("_paths_of_courses", None)


class PartCopyForm(NeutralCopyForm):
    """Says why a copy does not go live by itself in a course that goes live whole."""

    def clean(self):
        wanted = self.cleaned_data
        place = wanted.get("new_parent_page") or self.page.get_parent()
        tester = place.permissions_for_user(self.user)
        alone = isinstance(tester, PartTester) and tester.goes_live_with_its_course()
        if not (alone and wanted.get("publish_copies")):
            return super().clean()
        # Wagtail would name a right that nobody has
        self.cleaned_data["publish_copies"] = False
        data = super().clean()
        self.add_error("publish_copies", self._why(tester.is_under_review()))
        return data

    def _why(self, under_review: bool) -> str:
        if under_review:
            return _("Khóa học đang chờ duyệt nên bản sao không tự đăng: bỏ chọn ô này để sao chép thành bản nháp.")
        return _(
            "Khóa học đã duyệt nên bản sao không tự đăng: bỏ chọn ô này để sao chép thành bản nháp, rồi gửi duyệt cả "
            "khóa ở dàn bài."
        )


class PartOfCourse:
    """Mixed into the page classes of a course, before their base."""

    copy_form_class = PartCopyForm
    # attributes of the page into which it is mixed
    locale: Any
    path: str

    def permissions_for_user(self, user) -> PartTester:
        return PartTester(user, self)

    def publish(self, revision: Revision, user=None, **kwargs):
        """Raises ValidationError where somebody, or an hour that was set before, would publish it by itself past the
        rights, which Wagtail asks for otherwise. Without a user it is a program that fills the database.
        """
        past_rights = user is not None and kwargs.get("skip_permission_checks", False)
        alone = (past_rights or revision.approved_go_live_at is not None) and not is_going_live_whole()
        if alone and _below(self.path, paths_approved() + paths_under_review()):
            raise ValidationError(_("Khóa học đã duyệt thì từng phần lên cùng cả khóa: gửi duyệt ở dàn bài."))
        return super().publish(revision, user=user, **kwargs)  # type: ignore[misc]

    @property
    def is_original(self) -> bool:
        return self.locale.language_code == settings.LANGUAGE_CODE

    @property
    def has_workflow(self) -> bool:
        return not self.is_original and super().has_workflow  # type: ignore[misc]

    def get_workflow(self) -> Any:
        """None in the original language: the review of single pages, which the province's tree hands down, ends at a
        course. Translations are no part of what is approved, and go on to be reviewed singly.
        """
        return None if self.is_original else super().get_workflow()  # type: ignore[misc]

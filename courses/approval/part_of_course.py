"""What the pages of a course have in common under /cms/: they are submitted and approved with it, not singly."""

from typing import Any

from django.conf import settings

from courses.approval.submission import paths_under_review
from pages.base import BasePermissionTester


class PartTester(BasePermissionTester):
    """While the course waits to be approved, nothing of it goes live or comes down by itself, whoever asks."""

    def is_under_review(self) -> bool:
        # asked for each row of a list; kept on the user, who is read anew with each request
        known = self.user.__dict__.setdefault("_paths_under_review", None)
        if known is None:
            known = self.user.__dict__["_paths_under_review"] = paths_under_review()
        return any(self.page.path.startswith(path) for path in known)

    def can_publish(self):
        return super().can_publish() and not self.is_under_review()

    def can_publish_subpage(self):
        return super().can_publish_subpage() and not self.is_under_review()

    def can_unpublish(self):
        return super().can_unpublish() and not self.is_under_review()

    def can_reorder_children(self):
        return super().can_reorder_children() and not self.is_under_review()


def forget_what_was_under_review(user) -> None:
    """After the user submitted or decided within this request."""
    user.__dict__.pop("_paths_under_review", None)


class PartOfCourse:
    """Mixed into the page classes of a course, before their base."""

    def permissions_for_user(self, user) -> PartTester:
        return PartTester(user, self)

    # attribute of the page into which it is mixed
    locale: Any

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

"""On the first page of /cms/: what waits for an approver, and what came back to who submitted it."""

from django.db.models import Exists, OuterRef
from wagtail.admin.ui.components import Component

from courses.approval.submission import Submission, SubmissionState
from courses.approving.deciding import may_approve

SHOWN = 20


class CoursesPanel(Component):
    """Submissions of courses, listed by a template of their own."""

    def __init__(self, name: str, order: int, submissions: list[Submission]):
        self.name, self.order, self.submissions = name, order, submissions
        self.template_name = f"wagtailadmin/courses/{name}_panel.html"

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "submissions": self.submissions}


def panels_for(user) -> list[Component]:
    """At most two, by two queries."""
    found: list[Component] = []
    if may_approve(user) and (waiting := list(_waiting().exclude(by=user)[:SHOWN])):
        found.append(CoursesPanel("submissions", 85, waiting))
    if sent_back := list(_sent_back_to(user)[:SHOWN]):
        found.append(CoursesPanel("sent_back", 86, sent_back))
    return found


def _sent_back_to(user):
    """A course that was submitted again since is not said to have come back."""
    later = Submission.objects.filter(course_key=OuterRef("course_key"), pk__gt=OuterRef("pk"))
    own = Submission.objects.filter(~Exists(later), course__isnull=False, by=user, state=SubmissionState.SENT_BACK)
    return own.select_related("decided_by").order_by("pk")


def _waiting():
    return Submission.objects.filter(state=SubmissionState.WAITING).select_related("by").order_by("at")

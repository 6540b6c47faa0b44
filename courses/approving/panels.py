"""On the first page of /cms/: what waits for an approver, and what came back to who submitted it."""

from django.db.models import Exists, OuterRef, Q
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
    """At most two, by one query."""
    waiting, sent_back = for_her(user)
    found: list[Component] = [CoursesPanel("submissions", 85, waiting)] if waiting else []
    return [*found, CoursesPanel("sent_back", 86, sent_back)] if sent_back else found


def for_her(user) -> tuple[list[Submission], list[Submission]]:
    """What waits for her decision, the earliest first, and what came back to her; at most SHOWN of each."""
    # a course that was submitted again since is not said to have come back
    later = Submission.objects.filter(course_key=OuterRef("course_key"), pk__gt=OuterRef("pk"))
    wanted = Q(~Exists(later), course__isnull=False, by=user, state=SubmissionState.SENT_BACK)
    if may_approve(user):
        wanted |= Q(state=SubmissionState.WAITING) & ~Q(by=user)
    rows = list(Submission.objects.filter(wanted).select_related("by", "decided_by").order_by("at", "pk"))
    waiting = [row for row in rows if row.state == SubmissionState.WAITING]
    return waiting[:SHOWN], [row for row in rows if row.state == SubmissionState.SENT_BACK][:SHOWN]

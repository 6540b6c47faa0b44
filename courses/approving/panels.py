"""On the first page of /cms/: what waits for an approver, and what came back to who submitted it."""

from wagtail.admin.ui.components import Component

from courses.approval.submission import Submission, SubmissionState
from courses.approving.deciding import may_approve

SHOWN = 20


class SubmissionsPanel(Component):
    name = "course_submissions"
    template_name = "wagtailadmin/courses/submissions_panel.html"
    order = 85

    def __init__(self, waiting: list[Submission]):
        self.waiting = waiting

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "waiting": self.waiting}


class SentBackPanel(Component):
    name = "courses_sent_back"
    template_name = "wagtailadmin/courses/sent_back_panel.html"
    order = 86

    def __init__(self, sent_back: list[Submission]):
        self.sent_back = sent_back

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "sent_back": self.sent_back}


def panels_for(user) -> list[Component]:
    """A course that was submitted again since is not said to have come back."""
    found: list[Component] = []
    if may_approve(user) and (waiting := list(_waiting().exclude(by=user)[:SHOWN])):
        found.append(SubmissionsPanel(waiting))
    latest: dict[str, Submission] = {}
    for one in Submission.objects.filter(course__isnull=False).select_related("decided_by").order_by("pk"):
        latest[one.course_key] = one
    own = [one for one in latest.values() if one.by_id == user.pk and one.state == SubmissionState.SENT_BACK]
    if own:
        found.append(SentBackPanel(own[:SHOWN]))
    return found


def _waiting():
    return Submission.objects.filter(state=SubmissionState.WAITING).select_related("by").order_by("at")

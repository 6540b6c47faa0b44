"""In the queue: courses that were submitted and wait for who approves, and those that came back."""

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.approval.submission import Submission, SubmissionState
from courses.approving.deciding import may_review
from courses.approving.panels import panels_for
from people.rights.scope import TRAINING_KINDS
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits

TITLES = {"submissions": lambda: _("Khóa học chờ duyệt"), "sent_back": lambda: _("Khóa học được gửi lại để sửa")}

ACTS = {"submissions": lambda: _("Đọc và duyệt"), "sent_back": lambda: _("Sửa")}


@waits(64, lambda: Submission.objects.filter(state__in=[SubmissionState.WAITING, SubmissionState.SENT_BACK]))
def courses_to_review(desk: Desk) -> list[Waiting]:
    if not (desk.reader.holds(TRAINING_KINDS) or may_review(desk.user)):
        return []
    address = reverse("wagtailadmin_home")
    return [
        Waiting(
            TITLES[panel.name](),
            len(panel.submissions),
            address,
            tuple(Row(one.course_key) for one in panel.submissions[:NAMED]),
            ACTS[panel.name](),
            address,
        )
        for panel in panels_for(desk.user)
    ]

"""What a person submitted and decided about courses: in her data copy, and in her erasure."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.approval.approval import Approval
from courses.approval.review_items import Settlement
from courses.approval.submission import Submission
from courses.content.course import CoursePage
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("duyet-noi-dung", gettext_lazy("Việc duyệt nội dung"), order=90)
def approvals(person: User) -> list[dict]:
    """What the person submitted and decided about courses, and what reviewers had to check."""
    titles = dict(CoursePage.objects.order_by("-locale_id").values_list("key", "title"))
    said: list[tuple] = [
        (titles.get(row.course_key, row.course_key), row.get_decision_display(), row.on, row.reason, row.recorded_at)
        for row in Approval.objects.filter(by=person).order_by("pk")
    ]
    own = Submission.objects.filter(by=person).order_by("pk")
    said += [(row.title, _("Gửi duyệt"), timezone.localdate(row.at), row.word, row.at) for row in own]
    decided = Submission.objects.filter(decided_by=person, decided_at__isnull=False).order_by("pk")
    said += [
        (row.title, row.get_state_display(), timezone.localdate(at), row.reason, at)
        for row in decided
        if (at := row.decided_at)
    ]
    settled = Settlement.objects.filter(entered_by=person).select_related("item").order_by("pk")
    said += [(row.item.where, _("Kết luận: %s") % row.by_name, row.on, row.word, row.recorded_at) for row in settled]
    return [
        {_("Về"): about, _("Việc"): what, _("Ngày"): on, _("Lời ghi"): word, _("Ghi lúc"): at}
        for about, what, on, word, at in said
    ]


def connect() -> None:
    person_erased.connect(_rename, dispatch_uid="courses.approving")


def _rename(sender, person: User, now: datetime, **kwargs) -> None:
    # she is the one who acted: the name that she wrote becomes the code
    Settlement.objects.filter(entered_by=person).update(by_name=person.staff_code)

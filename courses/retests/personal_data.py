"""Re-tests in a person's own data copy; what she answered about herself is erased with her, the results stay."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.retests.retest import FollowUp, Retest
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("hoi-lai", gettext_lazy("Lần hỏi lại sau khi hoàn thành"), order=67)
def retests(person: User) -> list[dict]:
    """With what the person answered about herself, which nobody else is shown."""
    rows = Retest.objects.filter(completion__person=person).select_related("attempt", "completion", "follow_up")
    listed = []
    for row in rows.prefetch_related("results").order_by("attempt__started_at", "pk"):
        # one that was marked again has another result since
        result = next((one for one in row.results.all() if one.superseded_at is None), None)
        own = getattr(row, "follow_up", None)
        listed.append(
            {
                _("Lần hỏi lại"): row.attempt.rules.get("title", ""),
                _("Bắt đầu"): row.attempt.started_at,
                _("Nộp"): row.attempt.submitted_at,
                _("Số câu đúng hoàn toàn"): result.right if result else None,
                _("Đã làm việc định làm thử"): own.get_did_display() if own else "",
                _("Ghi thêm cho mình"): own.words if own else "",
            }
        )
    return listed


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="courses.retests")


def _forget(sender, person: User, now: datetime, **kwargs) -> None:
    FollowUp.objects.filter(retest__completion__person=person).delete()

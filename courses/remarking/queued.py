"""Questions to mark again, in the queue of who leads the training of the whole province."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from courses.attempts.remarks import Remarking
from courses.questions.versions import QuestionVersion
from courses.remarking.marked_by import keys_of
from courses.remarking.preview import waiting
from people.rights.scope import TRAINING_KINDS
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


def _changed() -> QuerySet[QuestionVersion]:
    """Versions of questions that have another one too."""
    same = QuestionVersion.objects.filter(question_key=OuterRef("question_key"))
    return QuestionVersion.objects.filter(Exists(same.exclude(pk=OuterRef("pk"))))


@waits(37, _changed)
def to_mark_again(desk: Desk) -> list[Waiting]:
    """Three queries where every correction was decided on; marks are counted for the others alone."""
    if not any(len(unit.path) == 1 for unit in desk.reader.roots(TRAINING_KINDS)):
        return []
    decided = Remarking.objects.select_related("by_version").order_by("at", "pk")
    latest = {row.question_key: row.by_version.key for row in decided}
    open_ = [one for one in keys_of() if latest.get(one.question_key) != one.in_force.key]
    found = [one for one in waiting(open_) if one.attempts]
    rows = tuple(
        Row(Truncator(one.words).chars(70), reverse("remarking:question", args=[one.keys.question_key]))
        for one in found[:NAMED]
    )
    address = reverse("remarking:questions")
    return [Waiting(_("Câu hỏi có đáp án đã sửa, chờ chấm lại"), len(found), address, rows, _("Xem trước"), address)]

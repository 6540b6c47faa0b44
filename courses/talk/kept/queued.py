"""Kept answers in the queue: whose wording waits for one, and what came back to one."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from courses.talk.inquiries.whose import ANSWERING_KINDS
from courses.talk.kept.keeping import may_decide
from courses.talk.kept.kept_answer import KeptAnswer, KeptState
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


def _open() -> QuerySet[KeptAnswer]:
    return KeptAnswer.objects.filter(state__in=[KeptState.PROPOSED, KeptState.REFUSED])


@waits(36, _open)
def kept_answers(desk: Desk) -> list[Waiting]:
    if not desk.reader.holds(ANSWERING_KINDS):
        return []
    listed = list(_open().values_list("pk", "state", "proposed_by", "question", "inquiry"))
    hers = [row for row in listed if row[2] == desk.user.pk and row[1] == KeptState.REFUSED and row[4]]
    others = [row for row in listed if row[2] != desk.user.pk and row[1] == KeptState.PROPOSED]
    if not may_decide(desk.user):
        others = []
    address = reverse("talk:kept")
    return [
        Waiting(_("Câu trả lời chờ duyệt để ghi vào bài"), len(others), address, _named(others), _("Xem"), address),
        Waiting(_("Lời ghi vào bài được gửi lại"), len(hers), address, _named(hers, back=True), _("Xem"), address),
    ]


def _named(rows: list, back: bool = False) -> tuple[Row, ...]:
    return tuple(
        Row(Truncator(question).chars(70), reverse("talk:keep", args=[inquiry]) if back else reverse("talk:kept"))
        for _pk, _state, _by, question, inquiry in rows[:NAMED]
    )

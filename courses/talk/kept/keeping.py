"""Proposing an answer for the end of its lesson, deciding on its wording, and taking it off."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses.talk.inquiries.asking import held as held_inquiry
from courses.talk.inquiries.inquiry import Inquiry, SaidKind
from courses.talk.kept.kept_answer import KeptAnswer, KeptState
from courses.talk.refusing import Refused
from letters.folding import searched
from pages.serving.version import raise_version
from people.persons.merges import one_person
from people.persons.user import User
from people.rights.roles import RoleKind
from people.rights.scope import kinds_at_the_top, reaches_everything

# who answers for what all learners of the province read: those who review its courses
DECIDING_KINDS = frozenset({RoleKind.TRAINER, RoleKind.PROVINCE_MANAGER})


@dataclass(frozen=True)
class Wording:
    language: str
    question: str
    answer: str


def may_decide(user) -> bool:
    return reaches_everything(user) or bool(kinds_at_the_top(user) & DECIDING_KINDS)


def visible_to(user) -> QuerySet[KeptAnswer]:
    """All of them for who decides, else what she proposed herself."""
    rows = KeptAnswer.objects.all()
    return rows if may_decide(user) else rows.filter(proposed_by__in=one_person(user))


def decided_by(user) -> QuerySet[KeptAnswer]:
    """Those whose wording waits for the user: another proposed it."""
    if not may_decide(user):
        return KeptAnswer.objects.none()
    return KeptAnswer.objects.filter(state=KeptState.PROPOSED).exclude(proposed_by__in=one_person(user))


def kept_of(inquiry: Inquiry) -> KeptAnswer | None:
    """The one that was proposed of it and not withdrawn."""
    return KeptAnswer.objects.filter(inquiry=inquiry).exclude(state=KeptState.WITHDRAWN).first()


@transaction.atomic
def propose(by: User, inquiry: Inquiry, wording: Wording, now: datetime) -> KeptAnswer:
    """`inquiry` is one that `by` may answer. What she proposed before is worded anew. Raises Refused."""
    inquiry = held_inquiry(inquiry)
    if not inquiry.said.filter(kind=SaidKind.ANSWER).exists():
        raise Refused(_("Câu hỏi này chưa có trả lời, nên chưa ghi lại được."))
    if names_somebody(inquiry, wording):
        raise Refused(_("Lời ghi lại có tên người hỏi. Viết lại sao cho không nêu ai."))
    there = kept_of(inquiry)
    fields = {"language": wording.language, "question": wording.question, "answer": wording.answer}
    if there is None:
        of = {"inquiry": inquiry, "course_key": inquiry.course_key, "lesson_key": inquiry.lesson_key}
        return KeptAnswer.objects.create(proposed_by=by, proposed_at=now, changed_at=now, **of, **fields)
    if there.proposed_by_id != by.pk:
        raise Refused(_("Người khác đã đề nghị ghi lại câu trả lời này."))
    if there.state == KeptState.SHOWN:
        raise Refused(_("Câu trả lời này đang ở cuối bài. Muốn đổi lời thì rút trước."))
    again = {"state": KeptState.PROPOSED, "decided_by": None, "word": "", "proposed_at": now, "changed_at": now}
    KeptAnswer.objects.filter(pk=there.pk).update(**again, **fields)
    return there


def names_somebody(inquiry: Inquiry, wording: Wording) -> bool:
    """Whether the words name who asked, whichever way the marks are written."""
    name = searched(inquiry.asked_by.full_name)
    return bool(name) and f" {name} " in f" {searched(f'{wording.question} {wording.answer}')} "


@transaction.atomic
def approve(by: User, row: KeptAnswer, seen: str, now: datetime) -> None:
    """`row` of `decided_by` her; `seen` is the moment of the wording that she read. Raises Refused."""
    row = _held(row, seen)
    KeptAnswer.objects.filter(pk=row.pk).update(state=KeptState.SHOWN, decided_by=by, changed_at=now)
    raise_version()


@transaction.atomic
def refuse(by: User, row: KeptAnswer, word: str, seen: str, now: datetime) -> None:
    row = _held(row, seen)
    if not word:
        raise Refused(_("Hãy ghi cần sửa chỗ nào; người đề nghị sẽ đọc câu này."))
    KeptAnswer.objects.filter(pk=row.pk).update(state=KeptState.REFUSED, decided_by=by, word=word, changed_at=now)


@transaction.atomic
def take_off(by: User, row: KeptAnswer, word: str, now: datetime) -> None:
    """By who proposed it or who decides; what is shown, with a reason."""
    row = KeptAnswer.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state == KeptState.WITHDRAWN:
        raise Refused(_("Câu trả lời này đã được rút."))
    if row.state == KeptState.SHOWN and not word:
        raise Refused(_("Hãy ghi vì sao rút khỏi bài."))
    KeptAnswer.objects.filter(pk=row.pk).update(state=KeptState.WITHDRAWN, decided_by=by, word=word, changed_at=now)
    raise_version()


def _held(row: KeptAnswer, seen: str) -> KeptAnswer:
    row = KeptAnswer.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state != KeptState.PROPOSED:
        raise Refused(_("Người khác vừa quyết định hoặc rút lời này."))
    if stamp_of(row) != seen:
        raise Refused(_("Người đề nghị vừa sửa lời. Đọc lại rồi quyết định."))
    return row


def stamp_of(row: KeptAnswer) -> str:
    return str(row.proposed_at.timestamp())

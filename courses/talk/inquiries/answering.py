"""What who leads training does with an inquiry of `whose.answered_by` her: answers, sends back, closes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.talk.inquiries.asking import change, held
from courses.talk.inquiries.inquiry import Inquiry, InquiryState, Said, SaidKind
from courses.talk.refusing import Refused
from people.log.audit import Act, record
from people.persons.user import User


@transaction.atomic
def answer(by: User, row: Inquiry, text: str, key: UUID, seen: str, now: datetime) -> None:
    """`key` comes with the form, as that of `asking.ask`; `seen` is the stamp of the words that are answered."""
    row, said_before = held(row), Said.objects.filter(key=key, inquiry=row, by=by).exists()
    if said_before:
        return
    _still_as_seen(row, seen)
    if row.state != InquiryState.WAITING or Said.objects.filter(key=key).exists():
        raise Refused(_("Người khác vừa trả lời câu hỏi này. Mở lại trang để đọc."))
    Said.objects.create(inquiry=row, key=key, kind=SaidKind.ANSWER, by=by, text=text, at=now)
    _replied(by, row, now, InquiryState.ANSWERED)


@transaction.atomic
def send_back(by: User, row: Inquiry, why: str, seen: str, now: datetime) -> None:
    """To be worded anew, with a reason that who asked reads."""
    row = held(row)
    _still_as_seen(row, seen)
    if row.state != InquiryState.WAITING:
        raise Refused(_("Câu hỏi này không còn chờ trả lời. Mở lại trang để xem tình trạng."))
    if not why:
        raise Refused(_("Hãy ghi cần viết lại chỗ nào; người hỏi sẽ đọc câu này."))
    Said.objects.create(inquiry=row, kind=SaidKind.BACK, by=by, text=why, at=now)
    _replied(by, row, now, InquiryState.SENT_BACK)


@transaction.atomic
def close(by: User, row: Inquiry, why: str, now: datetime) -> None:
    """Nothing more is said. Without an answer a reason is due."""
    row = held(row)
    if not row.is_open:
        raise Refused(_("Câu hỏi này đã đóng hoặc đã được rút."))
    if not why and row.state != InquiryState.ANSWERED:
        raise Refused(_("Hãy ghi vì sao đóng khi chưa trả lời; người hỏi sẽ đọc câu này."))
    if why:
        Said.objects.create(inquiry=row, kind=SaidKind.CLOSING, by=by, text=why, at=now)
    _replied(by, row, now, InquiryState.CLOSED)


def _still_as_seen(row: Inquiry, seen: str) -> None:
    last = row.said.filter(kind=SaidKind.QUESTION).last()
    if last is None or last.stamp != seen:
        raise Refused(_("Người hỏi vừa sửa hoặc hỏi thêm. Đọc lại câu hỏi ở trên, rồi gửi lần nữa."))


def _replied(by: User, row: Inquiry, now: datetime, state: InquiryState) -> None:
    change(row, now, state=state, waits_since=None, replied_at=now)
    record(Act.ANSWERED_INQUIRY, by, person=row.asked_by, detail=state, at=now)

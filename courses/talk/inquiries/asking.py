"""What who asked does: asks, asks on, words it anew, withdraws, says that she has read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.talk.inquiries.inquiry import REWORDED, Inquiry, InquiryState, Said, SaidKind
from courses.talk.refusing import Refused
from people.persons.user import User
from people.postings.posting import Posting
from people.times import covering, today

# of one person at a time, so that nobody fills the queue of others
MOST_WAITING = 10


@dataclass(frozen=True)
class Wish:
    """What is asked beside which lesson. `named` counts only where it is for the unit."""

    course_key: str
    lesson_key: UUID
    text: str
    for_unit: bool
    named: bool


@transaction.atomic
def ask(person: User, wish: Wish, key: UUID, now: datetime) -> Inquiry:
    """`key` comes with the form: sent twice, it is the inquiry that is there. Raises Refused."""
    # of two forms sent at once, the second sees the first
    User.objects.select_for_update(no_key=True).values_list("pk").get(pk=person.pk)
    if there := Inquiry.objects.filter(key=key, asked_by=person).first():
        return there
    if Inquiry.objects.filter(asked_by=person, state=InquiryState.WAITING).count() >= MOST_WAITING:
        raise Refused(
            _("Anh chị đang có %d câu hỏi chờ trả lời. Chờ trả lời hoặc rút bớt, rồi gửi câu này.") % MOST_WAITING
        )
    if Inquiry.objects.filter(key=key).exists():
        raise Refused(_("Trang này đã cũ. Mở lại bài rồi gửi câu hỏi."))
    unit = unit_of(person)
    if wish.for_unit and unit is None:
        raise Refused(_("Anh chị chưa công tác ở đơn vị nào trong danh sách, nên chỉ hỏi riêng được."))
    row = Inquiry.objects.create(
        key=key,
        asked_by=person,
        unit_id=unit,
        course_key=wish.course_key,
        lesson_key=wish.lesson_key,
        for_unit=wish.for_unit,
        named=wish.for_unit and wish.named,
        asked_at=now,
        waits_since=now,
        changed_at=now,
    )
    Said.objects.create(inquiry=row, key=key, kind=SaidKind.QUESTION, by=person, text=wish.text, at=now)
    return row


def unit_of(person: User) -> int | None:
    """Where she is posted today; of several the latest."""
    posted = Posting.objects.current().filter(covering(today()), person=person)
    return posted.order_by("-start", "-pk").values_list("unit", flat=True).first()


@transaction.atomic
def ask_on(person: User, row: Inquiry, text: str, key: UUID, now: datetime) -> None:
    """One more question after an answer; then it waits again. Raises Refused."""
    row = held(row)
    if Said.objects.filter(key=key, inquiry=row, by=person).exists():
        return
    if row.state != InquiryState.ANSWERED or Said.objects.filter(key=key).exists():
        raise Refused(_("Câu hỏi này không còn chờ hỏi thêm. Mở lại trang để xem tình trạng."))
    Said.objects.create(inquiry=row, key=key, kind=SaidKind.QUESTION, by=person, text=text, at=now)
    change(row, now, state=InquiryState.WAITING, waits_since=now, read_at=now)


@transaction.atomic
def reword(person: User, row: Inquiry, text: str, now: datetime) -> None:
    """Her last question in other words, as long as nobody has answered it. What was sent back waits again."""
    row = held(row)
    last = row.said.filter(kind=SaidKind.QUESTION).last()
    if row.state not in REWORDED or last is None:
        raise Refused(_("Đã có trả lời trong lúc anh chị sửa. Đọc trả lời; cần thêm thì hỏi tiếp ở dưới."))
    Said.objects.filter(pk=last.pk).update(text=text, edited_at=now)
    since = now if row.state == InquiryState.SENT_BACK else row.waits_since
    change(row, now, state=InquiryState.WAITING, waits_since=since, read_at=now)


@transaction.atomic
def withdraw(person: User, row: Inquiry, now: datetime) -> None:
    """Nobody else reads it from now on; what nobody had replied to is gone whole."""
    row = held(row)
    if row.replied_at is None:
        row.delete()
    elif row.state != InquiryState.WITHDRAWN:
        change(row, now, state=InquiryState.WITHDRAWN, waits_since=None, read_at=now)


def have_read(row: Inquiry, now: datetime) -> None:
    Inquiry.objects.filter(pk=row.pk).update(read_at=now)


def held(row: Inquiry) -> Inquiry:
    """The row as it is now, until the end of the transaction. Raises Refused where it is gone."""
    found = Inquiry.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise Refused(_("Câu hỏi này đã được rút."))
    return found


def change(row: Inquiry, now: datetime, **fields) -> None:
    Inquiry.objects.filter(pk=row.pk).update(changed_at=now, **fields)

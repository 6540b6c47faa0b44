"""What a second person does with a training elsewhere: agrees, and a completion is written, or refuses with a word."""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from courses.classes.elsewhere.training import EntryState, TrainingElsewhere
from courses.classes.planned.planning import Refused
from courses.classes.planned.whose import answered_for
from courses.completions.completion import Completion
from courses.completions.filed import ELSEWHERE
from people.changes.change import Origin
from people.log.audit import Act, record
from people.persons.merges import one_person
from people.persons.user import User
from people.roster.fact_files import Fact, write_fact
from tabular.cells import Line
from tabular.tables import TableError


def visible_to(user) -> QuerySet[TrainingElsewhere]:
    """Of people for whom the user answers today, and what she entered; never of herself."""
    rows = TrainingElsewhere.objects.filter(answered_for(user) | Q(entered_by=user.pk))
    return rows.exclude(person__in=one_person(user))


def waiting_for(user, units: set[int] | None = None) -> QuerySet[TrainingElsewhere]:
    """What she may decide on; the earliest first. `units` as of `answered_for`."""
    rows = TrainingElsewhere.objects.filter(answered_for(user, units), state=EntryState.WAITING)
    return rows.exclude(entered_by__in=one_person(user)).exclude(person__in=one_person(user))


@transaction.atomic
def agree(by: User, row: TrainingElsewhere, now: datetime) -> Completion:
    """`row` of `waiting_for` her. The completion counts as of its own day. Raises Refused."""
    row = _held(row)
    if not row.paper:
        raise Refused(
            _("Giấy của lần này đã hết hạn giữ, nên không đồng ý được nữa. Không đồng ý, rồi ghi lại có giấy.")
        )
    fact = Fact(Line(1), "", (row.person_id, row.course_key, row.completed_on), (row.held_by,))
    try:
        completion = cast(Completion | None, write_fact(fact, ELSEWHERE, now, Origin(row.course_key, by)))
    except TableError as changed:
        raise Refused(_("Hồ sơ người này vừa được gộp hoặc sửa; tải lại trang rồi xem lại.")) from changed
    if completion is None:
        raise Refused(_("Người này đã có lần hoàn thành khóa học ấy trong ngày này. Không đồng ý lần ghi thừa này."))
    _decided(by, row, now, state=EntryState.AGREED, completion=completion)
    record(Act.AGREED_ELSEWHERE, by, person=row.person, detail=row.course_key, at=now)
    return completion


@transaction.atomic
def refuse(by: User, row: TrainingElsewhere, answer: str, now: datetime) -> None:
    """`row` of `waiting_for` her; `answer` is one sentence for who entered it. Raises Refused."""
    row = _held(row)
    if not answer.strip():
        raise Refused(_("Hãy ghi vì sao không đồng ý trong một câu; người ghi sẽ đọc câu này."))
    _decided(by, row, now, state=EntryState.REFUSED, answer=answer.strip())
    record(Act.REFUSED_ELSEWHERE, by, person=row.person, detail=row.course_key, at=now)


def _held(row: TrainingElsewhere) -> TrainingElsewhere:
    held = TrainingElsewhere.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.state != EntryState.WAITING:
        raise Refused(_("Người khác vừa trả lời lần tập huấn này."))
    return held


def _decided(by: User, row: TrainingElsewhere, now: datetime, **fields) -> None:
    TrainingElsewhere.objects.filter(pk=row.pk).update(decided_by=by, changed_at=now, **fields)

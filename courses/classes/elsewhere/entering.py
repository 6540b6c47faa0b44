"""Entering a training elsewhere: by who answers for the person today, never for oneself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from courses.classes.elsewhere.papers import keep_paper
from courses.classes.elsewhere.training import EntryState, TrainingElsewhere
from courses.classes.planned.planning import Refused
from courses.completions.completion import Completion
from outbox.private_files import private_files
from people.log.audit import Act, record
from people.persons.merges import one_person
from people.persons.user import User


@dataclass(frozen=True)
class Said:
    """What was typed about the training."""

    course_key: str
    completed_on: date
    held_by: str
    note: str


def enter(by: User, person: User, said: Said, paper: File, now: datetime) -> TrainingElsewhere:
    """`person` is one for whom `by` answers today; `paper` as by `cleaned_paper`. Raises Refused."""
    name = keep_paper(paper)
    try:
        return _entered(by, person, said, name, now)
    except BaseException:
        private_files.delete(name)
        raise


@transaction.atomic
def _entered(by: User, person: User, said: Said, paper: str, now: datetime) -> TrainingElsewhere:
    # of two who enter the same at once, the second sees the first
    User.objects.select_for_update(no_key=True).values_list("pk").get(pk=person.pk)
    if why := why_not_entered(person, said.course_key, said.completed_on):
        raise Refused(why)
    row = TrainingElsewhere.objects.create(
        person=person,
        course_key=said.course_key,
        completed_on=said.completed_on,
        held_by=said.held_by,
        note=said.note,
        paper=paper,
        entered_by=by,
        entered_at=now,
        changed_at=now,
    )
    record(Act.ENTERED_ELSEWHERE, by, person=person, detail=said.course_key, at=now)
    return row


def why_not_entered(person: User, course_key: str, on: date) -> str:
    """One sentence where that day has a completion or an entry that waits; else ""."""
    same = {"person__in": one_person(person), "course_key": course_key, "completed_on": on}
    if Completion.objects.current().filter(**same).exists():
        return _("Người này đã có lần hoàn thành khóa học ấy trong ngày này, nên không ghi thêm.")
    if TrainingElsewhere.objects.filter(state=EntryState.WAITING, **same).exists():
        return _("Lần tập huấn này đã được ghi và đang chờ người thứ hai.")
    return ""

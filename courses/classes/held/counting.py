"""What follows a confirmed class: the course's lessons are done for who attended enough, and the course is completed
where nothing else is left; and how it is taken back.

In the background, each person in a transaction of her own. A second run changes nothing.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.held.confirmation import ClassConfirmation
from courses.classes.held.confirming import COUNTED, ConfirmedMark, attended_enough
from courses.classes.held.walk_ins import WalkInAnswer
from courses.classes.planned.participant import Participant
from courses.completions.completion import complete_if_done, completed_since, last_passed_on, source_course
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.progress.attended import CourseAttended, attend, unattend
from courses.standing.standing import refresh
from outbox.effects import Job, effect
from people.write_lock import make_way

Progress = Callable[[int, int], None]


@effect(COUNTED, label=gettext_lazy("Ghi nhận người đã dự lớp tập huấn"))
def count_later(job: Job) -> dict:
    found = ClassConfirmation.objects.filter(pk=job.payload["confirmation"]).first()
    return {"people": follow(found, job.clock(), job.progress)} if found else {}


def follow(confirmation: ClassConfirmation, now: datetime, progress: Progress = lambda done, of: None) -> int:
    """The number of people for whom something changed."""
    if confirmation.superseded_at is None:
        people, step = enough(confirmation), _count
    else:
        facts = CourseAttended.objects.current().filter(training_class=confirmation.training_class_id)
        people, step = list(Participant.objects.filter(
            training_class=confirmation.training_class_id, person__in=facts.values("person")
        ).select_related("person")), _take_back  # fmt: skip
    changed = 0
    for number, participant in enumerate(people, start=1):
        changed += step(confirmation, participant, now)
        progress(number, len(people))
        make_way()
    return changed


def enough(confirmation: ClassConfirmation) -> list[Participant]:
    """Whoever came to the share of the meetings that the class asks, as it was confirmed; a walk-in once who answers
    for her says so.
    """
    row = confirmation.training_class
    came = Counter(ConfirmedMark.objects.filter(confirmation=confirmation).values_list("person", flat=True))
    meetings = row.meetings.count()
    people = [person for person, times in came.items() if attended_enough(times, meetings, row.share)]
    said = WalkInAnswer.objects.current().filter(came=True, participant__training_class=row)
    counted = row.participants.filter(Q(walk_in=False) | Q(pk__in=said.values("participant")), person__in=people)
    return list(counted.select_related("person").order_by("pk"))


@transaction.atomic
def _count(confirmation: ClassConfirmation, participant: Participant, now: datetime) -> bool:
    row = _held(confirmation)
    course = source_course(row.training_class.course_key)
    if row.superseded_at is not None or course is None or not _still_counts(participant):
        return False
    person, taught = participant.person, row.training_class
    taught_at = max(meeting.ends_at for meeting in taught.meetings.all())
    if not attend(person, course.key, _lessons(course), taught, row.on, taught_at, now):
        return False
    refresh([person.pk], now)
    passed = last_passed_on(person, course)
    day = date_format(row.on, "d/m/Y")
    reason = _("Dự lớp “%(title)s” đến %(day)s.") % {"title": taught.title, "day": day}
    complete_if_done(person, course, now, on=max(row.on, passed or row.on), reason=reason)
    return True


def _still_counts(participant: Participant) -> bool:
    """Asked with the confirmation's row held: a walk-in may have been undone since it was listed."""
    said = WalkInAnswer.objects.current().filter(participant=participant, came=True)
    return not participant.walk_in or said.exists()


@transaction.atomic
def _take_back(confirmation: ClassConfirmation, participant: Participant, now: datetime) -> bool:
    row, person = _held(confirmation), participant.person
    taught = row.training_class
    if taught.confirmations.filter(superseded_at=None).exists():
        # confirmed anew meanwhile: that confirmation decides
        return False
    fact = CourseAttended.objects.current().filter(person=person, training_class=taught).first()
    if fact is None:
        return False
    keeps = completed_since(person, taught.course_key, fact.recorded_at)
    unattend(person, taught.course_key, taught, now, keeps_lessons=keeps)
    refresh([person.pk], now)
    return True


def _held(confirmation: ClassConfirmation) -> ClassConfirmation:
    """Its row, locked, so that an undo waits or is seen."""
    rows = ClassConfirmation.objects.select_for_update(of=("self",)).select_related("training_class")
    return rows.get(pk=confirmation.pk)


def _lessons(course: CoursePage) -> list[UUID]:
    """The keys of its published lessons, required or not."""
    return list(LessonPage.objects.descendant_of(course).live().values_list("translation_key", flat=True))

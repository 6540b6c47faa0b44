"""Which re-tests are open to a person today, and beginning one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random, SystemRandom
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, FilteredRelation, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.attempts.attempt import Attempt, AttemptItem
from courses.completions.completion import Completion, quizzes_that_draw, source_course
from courses.content.course import CoursePage
from courses.questions.draws import Candidate
from courses.questions.kinds.kind import drawn_order
from courses.questions.versions import QuestionVersion
from courses.quizzes.drawing import ONE_POINT, bank_questions
from courses.retests.asking import asked
from courses.retests.retest import Retest
from courses.retests.rules import ENOUGH, MONTHS, QUESTIONS, Window, window_on
from people.persons.merges import one_person
from people.times import add_months, end_of_day


class NotAsked(Exception):
    """No re-test can begin now; the message says why in one sentence."""


@dataclass(frozen=True)
class OpenRetest:
    """`attempt` is the id of the one that was begun, None before."""

    completion_id: int
    course_key: str
    completed_on: date
    window: Window
    attempt: int | None = None


def open_retests(person, today: date) -> list[OpenRetest]:
    """Those that the person may answer today and has not handed in, the one that closes first first; one query."""
    rows = [
        OpenRetest(one.pk, one.course_key, one.on, one.window, one.attempt)
        for one in _latest(person, today)
        if one.window and not one.handed_in
    ]
    return sorted(rows, key=lambda row: (row.window.last, row.course_key))


@dataclass
class _Latest:
    pk: int
    course_key: str
    on: date
    window: Window | None
    attempt: int | None = None
    handed_in: bool = False


def _latest(person, today: date) -> Iterable[_Latest]:
    """Of each course the latest completion that counts today, with its window; one that is not asked about has none.

    Only completions whose windows are not all over; of one under a record that was merged into hers nothing is asked.
    """
    void = FilteredRelation("voids", condition=Q(voids__superseded_at=None, voids__on__lte=today))
    since = add_months(today, -MONTHS[-1] - 1)
    rows = Completion.objects.current().filter(person__in=one_person(person), completed_on__gte=since)
    columns = ("pk", "course_key", "completed_on", "asked_again", "person")
    begun = ("retests__months", "retests__attempt_id", "retests__attempt__submitted_at")
    latest: dict[str, _Latest] = {}
    counted = rows.annotate(void=void).filter(void__on=None, completed_on__lte=today).order_by("completed_on", "pk")
    for pk, course, on, asked_again, of, months, attempt, submitted_at in counted.values_list(*columns, *begun):
        if course not in latest or latest[course].pk != pk:
            latest[course] = _Latest(pk, course, on, window_on(on, today) if asked_again and of == person.pk else None)
        one = latest[course]
        if one.window and one.window.months == months:
            one.attempt, one.handed_in = attempt, submitted_at is not None
    return latest.values()


def begin(person, completion_id: int, now: datetime, rng: Random | None = None) -> Attempt:
    """The open re-test of the completion, begun now unless it was before. Raises NotAsked, Completion.DoesNotExist.

    Two simultaneous calls give one: the person's row is locked.
    """
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).values_list("pk").get(pk=person.pk)
        completion = Completion.objects.current().get(pk=completion_id, person=person)
        today = timezone.localdate(now)
        here = next((one for one in open_retests(person, today) if one.completion_id == completion.pk), None)
        if here is None:
            raise NotAsked(_("Hiện không có lần hỏi lại nào đang mở cho khóa học này."))
        if here.attempt:
            return Attempt.objects.get(pk=here.attempt)
        return _written(person, completion, here.window, now, rng or SystemRandom())


def _written(person, completion: Completion, window: Window, now: datetime, rng: Random) -> Attempt:
    course = source_course(completion.course_key)
    rows = _questions(person, course, rng) if course else []
    if course is None or len(rows) < QUESTIONS:
        raise NotAsked(_("Khóa học này hiện không có đủ câu để hỏi lại. Không ảnh hưởng gì đến anh chị."))
    title = title_of(_course_read_by(person, course), window.months)
    attempt, items, retest = new_retest(completion, window, title, rows, now, rng)
    attempt.save(force_insert=True)
    AttemptItem.objects.bulk_create(items)
    retest.save(force_insert=True)
    return attempt


def new_retest(
    completion: Completion,
    window: Window,
    title: str,
    rows: list[tuple[dict, QuestionVersion]],
    now: datetime,
    rng: Random,
) -> tuple[Attempt, list[AttemptItem], Retest]:
    """Not yet written, and to be written in this order; `completion` is. The only place where its options are drawn."""
    person = completion.person
    attempt = Attempt(
        person=person,
        quiz_key=uuid5(NAMESPACE_URL, f"retest:{completion.pk}:{window.months}"),
        course_key=completion.course_key,
        number=1,
        started_at=now,
        closes_at=end_of_day(window.last),
        rules={
            "title": title,
            "language": person.reads_in,
            "pass_percent": ENOUGH * 100 // QUESTIONS,
            "wait_minutes": 0,
        },
    )
    items = [
        AttemptItem(
            attempt=attempt,
            position=position,
            version=version,
            choice_order=drawn_order(version.kind, version.structure, rng, shuffled=True),
            points=ONE_POINT,
            lesson_key=row["lesson_key"],
        )
        for position, (row, version) in enumerate(rows, start=1)
    ]
    objectives = [row["objective"] for row, _version in rows]
    return attempt, items, Retest(completion=completion, months=window.months, attempt=attempt, objectives=objectives)


def _questions(person, course: CoursePage, rng: Random) -> list[tuple[dict, QuestionVersion]]:
    """Five of the published questions of the course's banks, those that the person met least first."""
    bank = {row["key"]: row for quiz in quizzes_that_draw(course) for row in bank_questions(quiz)}
    current = QuestionVersion.objects.current(bank)
    met = AttemptItem.objects.filter(attempt__person=person, attempt__course_key=course.key).order_by()
    counts = met.values("version__question_key").annotate(times=Count("attempt", distinct=True))
    times = dict(counts.values_list("version__question_key", "times"))
    candidates = [Candidate(key, bank[key]["objective"], bank[key]["difficulty"]) for key in bank if key in current]
    chosen = asked(candidates, times, QUESTIONS, rng)
    versions = QuestionVersion.objects.in_bulk([current[one.key] for one in chosen])
    return [(bank[one.key], versions[current[one.key]]) for one in chosen]


def _course_read_by(person, course: CoursePage) -> CoursePage:
    pages = CoursePage.objects.live().filter(key=course.key, locale__language_code=person.reads_in)
    return pages.first() or course


def title_of(course, months: int) -> str:
    after = ngettext("Hỏi lại sau %(n)d tháng", "Hỏi lại sau %(n)d tháng", months) % {"n": months}
    return f"{after}: {course.title}"

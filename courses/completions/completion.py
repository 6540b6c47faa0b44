"""Completions of courses: dated facts with their evidence, and their voids."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.attempts.attempt import Attempt
from courses.completions.signals import completion_recorded, completion_voided
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.content.quiz import QuizPage
from courses.content.texts import is_approved_on, texts_of
from courses.practice.conversations.page import ConversationPage
from courses.practice.conversations.runs import ConversationRun
from courses.progress.lessons import LessonSeen
from people.free_text import FreeLine
from people.log.audit import Act, record
from people.persons.merges import one_person
from people.times import Record


class Completion(Record):
    class Source(models.TextChoices):
        QUIZ = "quiz", _("Bài kiểm tra trên hệ thống")
        IMPORT = "import", _("Nhập từ hồ sơ")
        ELSEWHERE = "elsewhere", _("Tập huấn ở nơi khác, hai người xác nhận")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="completions")
    course_key = models.SlugField(max_length=80)
    # day in Asia/Ho_Chi_Minh
    completed_on = models.DateField()
    source = models.CharField(max_length=10, choices=Source.choices)
    evidence = FreeLine(max_length=300, blank=True)
    # why it was recorded where not by a step of the person's own: what the course asked no more ("" otherwise)
    reason = FreeLine(max_length=300, blank=True)
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, blank=True, related_name="completions")
    # whether the course was approved on that day, as known when it was recorded; kept for ever. Without meaning for
    # completions from files, which are training elsewhere
    approved = models.BooleanField(default=False)
    # digest of the course's texts that day (`courses.content.texts`); "" from files and from before they were kept
    text = models.CharField(max_length=32, blank=True)
    # whether re-tests follow (`courses.retests`): made here, by a test that draws from a bank. Not from files, not of a
    # course without a bank, not from before there were re-tests
    asked_again = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course_key", "completed_on"],
                condition=Q(superseded_at=None),
                name="completion_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["attempt"],
                condition=Q(superseded_at=None) & ~Q(attempt=None),
                name="completion_once_an_attempt",
            ),
        ]
        indexes = [models.Index(fields=["course_key", "person", "completed_on"], name="completion_by_course")]


# made by training elsewhere, which rests on no content of ours
MADE_ELSEWHERE = (Completion.Source.IMPORT, Completion.Source.ELSEWHERE)


class Void(Record):
    """From day `on`, the completion no longer counts; a dated fact, not a deletion."""

    completion = models.ForeignKey(Completion, models.PROTECT, related_name="voids")
    on = models.DateField()
    reason = FreeLine(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["completion"], condition=Q(superseded_at=None), name="void_once")
        ]


def source_course(key: str) -> CoursePage | None:
    """The live course in its original language, whose outline decides for every language; None if there is none."""
    return CoursePage.objects.live().filter(key=key).order_by("locale_id").first()


def after_submission(attempt: Attempt, now: datetime) -> Completion | None:
    """Records a completion if this attempt was the last missing step."""
    course = source_course(attempt.course_key) if attempt.passed else None
    # the clock hands in what nobody did, if need be on a later day
    handed_in = timezone.localdate(attempt.submitted_at)
    return complete_if_done(attempt.person, course, now, on=handed_in) if course else None


@transaction.atomic(savepoint=False)
def complete_if_done(
    person, course: CoursePage, now: datetime, *, on: date | None = None, reason: str = ""
) -> Completion | None:
    """The new completion, as of `on` (today), when all required lessons of `course` are done, its required
    conversations played and its required quizzes passed; else None.

    A renewal needs every required quiz passed again since the last completion. Two simultaneous calls record one, by
    the constraints of `Completion`. Call it inside the transaction that wrote the last step: by the lock, the second
    of two simultaneous steps sees the first.
    """
    get_user_model().objects.select_for_update(no_key=True).values_list("pk").get(pk=person.pk)
    if _lacks_reading_or_practice(person, course):
        return None
    quizzes = list(_required_quizzes(person, course))
    if any(passed_at is None for _title, passed_at, *_rest in quizzes):
        return None
    today, known = on or timezone.localdate(now), list(_known(person, course.key))
    last = max((row.recorded_at for row in known if row.source == Completion.Source.QUIZ), default=None)
    if last and not all(passed_at > last for _title, passed_at, *_rest in quizzes or [("", last)]):
        return None
    if any(row.completed_on == today and not row.void for row in known) or not _asks_anything(quizzes, course):
        return None
    # there is one row a day: a completion on the day of a voided one replaces it
    Completion.objects.filter(pk__in=[row.pk for row in known if row.completed_on == today]).supersede(now)
    completion = new_completion(person, course, quizzes, now, today)
    completion.reason = reason
    Completion.objects.bulk_create([completion], ignore_conflicts=True)
    completion_recorded.send(Completion, person_ids=[person.pk], now=now, locked=True, completion=completion)
    return completion


def new_completion(person, course: CoursePage, quizzes: list, now: datetime, on: date | None = None) -> Completion:
    """Not yet written; `quizzes` as by `_required_quizzes`, each passed; `on` None is the day of `now`."""
    evidence, attempt_id, today = "", None, on or timezone.localdate(now)
    if quizzes:
        title, _at, attempt_id, percent, _bank = max(quizzes, key=lambda row: row[1])
        evidence = gettext("%(quiz)s: %(percent)d %%") % {"quiz": title, "percent": percent}
    return Completion(
        person=person,
        course_key=course.key,
        completed_on=today,
        source=Completion.Source.QUIZ,
        evidence=evidence,
        attempt_id=attempt_id,
        approved=is_approved_on(course, today),
        text=texts_of(course).digest,
        asked_again=any(bank for *_attempt, bank in quizzes),
        recorded_at=now,
    )


def _known(person, course_key: str) -> QuerySet:
    """The person's completions of the course; `void` is true where there is a void of any day."""
    void = Void.objects.current().filter(completion=OuterRef("pk"))
    return (
        Completion.objects.current()
        .filter(person__in=one_person(person), course_key=course_key)
        .annotate(void=Exists(void))
    )


def _required_quizzes(person, course: CoursePage) -> QuerySet:
    """(title, time, id, percent, draw_from) of the latest passed attempt at each required quiz; None for none."""
    passed = Attempt.objects.filter(person__in=one_person(person), quiz_key=OuterRef("translation_key"), passed=True)
    passed = passed.order_by("-submitted_at")
    percent = F("score") * 100 / F("max_score")
    return (
        QuizPage.objects.descendant_of(course)
        .live()
        .filter(required=True)
        .values_list(
            "title",
            Subquery(passed.values("submitted_at")[:1]),
            Subquery(passed.values("pk")[:1]),
            Subquery(passed.values(percent=percent)[:1]),
            "draw_from",
        )
    )


def last_passed_on(person, course: CoursePage) -> date | None:
    """The day of the latest pass of a required quiz; None where none is passed."""
    passed = [at for _title, at, *_rest in _required_quizzes(person, course) if at]
    return timezone.localdate(max(passed)) if passed else None


def completed_since(person, course_key: str, at: datetime) -> bool:
    """Whether a completion here was recorded at `at` or later that is void of no day."""
    rows = _known(person, course_key).filter(source=Completion.Source.QUIZ, recorded_at__gte=at)
    return any(not row.void for row in rows)


def quizzes_that_draw(course: CoursePage) -> QuerySet[QuizPage]:
    """The required ones that draw from a bank; what re-tests ask comes from there."""
    return QuizPage.objects.descendant_of(course).live().filter(required=True).exclude(draw_from="")


def _undone_lessons(person, course: CoursePage) -> QuerySet:
    done = LessonSeen.objects.filter(person__in=one_person(person)).exclude(done_at=None).values("lesson_key")
    return LessonPage.objects.descendant_of(course).live().filter(required=True).exclude(translation_key__in=done)


def _unplayed(person, course: CoursePage) -> QuerySet:
    """Required conversations without a run that counts."""
    played = ConversationRun.objects.filter(person__in=one_person(person), done=True).values("conversation_key")
    pages = ConversationPage.objects.descendant_of(course).live().filter(required=True)
    return pages.exclude(translation_key__in=played)


def _lacks_reading_or_practice(person, course: CoursePage) -> bool:
    """One query."""
    lacks = Exists(_undone_lessons(person, course)) | Exists(_unplayed(person, course))
    return CoursePage.objects.filter(lacks, pk=course.pk).exists()


def next_in(person, course: CoursePage) -> LessonPage | ConversationPage | QuizPage | None:
    """The first required lesson that is not done, else conversation that is not played, else quiz that is not passed;
    None when done."""
    passed = Attempt.objects.filter(person__in=one_person(person), passed=True).values("quiz_key")
    quizzes = QuizPage.objects.descendant_of(course).live().filter(required=True).exclude(translation_key__in=passed)
    lesson = _undone_lessons(person, course).defer("body").order_by("path").first()
    return lesson or _unplayed(person, course).order_by("path").first() or quizzes.order_by("path").first()


def is_completed_by_lesson(person, course_key: str, lesson_key: UUID) -> bool:
    """Whether this lesson was the last step: the completion was recorded at the moment at which it was done."""
    at = LessonSeen.objects.filter(person=person, lesson_key=lesson_key).exclude(done_at=None).values("done_at")
    return Completion.objects.current().filter(person=person, course_key=course_key, recorded_at__in=at).exists()


def _asks_anything(quizzes: list, course: CoursePage) -> bool:
    """Nobody completes an empty course."""
    kinds = (LessonPage, ConversationPage)
    return bool(quizzes) or any(k.objects.descendant_of(course).live().filter(required=True).exists() for k in kinds)


def lessons_to_see_before(person, course: CoursePage, quiz: QuizPage) -> int:
    """The number of required lessons before `quiz` that this person has not done."""
    return _undone_lessons(person, course).filter(path__lt=quiz.path).count()


def lessons_that_shut(person, course: CoursePage, quiz: QuizPage) -> int:
    """How many required lessons still keep `quiz` shut: all of the course where it opens after them, those before it
    where the order is enforced. None for who completed the course, since a renewal finds it open."""
    if quiz.open_after_lessons:
        count = _undone_lessons(person, course).count()
    else:
        count = lessons_to_see_before(person, course, quiz) if course.order_enforced else 0
    return 0 if count and completed_keys(person, [course.key]) else count


def courses_to_complete_first(person, prerequisites: dict[str, str], today: date | None = None) -> list[str]:
    """Titles of those of the courses, {key: title}, that this person has not completed, or whose completion was
    voided.
    """
    if not prerequisites:
        return []
    completed = completed_keys(person, prerequisites, today)
    return [title for key, title in prerequisites.items() if key not in completed]


def completed_keys(person, keys, today: date | None = None) -> set[str]:
    """Those of the courses of which the person has a completion that is not void today, lapsed or not."""
    gone = Void.objects.current().filter(on__lte=today or timezone.localdate()).values("completion")
    done = (
        Completion.objects.current()
        .filter(person__in=one_person(person), course_key__in=list(keys))
        .exclude(pk__in=gone)
    )
    return set(done.values_list("course_key", flat=True))


@transaction.atomic
def void(completion: Completion, on: date, reason: str, by, now: datetime) -> Void:
    """Voids the completion from day `on`. A void with another day or reason supersedes the earlier one."""
    Completion.objects.select_for_update().get(pk=completion.pk)
    standing = Void.objects.current().filter(completion=completion).first()
    if standing and (standing.on, standing.reason) == (on, reason.strip()):
        return standing
    Void.objects.filter(completion=completion).supersede(now)
    new_void = Void.objects.create(completion=completion, on=on, reason=reason.strip(), by=by, recorded_at=now)
    record(Act.VOIDED, by, person=completion.person, detail=completion.course_key, at=now)
    completion_voided.send(Completion, person_ids=[completion.person_id], now=now)
    return new_void

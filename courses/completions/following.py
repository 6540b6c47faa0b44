"""Completions follow what a course asks: a step that is withdrawn, moved or required no more, or a new one.

Whoever then has done all that is asked is completed as of the day of the change, in the background, with the reason in
the record. A completion once given stays; who lacks a new step is told which. What was asked when this was last looked
at is kept (`AskedSteps`), so that any way to change a course is noticed: at once by its pages' signals, else by night.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Count, Max, Q
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail.signals import post_page_move

from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion, Void, complete_if_done, source_course
from courses.completions.moved_lessons import begin
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage
from courses.practice.conversations.page import ConversationPage
from courses.practice.conversations.runs import ConversationRun
from courses.progress.lessons import LessonSeen
from courses.progress.news import tell
from outbox.clock import daily
from outbox.effects import Job, effect, enqueue
from people.write_lock import make_way

FOLLOW = "follow_course"
STEPS = (LessonPage, QuizPage, ConversationPage)
# steps that a sentence names
NAMED = 3
Progress = Callable[[int, int], None]


class AskedSteps(models.Model):
    """The required steps of a course, {key: title}, as completions follow them."""

    course_key = models.SlugField(max_length=80, unique=True)
    steps = models.JSONField(default=dict)
    # keys of the published lessons, required or not: one that came may have been read elsewhere; NULL if never kept
    lessons = models.JSONField(null=True)
    # raised at each change that was followed
    version = models.PositiveIntegerField(default=0)


@dataclass(frozen=True)
class Change:
    """Titles of what is asked no more, keys of what is asked anew; `known` is false where nothing was kept before."""

    removed: tuple[str, ...]
    added: tuple[str, ...]
    known: bool = True

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or not self.known)

    def reason(self, on: date) -> str:
        day = {"day": date_format(on, "d/m/Y")}
        if self.removed:
            return _("Từ %(day)s khóa học không còn yêu cầu: %(steps)s.") % {**day, "steps": named(self.removed)}
        return _("Đã xong mọi mục mà khóa học yêu cầu tính đến %(day)s.") % day


def named(titles: Iterable[str]) -> str:
    """“A”, “B”, “C” và 4 mục khác."""
    listed = list(titles)
    words = ", ".join(f"“{title[:60]}”" for title in listed[:NAMED])
    more = len(listed) - NAMED
    return _("%(named)s và %(more)d mục khác") % {"named": words, "more": more} if more > 0 else words


REQUIRED = Q(lessonpage__required=True) | Q(quizpage__required=True) | Q(conversationpage__required=True)


def asked_steps(course: CoursePage) -> dict[str, str]:
    """The published steps that completing the course asks for; one query."""
    rows = Page.objects.descendant_of(course).live().filter(REQUIRED)
    return {str(key): title for key, title in rows.values_list("translation_key", "title")}


def lessons_of(course: CoursePage) -> list[str]:
    """The keys of its published lessons; one query."""
    rows = LessonPage.objects.descendant_of(course).live()
    return sorted(str(key) for key in rows.values_list("translation_key", flat=True))


def new_lessons(row: AskedSteps, lessons: list[str]) -> list[str]:
    return [key for key in lessons if row.lessons is None or key not in row.lessons]


def change_of(row: AskedSteps, steps: dict[str, str]) -> Change:
    removed = tuple(title for key, title in row.steps.items() if key not in steps)
    return Change(removed, tuple(key for key in steps if key not in row.steps), known=row.version > 0)


# --- noticing


def connect() -> None:
    for model in (CoursePage, *STEPS):
        post_save.connect(_saved, sender=model, dispatch_uid=f"courses.following.{model.__name__}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"courses.following.{model.__name__}")
    for model in (CoursePage, ModulePage, *STEPS):
        post_page_move.connect(_moved, sender=model, dispatch_uid=f"courses.following.{model.__name__}")


def _saved(sender, instance, created, raw=False, update_fields=None, **kwargs) -> None:
    """Drafts change nothing; what they save of the page itself are other fields."""
    concerns = update_fields is None or bool({"live", "required"} & set(update_fields))
    if concerns and not raw and (instance.live or not created):
        notice(_courses_of(instance))


def _deleted(sender, instance, **kwargs) -> None:
    notice(_courses_of(instance))


def _moved(sender, instance, parent_page_before, parent_page_after, **kwargs) -> None:
    notice(_courses_of(parent_page_before) | _courses_of(parent_page_after))


def _courses_of(page: Page) -> set[str]:
    return set(CoursePage.objects.ancestor_of(page, inclusive=True).values_list("key", flat=True))


def notice(keys: Iterable[str]) -> None:
    """Asks for the change to be followed, in the transaction that makes it; where nobody has begun the course it is
    only kept. By the lock on the kept row, whoever follows an earlier change sees this one or is followed by another.
    """
    on = timezone.localdate()
    for key in sorted(keys):
        course = source_course(key)
        if course is None:
            continue
        with transaction.atomic():
            row = _held(key)
            steps, lessons = asked_steps(course), lessons_of(course)
            if not change_of(row, steps) and row.lessons == lessons:
                continue
            if _is_begun(key, [*steps, *lessons]):
                enqueue(FOLLOW, {"course": key, "on": on.isoformat()}, key=f"{FOLLOW}:{key}:{row.version}")
            else:
                _keep(row, steps, lessons)


def _held(key: str) -> AskedSteps:
    AskedSteps.objects.bulk_create([AskedSteps(course_key=key)], ignore_conflicts=True)
    return AskedSteps.objects.select_for_update().get(course_key=key)


def _keep(row: AskedSteps, steps: dict[str, str], lessons: list[str]) -> None:
    row.steps, row.lessons, row.version = steps, lessons, row.version + 1
    row.save(update_fields=["steps", "lessons", "version"])


def _is_begun(key: str, steps: Iterable[str]) -> bool:
    seen = LessonSeen.objects.filter(Q(course_key=key) | Q(lesson_key__in=list(steps)))
    return seen.exists() or Attempt.objects.filter(Q(course_key=key) | Q(quiz_key__in=list(steps))).exists()


# --- following


@effect(FOLLOW, label=gettext_lazy("Ghi nhận hoàn thành sau khi khóa học thay đổi"))
def follow_later(job: Job) -> dict:
    on = date.fromisoformat(job.payload["on"])
    return {"completed": follow(job.payload["course"], on, job.clock(), job.progress)}


@daily("courses.completions.following.follow_all", at="02:10")
def follow_all(now: datetime, *, even_unchanged: bool = False) -> int:
    """Every course that asks something else than was kept, as of today; `even_unchanged` all of them. The number of
    people completed."""
    on, done = timezone.localdate(now), 0
    for key in CoursePage.objects.live().order_by("key").values_list("key", flat=True).distinct():
        row, course = AskedSteps.objects.filter(course_key=key).first() or AskedSteps(), source_course(key)
        if course and (even_unchanged or change_of(row, asked_steps(course)) or row.lessons != lessons_of(course)):
            done += follow(key, on, now)
    return done


def follow(key: str, on: date, now: datetime, progress: Progress = lambda done, of: None) -> int:
    """The number of people completed as of `on`. A second run changes nothing; each person is a transaction."""
    completed = 0
    while course := source_course(key):
        row, steps = AskedSteps.objects.filter(course_key=key).first() or AskedSteps(), asked_steps(course)
        change, lessons = change_of(row, steps), lessons_of(course)
        begin(course, new_lessons(row, lessons), now)
        completed += _complete(course, change, steps, on, now, progress)
        if change.known and change.added:
            _tell_what_is_new(key, change.added, now)
        with transaction.atomic():
            row = _held(key)
            if asked_steps(course) == steps and lessons_of(course) == lessons:
                if change or row.lessons != lessons:
                    _keep(row, steps, lessons)
                break
    return completed


def _complete(course: CoursePage, change: Change, steps, on: date, now: datetime, progress: Progress) -> int:
    people = sorted(who_has_done_all(course, steps))
    found, reason = 0, change.reason(on)
    for number, person in enumerate(get_user_model().objects.filter(pk__in=people).order_by("pk").iterator(), start=1):
        found += complete_if_done(person, course, now, on=on, reason=reason) is not None
        progress(number, len(people))
        make_way()
    return found


def who_has_done_all(course: CoursePage, steps: Iterable[str]) -> set[int]:
    """Ids of people who did all steps and passed the quizzes since their last completion here; six queries for any
    number of people. By sets, where `complete_if_done` asks about one."""
    wanted = {UUID(key) for key in steps}
    found: list[set[int]] = []
    quizzes, talks = (_keys_of(model, course, wanted) for model in (QuizPage, ConversationPage))
    if lessons := wanted - quizzes - talks:
        seen = LessonSeen.objects.filter(lesson_key__in=lessons).exclude(done_at=None).values("person").order_by()
        enough = seen.annotate(n=Count("lesson_key", distinct=True)).filter(n=len(lessons))
        found.append(set(enough.values_list("person", flat=True)))
    if talks:
        played = ConversationRun.objects.filter(conversation_key__in=talks, done=True).values("person").order_by()
        all_played = played.annotate(n=Count("conversation_key", distinct=True)).filter(n=len(talks))
        found.append(set(all_played.values_list("person", flat=True)))
    last = _last_completed(course.key)
    if quizzes:
        passed = Attempt.objects.filter(quiz_key__in=quizzes, passed=True).order_by()
        latest: dict[int, list[datetime]] = defaultdict(list)
        by_quiz = passed.values("person", "quiz_key").annotate(at=Max("submitted_at"))
        for person, at in by_quiz.values_list("person", "at"):
            latest[person].append(at)
        all_passed = ((person, min(times)) for person, times in latest.items() if len(times) == len(quizzes))
        since = {person for person, first in all_passed if person not in last or first > last[person]}
        found.append(since)
    elif found:
        found.append(found[0] - last.keys())
    return set.intersection(*found) if found else set()


def _keys_of(model, course: CoursePage, wanted: set[UUID]) -> set[UUID]:
    pages = model.objects.descendant_of(course).filter(translation_key__in=wanted)
    return set(pages.values_list("translation_key", flat=True))


def _last_completed(key: str) -> dict[int, datetime]:
    """When the last completion here was recorded, void or not, by person."""
    rows = Completion.objects.current().filter(course_key=key, source=Completion.Source.QUIZ).order_by()
    return dict(rows.values("person").annotate(at=Max("recorded_at")).values_list("person", "at"))


def _tell_what_is_new(key: str, added: Iterable[str], now: datetime) -> None:
    """Those whose completion counts and who have not done all of it."""
    gone = Void.objects.current().filter(on__lte=timezone.localdate(now)).values("completion")
    rows = Completion.objects.current().filter(course_key=key).exclude(pk__in=gone)
    holders, wanted = set(rows.values_list("person", flat=True)), {UUID(step) for step in added}
    done: dict[int, set[UUID]] = defaultdict(set)
    lessons = LessonSeen.objects.filter(lesson_key__in=wanted).exclude(done_at=None)
    quizzes = Attempt.objects.filter(quiz_key__in=wanted, passed=True)
    talks = ConversationRun.objects.filter(conversation_key__in=wanted, done=True)
    for person, step in (
        *lessons.values_list("person", "lesson_key"),
        *quizzes.values_list("person", "quiz_key"),
        *talks.values_list("person", "conversation_key"),
    ):
        done[person].add(step)
    tell((person for person in sorted(holders) if done[person] != wanted), key, now, steps=added)

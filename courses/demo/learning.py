"""Made-up learners' ways through a course: lessons, answers, submissions, completions.

Written in bulk, since a year of them is thousands of rows, from the same parts as the real paths use to freeze, mark
and complete; a test holds the rows to those that the real paths write.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.db import models, transaction

from courses.certificates.issuing import ISSUE, payload_of
from courses.completions.completion import new_completion
from courses.content.bodies import choices_of
from courses.models import (
    Answer,
    Attempt,
    AttemptItem,
    Completion,
    CoursePage,
    LessonPage,
    Mark,
    QuizPage,
    Retest,
    RetestAnswer,
    RetestResult,
)
from courses.progress.lessons import LessonSeen, Place
from courses.progress.tries import Try
from courses.questions.kinds.kind import kind
from courses.quizzes.drawing import QuizQuestions, new_attempt, new_items
from courses.quizzes.submitting import judge
from courses.retests.asking import asked
from courses.retests.opening import new_retest, title_of
from courses.retests.results import new_result
from courses.retests.rules import QUESTIONS, Window
from outbox.effects import enqueue

# in the order in which they are written: each refers only to those before it
TABLES: tuple[type[models.Model], ...] = (
    LessonSeen,
    Try,
    Place,
    Attempt,
    AttemptItem,
    Answer,
    Mark,
    Completion,
    Retest,
    RetestResult,
    RetestAnswer,
)


class Course:
    """The lessons and the quiz of a course, read once."""

    def __init__(self, key: str):
        self.page = CoursePage.objects.get(key=key, locale__language_code="vi")
        self.key = key
        lessons = LessonPage.objects.descendant_of(self.page).live().order_by("path")
        # by lesson, in order: what is tried in it
        self.choices = {lesson.translation_key: choices_of(lesson) for lesson in lessons}
        self.lessons: list[UUID] = list(self.choices)
        self.quiz = QuizPage.objects.descendant_of(self.page).live().select_related("locale").get()
        self.questions = QuizQuestions.of(self.quiz, "key", "question_key", "texts")


class Journeys:
    """Learners' ways as rows to be written together; standings are rebuilt after the last of them."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list] = defaultdict(list)
        self._attempts: Counter = Counter()
        # the questions of each attempt so far
        self._met: dict[tuple[int, str], list[set[UUID]]] = defaultdict(list)
        # a course is completed once a day
        self._completed: set[tuple[int, str, date]] = set()

    def read(self, person, course: Course, count: int, at: datetime, random: Random) -> datetime:
        """Reads the first `count` lessons, some a day, beginning at `at`; the time of the last one."""
        for lesson in course.lessons[:count]:
            seen = LessonSeen(person=person, course_key=course.key, lesson_key=lesson, seen_at=at, done_at=at)
            self.rows[LessonSeen].append(seen)
            self.rows[Try] += [_try(person, lesson, choice, at, random) for choice in course.choices[lesson]]
            at += timedelta(minutes=random.randrange(2, 9))
            if random.random() < 0.15:
                at += timedelta(days=random.randrange(1, 4))
        last = course.lessons[min(count, len(course.lessons) - 1)]
        self.rows[Place].append(Place(person=person, course_key=course.key, lesson_key=last, block_id="", at=at))
        return at

    def take_quiz(
        self, person, course: Course, knows: float, at: datetime, random: Random, *, hand_in: bool = True
    ) -> Attempt:
        """Answers each question rightly with the chance `knows`; leaves the last third open where it is not handed in.

        Who passes has read every lesson, and completes the course.
        """
        self._attempts[person.pk, course.key] += 1
        attempt = new_attempt(person, course.quiz, course.key, self._attempts[person.pk, course.key], at)
        met = self._met[person.pk, course.key]
        items = new_items(attempt, course.quiz, course.questions, random, met)
        met.append({item.version.question_key for item in items})
        answers = self._answered(items if hand_in else items[: len(items) * 2 // 3], knows, at, random)
        self._add(Attempt, [attempt])
        self._add(AttemptItem, items)
        if hand_in:
            self._submit(course, attempt, answers, answers[-1].saved_at + timedelta(minutes=1))
        return attempt

    def ask_again(
        self, completion: Completion, course: Course, window: Window, knows: float, at: datetime, random: Random
    ) -> None:
        """A re-test of a completion that was written before, answered and handed in at `at`."""
        met = self._met[completion.person_id, course.key]
        times = Counter(key for keys in met for key in keys)
        chosen = asked(course.questions.candidates, times, QUESTIONS, random)
        bank = {row["key"]: row for row in course.questions.bank}
        rows = [(bank[one.key], course.questions.versions[one.key]) for one in chosen]
        title = title_of(course.page, window.months)
        attempt, items, retest = new_retest(completion, window, title, rows, at, random)
        met.append({version.question_key for _row, version in rows})
        answers = self._answered(items, knows, at, random)
        at = answers[-1].saved_at + timedelta(minutes=1)
        marks = judge(attempt, [(answer.item, answer.response) for answer in answers], at)
        result, told = new_result(retest, marks, at)
        self._add(Attempt, [attempt])
        self._add(AttemptItem, items)
        self._add(Mark, marks)
        self._add(Retest, [retest])
        self._add(RetestResult, [result])
        self._add(RetestAnswer, told)

    def _answered(self, items: list[AttemptItem], knows: float, at: datetime, random: Random) -> list[Answer]:
        answers = []
        for item in items:
            at += timedelta(seconds=random.randrange(20, 120))
            answers.append(_answer(item, knows, at, random))
        self._add(Answer, answers)
        return answers

    def _submit(self, course: Course, attempt: Attempt, answers: list[Answer], now: datetime) -> None:
        self._add(Mark, judge(attempt, [(answer.item, answer.response) for answer in answers], now))
        if attempt.passed:
            passed = [(attempt.rules["title"], now, None, attempt.percent, course.quiz.draw_from)]
            completion = new_completion(attempt.person, course.page, passed, now)
            completion.attempt = attempt
            once = (attempt.person.pk, attempt.course_key, completion.completed_on)
            if once not in self._completed:
                self._completed.add(once)
                self._add(Completion, [completion])

    def _add(self, table: type[models.Model], rows: Iterable[models.Model]) -> None:
        self.rows[table].extend(rows)

    def write(self) -> None:
        with transaction.atomic():
            for table in TABLES:
                table._default_manager.bulk_create(self.rows[table], batch_size=1000)
            for completion in self.rows[Completion]:
                enqueue(ISSUE, payload_of(completion), wakes=False)
        self.rows.clear()


def _try(person, lesson: UUID, choice, at: datetime, random: Random) -> Try:
    option = random.choice(choice.options).id
    options = {"first_option_id": option, "option_id": option}
    return Try(person=person, lesson_key=lesson, block_id=choice.block_id, first_at=at, at=at, **options)


def _answer(item: AttemptItem, knows: float, at: datetime, random: Random) -> Answer:
    posted = {"choice": _choice(item, knows, random)}
    response = kind(item.version.kind).clean(item.version.structure, posted)
    token = UUID(int=random.getrandbits(128), version=4)
    return Answer(item=item, sequence=1, response=response, saved_at=at, token=token)


def _choice(item: AttemptItem, knows: float, random: Random) -> list[str]:
    """The whole answer of who knows, else what somebody who does not would choose."""
    version = item.version
    right = version.key["right"]
    if random.random() < knows:
        return right
    guesses = kind(version.kind).guesses(version.structure, item.choice_order, random)
    wrong = [guess for guess in guesses if not set(guess) <= set(right)]
    return random.choice(wrong or guesses)

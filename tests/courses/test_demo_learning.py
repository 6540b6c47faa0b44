"""A made-up learner's way is written in bulk, and leaves the rows that the real paths leave."""

import json
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from bodies import block, items
from django.db.models import Model
from factories import make_course, make_person
from retests import make_drawn_course
from sharing import shared

from courses.attempts.answering import save_answer
from courses.demo.learning import TABLES, Course, Journeys
from courses.models import Attempt, AttemptItem, Completion, Retest, RetestAnswer, RetestResult
from courses.progress.lessons import keep_place, mark_seen
from courses.progress.tries import keep_try
from courses.quizzes.admission import start
from courses.quizzes.submitting import submit
from courses.retests.opening import begin
from courses.retests.rules import windows
from outbox.effects import Effect
from people.models import User

pytestmark = pytest.mark.django_db

KEY = "nhan-dien-nan-nhan"
BEGUN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SEED = 307
# what two people's rows never share, wherever they come from
OWN = {"id", "person", "attempt", "item", "completion", "retest", "result"}
ASKED_AGAIN = (Retest, RetestResult, RetestAnswer)


@shared
def made():
    course = make_course(lessons=5, questions=6, shuffle_questions=True)
    options = [{"text": words, "right": words == "Nghe", "feedback": "Vì thế."} for words in ("Nghe", "Mắng")]
    asked = block("check", {"ask": "Làm gì?", "options": items(*options)})
    course.lessons[2].body = json.dumps([asked])
    course.lessons[2].save_revision().publish()
    return course


class RealPaths:
    """The same journeys, step by step as pages take them."""

    def read(self, person, course, count, at, random):
        for lesson in course.lessons[:count]:
            mark_seen(person, course.key, lesson, at)
            for choice in course.choices[lesson]:
                keep_try(person, lesson, choice.block_id, random.choice(choice.options).id, at)
            at += timedelta(minutes=random.randrange(2, 9))
            if random.random() < 0.15:
                at += timedelta(days=random.randrange(1, 4))
        keep_place(person, course.key, course.lessons[min(count, len(course.lessons) - 1)], "", at)
        return at

    def take_quiz(self, person, course, knows, at, random, *, hand_in=True):
        attempt = start(person, course.quiz, at, random)
        at = self.answer(person, attempt, knows, at, random, part=1 if hand_in else 2 / 3)
        return submit(attempt, at + timedelta(minutes=1)) if hand_in else attempt

    def ask_again(self, completion, course, window, knows, at, random):
        attempt = begin(completion.person, completion.pk, at, random)
        at = self.answer(completion.person, attempt, knows, at, random)
        submit(attempt, at + timedelta(minutes=1))

    def answer(self, person, attempt, knows, at, random, part=1):
        items = list(AttemptItem.objects.filter(attempt=attempt).select_related("version"))
        for item in items[: int(len(items) * part)]:
            at += timedelta(seconds=random.randrange(20, 120))
            right = item.version.key["right"]
            wrong = [id for id in item.choice_order if id not in right]
            chosen = right[0] if random.random() < knows else random.choice(wrong)
            token = UUID(int=random.getrandbits(128), version=4)
            save_answer(person, attempt.pk, item.position, {"choice": [chosen]}, based_on=0, token=token, now=at)
        return at

    def write(self):
        pass


def go_through(paths, person: User) -> None:
    """Reads all, fails, passes, begins once more and stops in the middle."""
    course, random = Course(KEY), Random(SEED)
    at = paths.read(person, course, len(course.lessons), BEGUN, random)
    assert not paths.take_quiz(person, course, 0, at, random).passed
    assert paths.take_quiz(person, course, 1, at + timedelta(hours=2), random).passed
    paths.take_quiz(person, course, 0.5, at + timedelta(days=9), random, hand_in=False)
    paths.write()


def be_asked_again(paths, person: User) -> None:
    """Completes a course that asks again, and answers two of the three times."""
    course, random = Course(KEY), Random(SEED)
    at = paths.read(person, course, len(course.lessons), BEGUN, random)
    assert paths.take_quiz(person, course, 1, at, random).passed
    paths.write()
    completion = Completion.objects.select_related("person").get(person=person)
    for window, knows in zip(windows(completion.completed_on), (1, 0), strict=False):
        at = datetime(window.first.year, window.first.month, window.first.day, 3, tzinfo=UTC)
        paths.ask_again(completion, course, window, knows, at, random)
    paths.write()


def rows_of(table: type[Model], person: User) -> list[dict]:
    """The person's rows in the order in which they came to be, without what is theirs alone."""
    owner = {
        "AttemptItem": "attempt__person",
        "Answer": "item__attempt__person",
        "Mark": "item__attempt__person",
        "Retest": "attempt__person",
        "RetestResult": "retest__attempt__person",
        "RetestAnswer": "result__retest__attempt__person",
    }
    found = table._default_manager.filter(**{owner.get(table.__name__, "person"): person}).order_by("pk")
    fields = [field for field in table._meta.concrete_fields if field.name not in OWN]
    return [{field.name: field.value_from_object(row) for field in fields} for row in found]


@pytest.fixture
def two(made):
    """(who went by the real paths, whose way was written in bulk)."""
    people = make_person("Alăng Thị Hà", "CB-1"), make_person("Zơrâm Văn Nam", "CB-2")
    for person, paths in zip(people, (RealPaths(), Journeys()), strict=True):
        go_through(paths, person)
    return people


@pytest.mark.parametrize("table", [one for one in TABLES if one not in ASKED_AGAIN], ids=lambda table: table.__name__)
def test_every_row_is_the_same_but_for_whose_it_is(two, table):
    real, bulk = (rows_of(table, person) for person in two)
    assert real
    assert bulk == real


def test_a_re_test_leaves_the_same_rows():
    make_drawn_course()
    people = make_person("Alăng Thị Hà", "CB-1"), make_person("Zơrâm Văn Nam", "CB-2")
    for person, paths in zip(people, (RealPaths(), Journeys()), strict=True):
        be_asked_again(paths, person)
    for table in ASKED_AGAIN:
        real, bulk = (rows_of(table, person) for person in people)
        assert real
        assert bulk == real
    (real_attempts, bulk_attempts) = (rows_of(Attempt, person) for person in people)
    drop = {"quiz_key"}  # made of the completion
    assert [{k: v for k, v in row.items() if k not in drop} for row in bulk_attempts] == [
        {k: v for k, v in row.items() if k not in drop} for row in real_attempts
    ]
    assert [result.right for result in RetestResult.objects.order_by("pk")] == [5, 0, 5, 0]


def test_rows_hang_together_alike(two):
    def shape(person):
        return [
            (
                attempt.number,
                [(item.position, item.answers.count(), item.marks.count()) for item in attempt.items.all()],
            )
            for attempt in Attempt.objects.filter(person=person).order_by("number")
        ]

    real, bulk = map(shape, two)
    assert [number for number, _items in real] == [1, 2, 3]
    assert bulk == real
    done = [Completion.objects.get(person=person) for person in two]
    assert [completion.attempt.number for completion in done] == [2, 2]
    assert [completion.attempt.person for completion in done] == list(two)


def test_certificates_are_asked_for_alike(two):
    asked = [effect.payload for effect in Effect.objects.filter(kind="certificate").order_by("pk")]
    assert [payload.pop("person") for payload in asked] == [person.pk for person in two]
    assert asked[0] == asked[1]


def test_a_course_is_completed_once_a_day_however_often_it_is_passed(made):
    person, paths = make_person("Alăng Thị Hà", "CB-1"), Journeys()
    course, random = Course(KEY), Random(SEED)
    at = paths.read(person, course, len(course.lessons), BEGUN, random)
    for hours in (1, 3):
        paths.take_quiz(person, course, 1, at + timedelta(hours=hours), random)
    paths.write()
    assert Completion.objects.filter(person=person).count() == 1

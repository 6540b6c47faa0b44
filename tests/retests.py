"""A course whose quiz draws from a bank, completed by people, and their re-tests."""

from datetime import date, datetime
from random import Random

from django.utils import timezone
from factories import make_course

from courses.attempts.answering import save_answer
from courses.attempts.attempt import Attempt
from courses.completions.completion import complete_if_done
from courses.progress.lessons import mark_seen
from courses.questions.writing import create_or_update_question
from courses.quizzes.admission import start
from courses.quizzes.submitting import submit
from courses.retests.opening import begin

COURSE = "nhan-dien-nan-nhan"
OPTIONS = [{"text": "Đúng", "right": True}, {"text": "Sai 1"}, {"text": "Sai 2"}]


def at(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def make_drawn_course(objectives: int = 6, each: int = 3):
    """A bank of some questions an objective, of which the final quiz draws one each."""
    place = make_course(lessons=2, questions=0, draw_from="ngan-hang")
    for objective in range(1, objectives + 1):
        for n in range(each):
            create_or_update_question(
                category="ngan-hang/1.1",
                name=f"1.1/{objective} câu {n}",
                kind="single_choice",
                text=f"Hỏi 1.1/{objective}, câu {n}?",
                choices=OPTIONS,
                objective=f"1.1/{objective}",
                difficulty=2,
                lesson=place.lessons[objective % 2],
            )
    return place


def answer(attempt: Attempt, now: datetime, right: int) -> None:
    """Answers all questions, so many of them rightly."""
    for item in attempt.items.select_related("version"):
        version = item.version
        wrong = next(one["id"] for one in version.structure["choices"] if one["id"] not in version.key["right"])
        choice = version.key["right"][0] if item.position <= right else wrong
        token = f"{attempt.pk:08x}-0000-4000-8000-{item.position:012x}"
        posted = {"choice": [choice]}
        save_answer(attempt.person, attempt.pk, item.position, posted, based_on=0, token=token, now=now)


def complete(person, place, day: date):
    """Reads all lessons and passes the quiz; the completion."""
    now = at(day)
    for lesson in place.lessons:
        mark_seen(person, COURSE, lesson.translation_key, now)
    attempt = start(person, place.quiz, now, Random(1))
    answer(attempt, now, attempt.items.count())
    submit(attempt, now)
    complete_if_done(person, place.course, now)
    return person.completions.filter(superseded_at=None).latest("completed_on")


def answer_retest(completion, day: date, right: int) -> Attempt:
    """Begun, answered and handed in on one day."""
    attempt = begin(completion.person, completion.pk, at(day), Random(1))
    answer(attempt, at(day), right)
    return submit(attempt, at(day))

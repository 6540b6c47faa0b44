"""Attempts at a quiz in bulk, each with its answers and marks, as if handed in."""

from datetime import datetime, timedelta

from django.utils import timezone
from factories import make_person

from courses.attempts.attempt import Answer, Attempt, AttemptItem, Mark
from courses.questions.kinds.kind import kind
from courses.questions.versions import QuestionVersion

BEGUN = timezone.make_aware(datetime(2026, 9, 30, 9))
EACH = timedelta(seconds=20)


def versions_of(quiz) -> list[QuestionVersion]:
    """In force, in the order of the quiz."""
    asked = quiz.questions.select_related("question").order_by("sort_order")
    keys = [row.question.translation_key for row in asked]
    current = QuestionVersion.objects.current(keys)
    found = QuestionVersion.objects.in_bulk(current.values())
    return [found[current[key]] for key in keys]


def sit(quiz, answers: list[list[int | None]], *, number=1, people=None, begun=BEGUN) -> list[Attempt]:
    """A row of `answers` is one attempt: for each question the place of the option picked, None for no answer. Each
    is 20 seconds after the one before; attempts are begun a day apart.
    """
    versions = versions_of(quiz)
    people = people or [make_person() for _row in answers]
    made = []
    for day, (person, picked) in enumerate(zip(people, answers, strict=True)):
        start = begun + timedelta(days=day)
        responses = [
            None if place is None else _picked(version, place) for version, place in zip(versions, picked, strict=True)
        ]
        marks = [
            kind(one.kind).mark(one.frozen(), response, 100) for one, response in zip(versions, responses, strict=True)
        ]
        score = int(sum(mark.points for mark in marks))
        attempt = Attempt.objects.create(
            person=person,
            quiz_key=quiz.translation_key,
            course_key="nhan-dien-nan-nhan",
            number=number,
            started_at=start,
            submitted_at=start + EACH * len(versions),
            rules={"title": quiz.title, "language": "vi", "pass_percent": 80, "wait_minutes": 0},
            score=score,
            max_score=100 * len(versions),
            passed=score * 100 >= 80 * 100 * len(versions),
        )
        for place, (version, response, mark) in enumerate(zip(versions, responses, marks, strict=True)):
            item = AttemptItem.objects.create(attempt=attempt, position=place + 1, version=version)
            Mark.objects.create(item=item, by_version=version, points=int(mark.points))
            if response is not None:
                saved = start + EACH * (place + 1)
                # thought better of, and answered again
                first = {"choices": []} if place == 0 else response
                Answer.objects.create(item=item, sequence=1, response=first, saved_at=saved)
                Answer.objects.create(item=item, sequence=2, response=response, saved_at=saved)
        made.append(attempt)
    return made


def _picked(version: QuestionVersion, place: int) -> dict:
    return {"choices": [version.structure["choices"][place]["id"]]}

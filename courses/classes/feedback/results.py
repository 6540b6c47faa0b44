"""What comes of the form: how many said what, from five answers on."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Sum

from courses.classes.feedback.answers import SHOWN_FROM, Agreement, FeedbackCount, FeedbackWords, Question
from courses.classes.planned.training_class import TrainingClass


@dataclass(frozen=True)
class Told:
    """`counts` are (agreement, how many), the best first."""

    question: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Results:
    """`lines` and `words` are empty below the least number."""

    answers: int
    lines: tuple[Told, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def are_shown(self) -> bool:
        return self.answers >= SHOWN_FROM


def answers_of(row: TrainingClass) -> int:
    """How many answered; one query. Every question is answered by everybody, so one of them counts all."""
    counted = row.feedback.filter(question=Question.USEFUL).aggregate(n=Sum("number"))
    return counted["n"] or 0


def results_of(row: TrainingClass) -> Results:
    """At most three queries. Words stand in the order of their letters, which tells nothing."""
    answers = answers_of(row)
    if answers < SHOWN_FROM:
        return Results(answers)
    said: dict[str, dict[int, int]] = defaultdict(dict)
    rows = FeedbackCount.objects.filter(training_class=row)
    for question, answer, number in rows.values_list("question", "answer", "number"):
        said[question][answer] = number
    lines = tuple(
        Told(str(question.label), tuple((str(one.label), said[question].get(one, 0)) for one in Agreement))
        for question in Question
    )
    words = FeedbackWords.objects.filter(training_class=row).values_list("text", flat=True)
    return Results(answers, lines, tuple(sorted(words)))

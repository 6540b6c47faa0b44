"""The guard against guessing: what strategies earn at a quiz, and which questions help them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from random import Random

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.attempts.attempt import Answer
from courses.content.course import CoursePage
from courses.content.quiz import QuizPage
from courses.content.quiz_bank import BankState, bank_state
from courses.questions.bank import Question
from courses.questions.guessing import (
    DRAWS,
    Playable,
    Played,
    length_percent,
    never_chosen,
    play,
    tells_by_length,
)
from courses.questions.kinds.kind import is_blank
from courses.questions.versions import SOURCE_LANGUAGE, QuestionVersion
from courses.quizzes.drawing import QuizQuestions
from courses.quizzes.known import course_of

# the same chance at each check, so that nothing is named today and not tomorrow
SEED = 20260730

STRATEGY_NAMES = {
    "longest": gettext_lazy("phương án dài nhất"),
    "second longest": gettext_lazy("phương án dài thứ hai"),
    "first": gettext_lazy("phương án đầu tiên"),
    "has a number": gettext_lazy("phương án có số"),
    "most specific": gettext_lazy("phương án cụ thể nhất"),
    "always the same place": gettext_lazy("luôn cùng một chỗ"),
    "always Đúng": gettext_lazy("luôn chọn “Đúng”"),
    "always Sai": gettext_lazy("luôn chọn “Sai”"),
}


@dataclass(frozen=True)
class Named:
    """`kind` is "strategy", "length" or "unused"; `about` the strategy, or the name of the question."""

    kind: str
    about: str
    sentence: str


@dataclass(frozen=True)
class QuizReport:
    quiz: QuizPage
    course_key: str
    bank: BankState
    played: list[Played]
    named: list[Named] = field(default_factory=list)

    @property
    def strategies(self) -> list[tuple[str, Played]]:
        """With the name for people."""
        return [(str(STRATEGY_NAMES[one.strategy]), one) for one in self.played]

    def as_dict(self) -> dict:
        return {
            "quiz": self.quiz.title,
            "page": self.quiz.pk,
            "course": self.course_key,
            "questions": self.bank.asked,
            "drawn": self.bank.drawn,
            "bank": self.bank.size,
            "warning": self.bank.warning,
            "strategies": [
                {"strategy": one.strategy, "average": one.percent, "passes": one.passed_percent, "draws": one.draws}
                for one in self.played
            ],
            "named": [vars(one) for one in self.named],
        }


class NoSuchQuiz(ValueError):
    """The message is one sentence."""


def quizzes_named(name: str | None) -> list[QuizPage]:
    """The live quizzes of a course key, the one of a page id, or all; each once, in its original language."""
    quizzes = QuizPage.objects.live().select_related("locale").order_by("locale_id", "path")
    if name and name.isdecimal() and len(name) < 10:
        quizzes = quizzes.filter(pk=int(name))
    elif name:
        course = CoursePage.objects.filter(key=name).order_by("locale_id").first()
        quizzes = quizzes.descendant_of(course) if course else quizzes.none()
    found = list({quiz.translation_key: quiz for quiz in reversed(quizzes)}.values())[::-1]
    if name and not found:
        raise NoSuchQuiz(_("Không có bài kiểm tra nào đang mở ở khóa hay trang “%(name)s”.") % {"name": name})
    return found


def check(quiz: QuizPage, draws: int | None = None) -> QuizReport:
    """`draws` None: a thousand. Seven queries, eight with a bank, however many questions there are."""
    questions, rng = QuizQuestions.of(quiz, "key", "texts"), Random(SEED)
    frozen = {key: version.frozen(SOURCE_LANGUAGE) for key, version in questions.versions.items()}
    rows = {row["key"]: row for row in [*questions.fixed, *questions.bank]}
    playable = {key: Playable(frozen[key], row["points"], quiz.shuffle_choices) for key, row in rows.items()}
    attempts = ([playable[row["key"]] for row in questions.drawn((), rng)] for _draw in range(draws or DRAWS))
    played = play(attempts, quiz.pass_percent, rng) if rows else []
    named = [*_strategies(played), *_questions(playable, questions)]
    return QuizReport(quiz, course_of(quiz).key, bank_state(quiz), played, named)


def _strategies(played: list[Played]) -> Iterator[Named]:
    for one in played:
        if one.earns_too_much or one.passes_too_often:
            sentence = _("Ai cũng chọn %(strategy)s thì được trung bình %(average)s %% và đạt %(passes)s %% số lần.")
            params = {
                "strategy": STRATEGY_NAMES[one.strategy],
                "average": _number(one.percent),
                "passes": _number(one.passed_percent),
            }
            yield Named("strategy", one.strategy, sentence % params)


def _questions(playable: dict, questions: QuizQuestions) -> Iterator[Named]:
    names = dict(
        Question.objects.filter(translation_key__in=playable, locale__language_code=SOURCE_LANGUAGE).values_list(
            "translation_key", "name"
        )
    )
    answers = responses_to([questions.versions[key] for key in playable])
    for key, one in playable.items():
        name = names.get(key, str(key))
        if sentence := length_warning(name, one.question):
            yield Named("length", name, sentence)
        for option in never_chosen(one.question, answers.get(questions.versions[key].pk, [])):
            sentence = _("Câu “%(name)s”: chưa ai chọn “%(option)s”.")
            yield Named("unused", name, sentence % {"name": name, "option": one.question.text(option)})


def length_warning(name: str, question) -> str:
    """One sentence where the right option gives itself away by its length, else ""."""
    if not tells_by_length(question):
        return ""
    share = _number(length_percent(question) / 100)
    sentence = _("Câu “%(name)s”: phương án đúng dài gấp %(share)s lần phương án sai dài nhất.")
    return sentence % {"name": name, "share": share}


def responses_to(versions: list[QuestionVersion]) -> dict[int, list[dict]]:
    """{version: the last answer of everybody who was asked it and handed in}, blank ones left out; one query."""
    answers = Answer.objects.filter(item__version__in=versions, item__attempt__submitted_at__isnull=False)
    rows = answers.order_by("item_id", "sequence").values_list("item_id", "item__version_id", "response").iterator()
    given: dict[int, list[dict]] = {}
    for _item, group in groupby(rows, key=lambda row: row[0]):
        *_earlier, (_id, version, response) = group
        if not is_blank(response):
            given.setdefault(version, []).append(response)
    return given


def warnings_of(quiz: QuizPage, draws: int | None = None) -> list[str]:
    """Sentences for who publishes or seeds the quiz."""
    report = check(quiz, draws)
    thin = [report.bank.warning] if report.bank.warning else []
    return [*thin, *(one.sentence for one in report.named)]


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")

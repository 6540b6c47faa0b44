"""An item analysis as a page and a file show it: in words, and no more than its reader may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from django.utils.translation import gettext as _

from courses.analysis.advice import Advice, Option, advise
from courses.questions.kinds.kind import Frozen, Text, kind
from courses.questions.versions import QuestionVersion

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# who may see no person of the whole province sees no group of fewer
FEWEST = 5


@dataclass(frozen=True)
class AnswerRow:
    """An option, an answer or the lack of one: how many gave it, of all and of either end."""

    words: str
    people: int
    upper: int
    lower: int
    letter: str = ""
    is_right: bool = False


@dataclass(frozen=True)
class ShownQuestion:
    """`is_hidden`: its groups are too small for the reader, so that nothing but its words stands here. `is_old`: it was
    asked in these words before it was changed.
    """

    number: int
    version: QuestionVersion
    words: str
    people: int
    is_old: bool
    is_hidden: bool = False
    facility: float | None = None
    right: int = 0
    discrimination: float | None = None
    seconds: int | None = None
    advice: list[Advice] = field(default_factory=list)
    rows: list[AnswerRow] = field(default_factory=list)
    months: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def facility_in_words(self) -> str:
        return percent(self.facility)

    @property
    def discrimination_in_words(self) -> str:
        return _decimal(self.discrimination)

    @property
    def is_urgent(self) -> bool:
        return any(one.is_urgent for one in self.advice)


def questions_of(analysis: Mapping, *, sees_everybody: bool) -> list[ShownQuestion]:
    """What should be looked at first stands first, what is asked no more last; two queries."""
    wanted = [row["version"] for row in analysis["questions"]]
    versions = QuestionVersion.objects.in_bulk(wanted)
    in_force = set(QuestionVersion.objects.current({one.question_key for one in versions.values()}).values())
    found = []
    for number, row in enumerate(analysis["questions"], start=1):
        version = versions[row["version"]]
        found.append(_shown(number, row, version, version.pk not in in_force, sees_everybody))
    return sorted(found, key=lambda one: (one.is_old, one.is_hidden, not one.is_urgent, one.number))


def _shown(number: int, row: Mapping, version: QuestionVersion, old: bool, sees_everybody: bool) -> ShownQuestion:
    question = version.frozen()
    words = str(question.text("text"))
    rows = list(_rows(question, row))
    people, right = row["people"], row["right"]
    if not sees_everybody and _is_small(people, right, rows):
        return ShownQuestion(number, version, words, people if people >= FEWEST else 0, old, is_hidden=True)
    options = [Option(one.letter, one.is_right, one.people, one.upper, one.lower) for one in rows if one.letter]
    return ShownQuestion(
        number,
        version,
        words,
        people,
        old,
        facility=row["facility"],
        right=right,
        discrimination=row["discrimination"],
        seconds=row["seconds"],
        advice=advise(people, row["facility"], row["discrimination"], options),
        rows=rows,
        months=list(_months(row["months"], sees_everybody)),
    )


def _months(months: Iterable, sees_everybody: bool) -> Iterable[tuple[str, int, int]]:
    """(month, people, whole percent); a month of a few people says nothing."""
    for month, people, facility in months:
        wrong = people - round(people * facility)
        parts = [people - wrong, wrong]
        if people >= FEWEST and (sees_everybody or all(part == 0 or part >= FEWEST for part in parts)):
            year, number = month.split("-")
            yield f"{number}/{year}", people, int(rounded_down(facility * 100, 0))


def _is_small(people: int, right: int, rows: list[AnswerRow]) -> bool:
    """Whether a group of one to four people could be read from the question's line or its table."""
    groups = [people, right, people - right]
    for one in rows:
        groups += [one.people, one.upper, one.lower]
    return people < FEWEST or any(0 < group < FEWEST for group in groups)


def _rows(question: Frozen, row: Mapping) -> Iterable[AnswerRow]:
    for number, (id, right, people, upper, lower) in enumerate(row.get("options", [])):
        yield AnswerRow(str(question.text(id)), people, upper, lower, LETTERS[number], right)
    for response, right, people, upper, lower in row.get("answers", []):
        yield AnswerRow(_given(question, response), people, upper, lower, is_right=right)
    if row.get("others", [0])[0]:
        yield AnswerRow(_("Các câu trả lời khác"), *row["others"])
    if row["blank"][0]:
        yield AnswerRow(_("Không trả lời"), *row["blank"])


def _given(question: Frozen, response: Mapping) -> str:
    module = kind(question.kind)
    given: list[Text] = module.answering(question, module.choice_order(question.structure, None), response)["given"]
    return " · ".join(given)


def rounded_down(number: float | Fraction, digits: int) -> float:
    """As all shares here, so that what is not quite everything is never shown as all of it."""
    # what is stored of a share lies a hair beside it
    return floor(round(float(number) * 10**digits, 6)) / 10**digits


def percent(share: float | Fraction | None) -> str:
    """To show, with a decimal comma: 0.6666 is "66,6"; "–" where it is not known."""
    return "–" if share is None else f"{rounded_down(share * 100, 1):.1f}".replace(".", ",").removesuffix(",0")


def _decimal(number: float | None) -> str:
    return "–" if number is None else f"{rounded_down(number, 2):.2f}".replace(".", ",").replace("-", "−")


@dataclass(frozen=True)
class Summary:
    """What is said of the quiz as a whole; `scores` is empty where a column would tell of too few people."""

    people: int
    mean: str
    passed: str
    alpha: str
    error: str
    spread: str
    minutes: str
    is_drawn: bool
    reliability: str
    scores: list[tuple[str, int]]


def shown(analysis: Mapping, *, sees_everybody: bool) -> tuple[Summary, list[ShownQuestion]]:
    """Where a question is hidden, what is said of all of them is too: it could be worked out from the others."""
    questions = questions_of(analysis, sees_everybody=sees_everybody)
    if any(one.is_hidden for one in questions):
        analysis = {**analysis, **dict.fromkeys(("mean", "spread", "alpha", "error", "passed", "scores"))}
    return summary_of(analysis, sees_everybody=sees_everybody), questions


def summary_of(analysis: Mapping, *, sees_everybody: bool) -> Summary:
    people, passed, alpha, scores = (analysis[name] for name in ("people", "passed", "alpha", "scores"))
    if not sees_everybody and scores:
        scores = scores if all(count == 0 or count >= FEWEST for count in scores) else []
        passed = passed if all(part == 0 or part >= FEWEST for part in (passed, people - passed)) else None
    tenths = [_("%(low)d đến dưới %(high)d %%") % {"low": low * 10, "high": low * 10 + 10} for low in range(10)]
    return Summary(
        people,
        percent(analysis["mean"]),
        percent(Fraction(passed, people) if people and passed is not None else None),
        _("chưa tính được") if alpha is None else _decimal(alpha),
        percent(analysis["error"]),
        percent(analysis["spread"]),
        "–" if analysis["minutes"] is None else f"{analysis['minutes']:.0f}",
        analysis["drawn"],
        _of_reliability(alpha),
        list(zip([*tenths, "100 %"], scores, strict=True)) if scores else [],
    )


def _of_reliability(alpha: float | None) -> str:
    """Nunnally, J. C., & Bernstein, I. H. (1994), Psychometric theory, 3rd ed., p. 265: 0.7 is enough to begin with,
    0.8 for comparing groups.
    """
    if alpha is None:
        return ""
    if alpha >= 0.8:
        return _("Điểm của bài này đáng tin để so các nhóm.")
    if alpha >= 0.7:
        return _("Điểm của bài này tạm đủ tin cậy.")
    return _("Điểm còn dao động nhiều: thêm câu, hoặc sửa những câu ít phân biệt.")

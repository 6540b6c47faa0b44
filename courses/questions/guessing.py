"""What somebody earns who reads no question: pure, with the chance passed in.

A strategy chooses between the options of a question by what they look like. Where a kind leaves nothing to choose, one
does what its `guesses` says: a single option is ticked where several are right, steps stay as shown, rows are matched
by lot.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from courses.questions.kinds.kind import Frozen, drawn_order, kind
from courses.questions.kinds.true_false import FALSE, TRUE
from courses.questions.reading import SYLLABLE, syllables

DRAWS = 1000
# percent: what a strategy may earn on average, of how many draws it may pass
MOST_EARNED, MOST_PASSED = 45, 5
# percent: how long the longest right option may be, of the longest wrong one
MOST_LENGTH = 130
# answers before an option that nobody chose says something
ENOUGH_ANSWERS = 30

NUMBER = re.compile(r"\d+(?:[.,/]\d+)*|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn)\b", re.IGNORECASE)


def numbers(text: str) -> int:
    return len(NUMBER.findall(text))


def specific(text: str) -> int:
    """Numbers, names within the sentence, quotations and commas."""
    names = sum(word[:1].isupper() for word in SYLLABLE.findall(text)[1:])
    return numbers(text) + names + text.count("“") + text.count(",")


@dataclass
class Playable:
    """A question with its weight, and what is worked out about it once for all draws."""

    question: Frozen
    points: int = 100
    shuffled: bool = True
    _earned: dict[tuple[str, ...], int | Fraction] = field(default_factory=dict)
    _looks: dict[tuple[str, str], int] = field(default_factory=dict)

    def order(self, rng: Random) -> list[str]:
        return drawn_order(self.question.kind, self.question.structure, rng, shuffled=self.shuffled)

    def guesses(self, order: list[str], rng: Random) -> list[list[str]]:
        return kind(self.question.kind).guesses(self.question.structure, order, rng)

    def earned(self, guess: Sequence[str]) -> int | Fraction:
        known = tuple(guess)
        if known not in self._earned:
            mark = kind(self.question.kind).mark(self.question, {"choices": list(guess)}, self.points)
            self._earned[known] = mark.points
        return self._earned[known]

    def looks(self, name: str, measure: Callable[[str], int], option: str) -> int:
        if (name, option) not in self._looks:
            self._looks[name, option] = measure(self.question.text(option))
        return self._looks[name, option]


@dataclass(frozen=True)
class Options:
    """The options of one question as shown. `place` is where somebody clicks in the whole attempt, from 0."""

    question: Playable
    ids: Sequence[str]
    place: int
    rng: Random

    def most(self, name: str, measure: Callable[[str], int]) -> str:
        """Ties are broken by lot."""
        return self._one_of_rank(0, name, measure)

    def second(self, name: str, measure: Callable[[str], int]) -> str:
        return self._one_of_rank(1, name, measure)

    def _one_of_rank(self, rank: int, name: str, measure: Callable[[str], int]) -> str:
        looks = [self.question.looks(name, measure, id) for id in self.ids]
        wanted = sorted(looks, reverse=True)[rank]
        return self.rng.choice([id for id, look in zip(self.ids, looks, strict=True) if look == wanted])

    def named(self, id: str) -> str:
        """That option where there is one of the name, else any."""
        return id if id in self.ids else self.rng.choice(self.ids)


STRATEGIES: Mapping[str, Callable[[Options], str]] = {
    "longest": lambda options: options.most("longest", len),
    "second longest": lambda options: options.second("longest", len),
    "first": lambda options: options.ids[0],
    "has a number": lambda options: options.most("number", numbers),
    "most specific": lambda options: options.most("specific", specific),
    "always the same place": lambda options: options.ids[min(options.place, len(options.ids) - 1)],
    "always Đúng": lambda options: options.named(TRUE),
    "always Sai": lambda options: options.named(FALSE),
}
PLACES = 4


@dataclass(frozen=True)
class Played:
    """What one strategy came to: hundredths of points, and draws."""

    strategy: str
    earned: int | Fraction
    out_of: int
    passed: int
    draws: int

    @property
    def percent(self) -> float:
        """For people to read; rules compare whole numbers."""
        return float(round(Fraction(self.earned * 100, self.out_of), 1)) if self.out_of else 0.0

    @property
    def passed_percent(self) -> float:
        return round(self.passed * 100 / self.draws, 1) if self.draws else 0.0

    @property
    def earns_too_much(self) -> bool:
        return self.earned * 100 > MOST_EARNED * self.out_of

    @property
    def passes_too_often(self) -> bool:
        return self.passed * 100 > MOST_PASSED * self.draws


def play(attempts: Iterable[Sequence[Playable]], pass_percent: int, rng: Random) -> list[Played]:
    """Every strategy at every attempt, each with the same questions in the same order."""
    earned: dict[str, int | Fraction] = dict.fromkeys(STRATEGIES, 0)
    passed = dict.fromkeys(STRATEGIES, 0)
    out_of = draws = 0
    for questions in attempts:
        possible = sum(question.points for question in questions)
        shown = [(question, question.order(rng)) for question in questions]
        place = rng.randrange(PLACES)
        for name in STRATEGIES:
            score = sum(_earned(name, question, order, place, rng) for question, order in shown)
            earned[name] += score
            passed[name] += score * 100 >= pass_percent * possible
        out_of, draws = out_of + possible, draws + 1
    return [Played(name, earned[name], out_of, passed[name], draws) for name in STRATEGIES]


def _earned(name: str, question: Playable, order: list[str], place: int, rng: Random) -> int | Fraction:
    guesses = question.guesses(order, rng)
    if len(guesses) == 1:
        return question.earned(guesses[0])
    return question.earned([STRATEGIES[name](Options(question, [guess[0] for guess in guesses], place, rng))])


def option_ids(question: Frozen) -> list[str]:
    """Of a question in which one picks options; of any other, none."""
    order = drawn_order(question.kind, question.structure, Random(0), shuffled=False)
    guesses = kind(question.kind).guesses(question.structure, order, Random(0))
    return [guess[0] for guess in guesses] if len(guesses) > 1 else []


def length_percent(question: Frozen) -> int:
    """The longest right option in percent of the longest wrong one, in syllables, rounded up; 0 where there are not
    both."""
    right = set(question.key["right"])
    lengths: dict[bool, list[int]] = {True: [], False: []}
    for id in option_ids(question):
        lengths[id in right].append(syllables(question.text(id)))
    if not all(lengths.values()) or not max(lengths[False]):
        return 0
    return -(-max(lengths[True]) * 100 // max(lengths[False]))


def tells_by_length(question: Frozen) -> bool:
    return length_percent(question) > MOST_LENGTH


def never_chosen(question: Frozen, responses: Sequence[Mapping]) -> list[str]:
    """Options that nobody chose, once enough answered; `responses` are not blank."""
    if len(responses) < ENOUGH_ANSWERS:
        return []
    chosen = {id for response in responses for id in response.get("choices", [])}
    return [id for id in option_ids(question) if id not in chosen]

"""Questions that a row raises where nobody but the sender can know what was meant, and the answers to them.

    LOST_ZERO = QuestionKind("so_0_dau", _("Mã có thể đã mất số 0 ở đầu"), (
        Choice("nguoi_cu", _("Là người đã có")), Choice("nguoi_moi", _("Là người khác")), LEAVE_OUT))

    if listener.ask(LOST_ZERO, item, line, "ma_can_bo", _("“123” là “00123” (Lan)")) == "nguoi_moi": ...

`ask` returns the key of the choice that was taken for this row, else for all rows of the kind. Otherwise it raises
`Unanswered` or `LeftOut`; both are CellErrors, so an import lets them pass to where it rejects a row. Ask before
anything of the row is changed. (docs/imports.md)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tabular.cells import CellError, Line

# answers for every row of a kind, in place of a line
ALL = "*"
# begins what stands in place of a line where an answer is for all rows of a kind that say the same
GROUP = "="


@dataclass(frozen=True)
class Choice:
    """`key` is kept with the import and given on the command line."""

    key: str
    label: Any


LEAVE_OUT = Choice("bo_dong", gettext_lazy("Không nhập dòng này"))


# by key, since only that is kept with an import; kinds that share one share its title
_KINDS: dict[str, list["QuestionKind"]] = {}


@dataclass(frozen=True)
class QuestionKind:
    """`title` says what all rows of the kind have in common; `choices` can be taken for all of them at once.

    `unless_answered` is the choice of a row that nobody answers; without one such a row waits.
    """

    key: str
    title: Any
    choices: tuple[Choice, ...]
    unless_answered: Choice | None = None

    def __post_init__(self):
        _KINDS.setdefault(self.key, []).append(self)


def kind_title(key: str) -> str:
    """Of a kind by its key; the key itself where an earlier version asked it."""
    return str(_KINDS[key][0].title) if key in _KINDS else key


def choice_label(kind: str, key: str) -> str:
    """Of a choice that all rows of the kind have; "" for one that a single row had."""
    choices = (choice for one in _KINDS.get(kind, ()) for choice in one.choices)
    return next((str(choice.label) for choice in choices if choice.key == key), "")


@dataclass(frozen=True)
class Question:
    """One row's question; `choices` are those of the kind and those of this row alone. No answer is "".

    Rows of one `group` ask the same with the same choices, so one answer is enough for them.
    """

    kind: QuestionKind
    item: str
    line: Line
    column: str
    words: str
    choices: tuple[Choice, ...]
    answer: str
    group: str = ""


class Unanswered(CellError):
    """The row waits for an answer."""


class LeftOut(CellError):
    """The answer was not to take the row."""


class Listener(Protocol):
    """Who reads a table hears what is passed over, and answers what only the sender can know."""

    def ask(
        self,
        kind: QuestionKind,
        item: str,
        line: Line,
        column: str,
        words: str,
        more: tuple[Choice, ...] = (),
        group: str = "",
    ) -> str: ...

    def note(self, item: str, line: Line | None, reason: str) -> None: ...

    def pass_over(self, item: str, line: Line, reason: str) -> None:
        """A line that is no row of the table; `item` is its code, if it has one."""


class Answers:
    """The answers kept with an import, as JSON: {kind: {"*", "=" and a group, or line key: choice}}."""

    def __init__(self, kept: dict[str, dict[str, str]] | None = None):
        self.kept = {kind: dict(taken) for kind, taken in (kept or {}).items()}

    def add(self, kind: str, line: str, choice: str) -> None:
        """Keeps the choice; "" takes back what was chosen before."""
        self.kept.setdefault(kind, {}).pop(line, None)
        if choice:
            self.kept[kind][line] = choice

    def to(self, kind: QuestionKind, line: Line, choices: Iterable[Choice], group: str = "") -> str:
        """The choice for this row, else the one for its group, else for all rows; "" where none is one of `choices`."""
        taken, keys = self.kept.get(kind.key, {}), {choice.key for choice in choices}
        places = (line.key, GROUP + group, ALL)
        return next((key for key in map(taken.get, places) if key in keys), "")

    def ask(
        self,
        kind: QuestionKind,
        item: str,
        line: Line,
        column: str,
        words: str,
        more: tuple[Choice, ...] = (),
        group: str = "",
    ) -> Question:
        choices = (*more, *kind.choices)
        given = self.to(kind, line, choices, group) or (kind.unless_answered.key if kind.unless_answered else "")
        return Question(kind, item, line, column, words, choices, given, group)


def taken(question: Question) -> str:
    """The key of the choice. Raises Unanswered or LeftOut."""
    if question.answer == LEAVE_OUT.key:
        raise LeftOut(question.column, _("Không nhập, theo câu trả lời."))
    if not question.answer:
        choices = " / ".join(f"“{choice.label}”" for choice in question.choices)
        params = {"words": question.words, "choices": choices}
        raise Unanswered(question.column, _("%(words)s Hãy trả lời: %(choices)s.") % params)
    return question.answer

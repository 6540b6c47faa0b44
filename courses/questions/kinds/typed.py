"""What the kinds share that are answered by typing: what is kept of an answer, and which answers are alike."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from courses.questions.kinds.kind import BadAnswer, Text
from letters.folding import spelled, visible

# letters of a typed answer
LONGEST = 300
CASE, MARKS, SPACES = "case", "marks", "spaces"
FOLDS = [
    (CASE, gettext_lazy("chữ hoa, chữ thường")),
    (MARKS, gettext_lazy("dấu")),
    (SPACES, gettext_lazy("khoảng trắng")),
]
WHOLE = 100
USUAL_FOLDS = [CASE, SPACES]


def folds_block(help_text) -> blocks.MultipleChoiceBlock:
    """The author's choice of what does not count when an answer is compared."""
    return blocks.MultipleChoiceBlock(
        label=gettext_lazy("Không phân biệt"),
        choices=FOLDS,
        required=False,
        default=USUAL_FOLDS,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


def choice_order(structure: Mapping, rng: Random | None) -> list[str]:
    """Of a kind with one box: there is nothing to put in order."""
    return []


def guesses(structure: Mapping, order: list[str], rng: Random) -> list[list[str]]:
    """Of a kind with one box: nothing can be chosen."""
    return [[]]


def posted_text(posted: Mapping[str, Sequence[str]]) -> str:
    """What was typed into the one box of a question, as it is kept. Raises BadAnswer."""
    return kept(next(reversed(posted.get("choice") or [""])))


def kept(text: str) -> str:
    """What was typed, without signs that nobody can see. Raises BadAnswer."""
    text = visible(text)
    if len(text) > LONGEST:
        raise BadAnswer(_("Câu trả lời dài quá %(most)d chữ. Hãy viết ngắn lại.") % {"most": LONGEST})
    return text


def folded(text: str, folds: Collection[str]) -> str:
    """Equal for answers that count as the same. Where case counts, the place of a tone mark does too."""
    text = spelled(text) if CASE in folds else visible(text)
    if MARKS in folds:
        text = _without_marks(text)
    return text.replace(" ", "") if SPACES in folds else text


def _without_marks(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", plain).replace("đ", "d").replace("Đ", "D")


@dataclass(frozen=True)
class Accepted:
    """An answer that earns `share` percent of the points; `texts` are its wordings in all languages."""

    id: str
    texts: Sequence[str]
    share: int = WHOLE


def best(typed: str, accepted: Sequence[Accepted], folds: Collection[str]) -> Accepted | None:
    """The accepted answer that earns most; the first of equals."""
    own = folded(typed, folds)
    fits = [each for each in accepted if own in {folded(text, folds) for text in each.texts if text}]
    return max(fits, key=lambda each: each.share) if own and fits else None


def earned(share: int, out_of: int) -> Fraction:
    return Fraction(out_of * share, WHOLE)


def typed_in(response: Mapping | None) -> str:
    return next(iter((response or {}).get("choices", [])), "")


@dataclass(frozen=True)
class Field:
    """One box as a template shows it. `right` and `answer` are None while the key must stay hidden."""

    name: str
    value: str
    right: bool | None = None
    answer: Text | None = None
    feedback: Text | None = None
    unit: Text | None = None

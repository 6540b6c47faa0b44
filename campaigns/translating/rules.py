"""What becomes of a translated sentence; pure. A state is the state of what the translator last wrote; what readers
see stands beside it (`live_text`) and changes by an approval or a withdrawal alone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("bản nháp")
    AWAITING = "awaiting", _("chờ duyệt")
    APPROVED = "approved", _("đã duyệt")
    OUTDATED = "outdated", _("câu gốc đã sửa")
    WITHDRAWN = "withdrawn", _("đã rút")


# of a sentence without a row, or with nothing written yet
MISSING = "missing"
LABELS = {MISSING: _("chưa có"), **{state.value: state.label for state in State}}
# the states on which a translator has something to do
TO_TRANSLATE = frozenset({MISSING, State.DRAFT.value, State.OUTDATED.value, State.WITHDRAWN.value})
# of a whole message, the first that fits; a message in which nothing is written is missing
WORST_FIRST = (State.WITHDRAWN, State.OUTDATED, State.DRAFT, State.AWAITING)


def after_change(state: str, is_as_translated: bool) -> str:
    """The Vietnamese sentence was changed; `is_as_translated`: back to what the live text translates."""
    if state in (State.APPROVED, State.OUTDATED):
        return State.APPROVED if is_as_translated else State.OUTDATED
    # nobody approves a translation of something else than she reads
    return State.DRAFT if state == State.AWAITING else state


def after_wrong(state: str, was_live: bool) -> str:
    """The Vietnamese sentence was wrong: what was live is withdrawn, what is written waits for its translator."""
    if was_live or state in (State.APPROVED, State.OUTDATED, State.WITHDRAWN):
        return State.WITHDRAWN
    return State.DRAFT


def may_approve(
    person: int, approvers: Collection[int], hands: Iterable[int | None], voices: Iterable[int] = ()
) -> bool:
    """The approver is a native speaker who is neither translator nor voice of what she approves: `hands` wrote the text
    since it was approved last, `voices` spoke it.
    """
    return person in approvers and person not in {*hands, *voices}


@dataclass(frozen=True)
class Sentence:
    """A Vietnamese sentence as it is now, and what a language has of it."""

    text: str
    after: str
    live: str = ""


def composed(sentences: Iterable[Sentence]) -> str:
    """What readers see: approved text, and the Vietnamese sentence where there is none."""
    return "".join((one.live or one.text) + one.after for one in sentences).strip()


def state_of(states: Collection[str], sentences: int) -> str:
    """The state of a message of so many sentences by the stored states of those that have a row."""
    there = set(states)
    if len(states) == sentences and there == {State.APPROVED.value}:
        return State.APPROVED
    return next((state.value for state in WORST_FIRST if state in there), MISSING)

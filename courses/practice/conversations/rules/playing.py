"""The rules of a conversation: what an utterance does to trust, what is learnt by it, and where it leads."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from courses.practice.conversations.rules.graph import BY_OUTCOME, Choice, Conversation, End, Turn

# kinds of utterance; what is no question is counted apart, and a harm may be either
QUESTIONS = ("open", "focused", "closed", "leading", "pressing")
NO_QUESTIONS = ("reflecting", "choice", "informing")
HARMS = ("leading", "pressing", "blaming", "promising")
KINDS = (*QUESTIONS, "blaming", "promising", *NO_QUESTIONS)


@dataclass(frozen=True)
class Said:
    """One utterance and what it did. `trust` is after it; `learnt` are only the items new by it."""

    turn: Turn
    choice: Choice
    trust: int
    learnt: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """`at` names a turn or an end; `learnt` are items in the order in which they came out."""

    at: str
    trust: int
    learnt: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()


def start(conversation: Conversation) -> State:
    return State(conversation.first, conversation.trust.start)


def say(conversation: Conversation, state: State, index: int) -> State:
    """The state after the utterance `index` of the current turn, counted from 0 in the order of the file."""
    turn = conversation.turn(state.at)
    if turn is None or not 0 <= index < len(turn.choices):
        raise ValueError(f"{state.at} has no utterance {index}")
    choice = turn.choices[index]
    trust = moved(conversation, state.trust, choice)
    new = tuple(dict.fromkeys(name for name in choice.reveals if name not in state.learnt))
    after = replace(state, trust=trust, learnt=state.learnt + new)
    to = leads_to(conversation, after, choice)
    return replace(after, at=to, said=(*state.said, Said(turn, choice, trust, new)))


def moved(conversation: Conversation, trust: int, choice: Choice) -> int:
    """Points are only summed; trust stays within its bounds."""
    if conversation.by_points:
        return trust + choice.trust
    return max(conversation.trust.least, min(conversation.trust.most, trust + choice.trust))


def leads_to(conversation: Conversation, after: State, choice: Choice) -> str:
    """`after` has the trust and the items after `choice`; lost trust closes the conversation whatever `next` says."""
    shut = conversation.shut.name if conversation.shut else ""
    if not conversation.by_points and after.trust <= conversation.trust.close_at:
        return shut
    if choice.next != BY_OUTCOME:
        return choice.next
    return next((end.name for end in conversation.ends if _is_reached(end, after)), shut)


def _is_reached(end: End, after: State) -> bool:
    return end.kind != "closed" and after.trust >= end.trust and set(end.learnt) <= set(after.learnt)


def replay(conversation: Conversation, indexes: Iterable[int]) -> State:
    state = start(conversation)
    for index in indexes:
        state = say(conversation, state, index)
    return state


def is_done(conversation: Conversation, end: End, points: int) -> bool:
    """Whether a run that came to `end` counts for the course: the person did not close up or leave; a branching case
    is passed by its good end and `pass_points`."""
    if conversation.by_points:
        return end.kind == "good" and points >= conversation.pass_points
    return end.kind != "closed"

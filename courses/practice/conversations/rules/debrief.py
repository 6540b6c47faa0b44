"""What is said after a conversation; content/learning/phong-van/README.md, “Debrief”."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from courses.practice.conversations.rules.graph import KINDS_OF_END, Conversation, End, Item
from courses.practice.conversations.rules.playing import HARMS, KINDS, NO_QUESTIONS, QUESTIONS, Said, State, is_done


@dataclass(frozen=True)
class Outcome:
    """What is kept of a run for good, without a word that was said. `counts`: utterances by kind, only those used."""

    end: str
    kind: str
    trust: int
    counts: Mapping[str, int]
    learnt: tuple[str, ...]
    done: bool

    @property
    def rank(self) -> tuple[int, int, int]:
        """The best of all runs has the highest: by kind of end, then items learnt, then trust."""
        worse_ones = len(KINDS_OF_END) - KINDS_OF_END.index(self.kind)
        return worse_ones, len(self.learnt), self.trust


@dataclass(frozen=True)
class Harm:
    """Harms of one kind; `said` are empty once the utterances of the run are dropped."""

    kind: str
    count: int
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Debrief:
    end: End
    outcome: Outcome
    questions: int
    open_questions: int
    other_words: int
    harms: tuple[Harm, ...]
    learnt: tuple[Item, ...]
    missed: tuple[Item, ...]

    @property
    def asked_openly(self) -> bool:
        """Half or more of the questions were open."""
        return self.questions > 0 and 2 * self.open_questions >= self.questions


def outcome_of(conversation: Conversation, state: State) -> Outcome:
    """Of a state that stands at an end."""
    end = conversation.end(state.at)
    if end is None:
        raise ValueError(f"{state.at} is no end")
    counted = Counter(said.choice.kind for said in state.said)
    counts = {kind: counted[kind] for kind in KINDS if counted[kind]}
    done = is_done(conversation, end, state.trust)
    return Outcome(end.name, end.kind, state.trust, counts, state.learnt, done)


def debrief(conversation: Conversation, outcome: Outcome, said: tuple[Said, ...] = ()) -> Debrief:
    end = conversation.end(outcome.end)
    if end is None:
        raise ValueError(f"{outcome.end} is no end")
    counts = Counter(outcome.counts)
    questions = sum(counts[kind] for kind in QUESTIONS)
    harms = [Harm(kind, counts[kind], tuple(one for one in said if one.choice.kind == kind)) for kind in HARMS]
    return Debrief(
        end,
        outcome,
        questions,
        counts["open"],
        sum(counts[kind] for kind in NO_QUESTIONS),
        tuple(harm for harm in harms if harm.count),
        tuple(item for item in conversation.must_learn if item.name in outcome.learnt),
        tuple(item for item in conversation.must_learn if item.name not in outcome.learnt),
    )

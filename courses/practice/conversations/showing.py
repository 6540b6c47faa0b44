"""What a screen of a run shows: the turns so far, the turn to speak in with its utterances, or the debrief."""

import random
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from courses.practice.conversations.rules import wording
from courses.practice.conversations.rules.checks import Note, faults
from courses.practice.conversations.rules.debrief import Debrief, debrief, outcome_of
from courses.practice.conversations.rules.graph import Choice, Conversation, Item, Turn
from courses.practice.conversations.rules.playing import KINDS, Said, State, replay
from courses.practice.conversations.runs import ConversationRun
from courses.practice.conversations.speaking import state_of
from courses.practice.conversations.words import words_for

# what an utterance did to trust, from −2 or less to 2 or more
CHANGES = {
    -2: _("Lòng tin giảm nhiều."),
    -1: _("Lòng tin giảm một chút."),
    0: _("Lòng tin không đổi."),
    1: _("Lòng tin tăng một chút."),
    2: _("Lòng tin tăng rõ."),
}


@dataclass(frozen=True)
class Told:
    """One utterance as it is told again; `level` is that of the sentence about trust, from 1."""

    position: int
    said: Said
    change: str
    level: int
    trust: str
    learnt: tuple[Item, ...]


@dataclass(frozen=True)
class HarmTold:
    label: str
    advice: str
    count: int
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Talk:
    """`turn` is None at an end, where `debrief` says what was done. `options` are (index, utterance) as drawn."""

    conversation: Conversation
    words: wording.Words
    told: tuple[Told, ...]
    turn: Turn | None
    options: tuple[tuple[int, Choice], ...]
    debrief: Debrief | None

    @property
    def last(self) -> Told | None:
        return self.told[-1] if self.told else None

    @property
    def position(self) -> int:
        return len(self.told) + 1

    @property
    def who(self) -> str:
        """How the person is called where a sentence begins with it."""
        call = self.conversation.person.call
        return call[:1].upper() + call[1:]

    @property
    def levels(self) -> range:
        return range(1, len(self.words.trust) + 1)

    @property
    def harms(self) -> list[HarmTold]:
        found = self.debrief.harms if self.debrief else ()
        words = self.words
        return [HarmTold(words.kind(h.kind).label, words.kind(h.kind).debrief, h.count, h.said) for h in found]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """(label, how often) by kind; a database keeps the names of a JSON object in an order of its own."""
        counted = self.debrief.outcome.counts if self.debrief else {}
        return [(self.words.kind(kind).label, counted[kind]) for kind in KINDS if kind in counted]


def talk_of(run: ConversationRun) -> Talk:
    """One query, for the turns; `run` comes with its version. Without its turns an ended run has its debrief."""
    conversation, words, turns = run.version.conversation(), run.version.wording(), list(run.turns.all())
    state = state_of(run, conversation, turns)
    told = _told(conversation, words, state)
    if run.ended_at:
        return Talk(conversation, words, told, None, (), debrief(conversation, run.outcome, state.said))
    turn, order = conversation.turn(state.at), turns[-1].order
    return Talk(conversation, words, told, turn, _options(turn, order), None)


def _told(conversation: Conversation, words: wording.Words, state: State) -> tuple[Told, ...]:
    rows = []
    for position, said in enumerate(state.said, 1):
        change = CHANGES[max(-2, min(2, said.choice.trust))]
        items = tuple(item for item in conversation.must_learn if item.name in said.learnt)
        rows.append(Told(position, said, str(change), words.level(said.trust), words.of_trust(said.trust), items))
    return tuple(rows)


def _options(turn: Turn | None, order: list[int]) -> tuple[tuple[int, Choice], ...]:
    return tuple((index, turn.choices[index]) for index in order) if turn else ()


@dataclass(frozen=True)
class Trial:
    """A play-through of a draft, in which nothing is kept: all that was said so far stands in the address."""

    faults: list[Note]
    talk: Talk | None
    said: str


def trial_of(page, said: str) -> Trial:
    """`said` are the places of the utterances, joined by dots; what cannot be played again begins anew."""
    conversation = page.conversation()
    if found := faults(conversation):
        return Trial(found, None, "")
    try:
        state = replay(conversation, [int(place) for place in said.split(".") if place])
    except ValueError:
        said, state = "", replay(conversation, [])
    words, turn = wording.read(words_for(page.locale_id)), conversation.turn(state.at)
    order = list(range(len(turn.choices))) if turn else []
    # the same at each reload
    random.Random(said).shuffle(order)
    ended = None if turn else debrief(conversation, outcome_of(conversation, state), state.said)
    talk = Talk(conversation, words, _told(conversation, words, state), turn, _options(turn, order), ended)
    return Trial([], talk, f"{said}." if said else "")

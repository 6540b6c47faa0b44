"""A conversation as it is played: turns, ends and what a good one learns, in frozen dataclasses.

`read` takes the shape of a starter file, which is also what a version keeps:

    {"title", "minutes", "scoring": "trust" | "points", "pass_points": int,
     "person": {"call", "age", "appears", "hidden", "fears": [str], "wants": [str]},
     "setting": {"where", "when", "role", "around", "before"},
     "must_learn": [{"id", "kind": "safety" | "need" | "consent" | "fact", "what", "if_missed"}],
     "never_needed": [{"what", "why"}],
     "trust": {"start", "min", "max", "close_at"}, "first": id of a turn,
     "turns": [{"id", "at", "choices": [{"say", "type", "trust", "answer", "reveals": [id], "remark", "next"}]}],
     "ends": [{"id", "kind": "good" | "partly" | "poor" | "closed", "trust", "learnt": [id], "text"}],
     "keep_words": [str], "sources": [{"cite"}]}

A branching case (`scoring` "points") has no trust that opens or closes anything: its `trust` are points, summed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

TRUST, POINTS = "trust", "points"
# the name of `next` that lets trust and what was learnt decide on the end
BY_OUTCOME = "het"
# the name of the end to which a conversation comes when trust is gone
SHUT = "dong-lai"
# from the best to the worst
KINDS_OF_END = ("good", "partly", "poor", "closed")
KINDS_OF_ITEM = ("safety", "need", "consent", "fact")


@dataclass(frozen=True)
class Choice:
    say: str
    kind: str
    trust: int
    answer: str
    reveals: tuple[str, ...]
    remark: str
    next: str


@dataclass(frozen=True)
class Turn:
    name: str
    at: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class End:
    """`trust` and `learnt` are what it asks for where the outcome decides; a named end asks for nothing."""

    name: str
    kind: str
    text: str
    trust: int = 0
    learnt: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    name: str
    kind: str
    what: str
    if_missed: str


@dataclass(frozen=True)
class Trust:
    start: int = 0
    least: int = 0
    most: int = 0
    close_at: int = 0


@dataclass(frozen=True)
class Person:
    """`hidden`, `fears` and `wants` are told in the debrief only."""

    call: str = ""
    age: int | None = None
    appears: str = ""
    hidden: str = ""
    fears: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    where: str = ""
    when: str = ""
    role: str = ""
    around: str = ""
    before: str = ""


@dataclass(frozen=True)
class Conversation:
    title: str
    scoring: str
    pass_points: int
    person: Person
    setting: Setting
    trust: Trust
    first: str
    turns: tuple[Turn, ...]
    ends: tuple[End, ...]
    must_learn: tuple[Item, ...] = ()
    never_needed: tuple[tuple[str, str], ...] = ()
    keep_words: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def by_points(self) -> bool:
        return self.scoring == POINTS

    @cached_property
    def _turns(self) -> dict[str, Turn]:
        return {turn.name: turn for turn in self.turns}

    @cached_property
    def _ends(self) -> dict[str, End]:
        return {end.name: end for end in self.ends}

    def turn(self, name: str) -> Turn | None:
        return self._turns.get(name)

    def end(self, name: str) -> End | None:
        return self._ends.get(name)

    def item(self, name: str) -> Item | None:
        return next((item for item in self.must_learn if item.name == name), None)

    @property
    def shut(self) -> End | None:
        return self.end(SHUT)


def read(data: Mapping) -> Conversation:
    trust = data.get("trust") or {}
    return Conversation(
        title=data.get("title", ""),
        scoring=data.get("scoring") or TRUST,
        pass_points=data.get("pass_points") or 0,
        person=_person(data.get("person") or {}),
        setting=Setting(**{name: (data.get("setting") or {}).get(name) or "" for name in Setting.__dataclass_fields__}),
        trust=Trust(trust.get("start", 0), trust.get("min", 0), trust.get("max", 0), trust.get("close_at", 0)),
        first=data.get("first", ""),
        turns=tuple(_turn(turn) for turn in data.get("turns", ())),
        ends=tuple(_end(end) for end in data.get("ends", ())),
        must_learn=tuple(
            Item(item["id"], item["kind"], item["what"], item["if_missed"]) for item in data.get("must_learn", ())
        ),
        never_needed=tuple((item["what"], item["why"]) for item in data.get("never_needed", ())),
        keep_words=tuple(data.get("keep_words", ())),
        sources=tuple(source["cite"] for source in data.get("sources", ())),
    )


def _person(data: Mapping) -> Person:
    fears, wants = tuple(data.get("fears", ())), tuple(data.get("wants", ()))
    texts = {name: data.get(name) or "" for name in ("call", "appears", "hidden")}
    return Person(age=data.get("age"), fears=fears, wants=wants, **texts)


def _turn(data: Mapping) -> Turn:
    return Turn(data["id"], data["at"], tuple(_choice(choice) for choice in data["choices"]))


def _choice(data: Mapping) -> Choice:
    reveals = tuple(data.get("reveals") or ())
    return Choice(
        data["say"], data.get("type", ""), data["trust"], data["answer"], reveals, data["remark"], data["next"]
    )


def _end(data: Mapping) -> End:
    return End(data["id"], data["kind"], data["text"], data.get("trust") or 0, tuple(data.get("learnt") or ()))

"""Registry of question kinds. Adding a kind is one module, one line in KINDS and a migration for the editing block."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import import_module
from random import Random

from wagtail import blocks

# name of the kind: module that defines it (see `kind`)
KINDS = {
    "single_choice": "courses.questions.kinds.single_choice",
    "multiple_choice": "courses.questions.kinds.multiple_choice",
    "true_false": "courses.questions.kinds.true_false",
    "ordering": "courses.questions.kinds.ordering",
    "matching": "courses.questions.kinds.matching",
    "short_answer": "courses.questions.kinds.short_answer",
    "numeric": "courses.questions.kinds.numeric",
    "missing_words": "courses.questions.kinds.missing_words",
}


def stable_id(*parts: str) -> str:
    """A block id that is the same at every import of the same content."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "la-chan:" + "/".join(parts)))


class BadAnswer(ValueError):
    """The posted answer does not fit the question. The message is one sentence for the learner."""


class Text(str):
    """A text of a question; `lang` is its language when it is not the one asked for, else ""."""

    lang: str

    def __new__(cls, text: str, lang: str = ""):
        instance = super().__new__(cls, text)
        instance.lang = lang
        return instance


@dataclass(frozen=True)
class Frozen:
    """A question as published: all that marking, validation and templates may use.

    `structure` and `key` are the kind's own JSON; `texts` is {name: Text} in one language, with the source language
    where that one has no text. Every kind has the names "text", "explanation", "source" and "hint".
    """

    kind: str
    structure: Mapping
    key: Mapping
    texts: Mapping[str, Text] = field(default_factory=dict)

    def text(self, name: str) -> Text:
        return self.texts.get(name) or Text("")


@dataclass(frozen=True)
class Mark:
    """`points` of `out_of`, both in hundredths of a point; `right` when all of it was earned. Two thirds stay two
    thirds: what is rounded is only shown."""

    points: int | Fraction
    out_of: int

    @property
    def right(self) -> bool:
        return self.points == self.out_of


def kind(name: str):
    """The module of a kind. It defines

    - `Block`: the StructBlock in which editors write it;
    - `compose(identity, text, choices, **more)`: the raw value of that block for an import, with ids that depend on the
      identity only;
    - `freeze(value) -> (structure, key, texts)`: plain JSON; no language in the first two, texts is {name: str};
    - `choice_order(structure, rng) -> list[str]`: ids in order for a new attempt; `rng` None keeps the editor's order;
    - `ORDER_TELLS`, only where that order gives the answer away: it is then shuffled whatever the quiz says;
    - `guesses(structure, order, rng) -> list[list[str]]`: what somebody who knows nothing may choose between, each a
      list for `posted["choice"]`; several where there are options to pick one from;
    - `picks(response) -> list[str]`, only where options are picked: the ids of those that were, for their statistics;
    - `clean(structure, posted) -> response`: `posted` is {field: [str, …]}; raises BadAnswer;
    - `mark(question: Frozen, response, out_of) -> Mark`: pure; `response` None is unanswered;
    - `answering(question, order, response)` and `reviewing(question, order, response, reveal=True)`: dicts for the
      templates named by `answer_template` and `review_template`. The first holds "instruction", one phrase, and
      "given", a list of Text that says what the response was. Inputs are named "<position>-<field>". Without `reveal`
      the second tells nothing of the key.

    A response is {"choices": [str, …]}, empty for unanswered; `key["right"]` is the one that earns everything. What
    `mark` is given has the texts of the attempt's language, since a translation may name words that are accepted too;
    such a text is called "<id>.accepted" and is no text that anybody reads before answering.
    """
    return import_module(KINDS[name])


def drawn_order(name: str, structure: Mapping, rng: Random, *, shuffled: bool) -> list[str]:
    """The order of a question of this kind in a new attempt; `shuffled` as the quiz wants it."""
    module = kind(name)
    shuffled = shuffled or getattr(module, "ORDER_TELLS", False)
    return module.choice_order(structure, rng if shuffled else None)


def is_blank(response: Mapping | None) -> bool:
    return not response or not any(response.values())


def body_block():
    return blocks.StreamBlock([(name, kind(name).Block()) for name in KINDS], max_num=1)

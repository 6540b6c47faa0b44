"""Registry of question kinds. Adding a kind is one module and one line in KINDS."""

from dataclasses import dataclass
from importlib import import_module

from wagtail import blocks

KINDS = ["single_choice", "multiple_choice", "true_false"]


@dataclass(frozen=True)
class Mark:
    """`points` of `out_of`, both in hundredths of a point; `right` when all of it was earned."""

    points: int
    out_of: int

    @property
    def right(self) -> bool:
        return self.points == self.out_of


def kind(name: str):
    """The module of a kind: `Block`, `freeze(value) -> (structure, key, texts)`, `mark(version, response, out_of)`,
    `clean(structure, response)` and the template names `answer_template`, `review_template`."""
    if name not in KINDS:
        raise KeyError(name)
    return import_module(f"courses.questions.{name}")


def body_block():
    return blocks.StreamBlock([(name, kind(name).Block()) for name in KINDS], max_num=1)

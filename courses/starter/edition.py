"""Turns the lessons of the second edition's module files into pages' fields, with ids at every depth.

The files are `learning/<course>/course.json` ({title, summary, audience, note}) and `module-<n>.json`; a lesson in them
is {slug, title, minutes, objective, duties, picture {scene, alt}, blocks [{kind: value, duties}], sources [{cite}]}; of
a block `duties` may be missing. What is for reviewers only (`unverified`, `for_reviewer`, `read_at`) is never copied: a
writer takes the keys that it names.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path

from courses.questions.kinds.kind import stable_id
from people.postings.posting import STARTER_DUTIES
from people.units.unit import Sector

LEARNING = Path(__file__).parent / "learning"
COURSES = ("nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau", "luat-moi-2024", "xac-minh-lap-ho-so")
# how the files name whom something concerns most; "all" is everybody
SECTORS = {"police": Sector.POLICE, "border": Sector.BORDER_GUARD, **{sector.value: sector for sector in Sector}}

Identity = tuple[str, ...]


def course_texts(course: str) -> dict[str, str]:
    return json.loads((LEARNING / course / "course.json").read_text(encoding="utf-8"))


@cache
def modules_of(course: str) -> list[dict]:
    """The module files of a course, in order; to be read only."""
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted((LEARNING / course).glob("module-*.json"))]


def lesson_fields(lesson: dict, identity: Identity) -> dict:
    """The fields of a `LessonPage`; `identity` names the lesson for ever, e.g. (course, "2", slug)."""
    return {
        "title": lesson["title"],
        "slug": lesson["slug"],
        "objective": lesson["objective"],
        "minutes": lesson["minutes"],
        "sectors": [],
        "duties": [],
        **concerns(lesson["duties"]),
        "body": lesson_body(lesson, identity),
        "sources": "\n".join(source["cite"] for source in lesson["sources"]),
    }


def card_rows(cards: list[dict], identity: Identity) -> str:
    """JSON for `ModulePage.cards`; a card is {slug, title, for, lines}, `identity` names its module."""
    rows = []
    for card in cards:
        own = (*identity, card["slug"])
        value = {"title": card["title"], "audience": card["for"], "lines": _items(card["lines"], ("card", *own))}
        rows.append({"type": "card", "id": stable_id("card", *own), "value": value})
    return json.dumps(rows, ensure_ascii=False)


def lesson_body(lesson: dict, identity: Identity) -> str:
    """JSON for `LessonPage.body`. A block is known by its kind and its number among those of its kind, so a paragraph
    put between does not make the tries of a later decision those of another.
    """
    blocks, counts = [], Counter[str]()
    for kind, value, duties in _with_picture(lesson):
        counts[kind] += 1
        own = (*identity, f"{kind}-{counts[kind]}")
        name, written = WRITERS[kind](value, own)
        if whom := concerns(duties):
            written = {**(written if isinstance(written, dict) else {"text": written}), **whom}
        blocks.append({"type": name, "id": stable_id("lesson", *own), "value": written})
    return json.dumps(blocks, ensure_ascii=False)


def concerns(duties: list[str]) -> dict[str, list[str]]:
    """The fields for what a file calls `duties`: sectors, or duties of the starter list; what names nobody is left
    out.
    """
    named = [key for key in duties if key != "all"]
    fields = {
        "sectors": [SECTORS[key].value for key in named if key not in STARTER_DUTIES],
        "duties": [key for key in named if key in STARTER_DUTIES],
    }
    return {name: keys for name, keys in fields.items() if keys}


def _with_picture(lesson: dict) -> list[tuple[str, object, list[str]]]:
    """(kind, value, duties) of each block. The picture comes after the first, so that a lesson begins with words."""
    blocks = [
        (kind, value, block.get("duties", []))
        for block in lesson["blocks"]
        for kind, value in block.items()
        if kind != "duties"
    ]
    return [*blocks[:1], *([("picture", lesson["picture"], [])] if lesson.get("picture") else []), *blocks[1:]]


def _paragraphs(text: str) -> str:
    """HTML of a text in which a blank line begins a paragraph and **bold** is bold."""
    inline = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text.strip(), quote=False))
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", inline))


def _items(values: list, identity: Identity, group: str = "") -> list[dict]:
    return [
        {"type": "item", "id": stable_id("lesson", *identity, f"{group}{place}"), "value": value}
        for place, value in enumerate(values, 1)
    ]


def _decision(value, identity: Identity):
    keys = ("text", "verdict", "consequence", "remark")
    options = [{key: option[key] for key in keys} for option in value["options"]]
    return "decision", {"ask": value["ask"], "options": _items(options, identity)}


def _check(value, identity: Identity):
    options = [{key: option[key] for key in ("text", "right", "feedback")} for option in value["options"]]
    return "check", {"ask": value["ask"], "options": _items(options, identity)}


def _steps(value, identity: Identity):
    steps = [{key: step.get(key, "") for key in ("do", "who", "when")} for step in value]
    return "steps", {"title": "", "steps": _items(steps, identity)}


def _say(value, identity: Identity):
    return "say", {
        "right": _items(value["right"], identity, "right"),
        "wrong": _items(value["not"], identity, "wrong"),
        "because": value.get("because", ""),
    }


def _law(value, identity: Identity):
    return "law", {**{key: value[key] for key in ("quote", "article", "plain")}, "source": "", "url": ""}


def _tick(value, identity: Identity):
    return "checklist", {"title": value["title"], "items": _items(value["items"], identity)}


def _picture(value, identity: Identity):
    return "picture", {"scene": value["scene"], "image": None, "alt": value["alt"], "caption": ""}


WRITERS: dict[str, Callable] = {
    "scene": lambda value, identity: ("scene", value.strip()),
    "text": lambda value, identity: ("text", _paragraphs(value)),
    "takeaway": lambda value, identity: ("takeaway", value.strip()),
    "term": lambda value, identity: ("term", {key: value[key] for key in ("word", "meaning")}),
    "decision": _decision,
    "check": _check,
    "steps": _steps,
    "say": _say,
    "law": _law,
    "tick": _tick,
    "picture": _picture,
}

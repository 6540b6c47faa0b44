"""Turns the blocks of a starter file into the body of a lesson, with ids at every depth."""

import json
import re
from html import escape

from courses.questions.kinds.kind import stable_id


def body_of(blocks: list[dict], identity: tuple[str, ...]) -> str:
    """JSON for `LessonPage.body`; the id of a block depends on `identity` (the lesson), its position and kind."""
    return json.dumps(
        [_block(block, (*identity, f"{place}-{block['kind']}")) for place, block in enumerate(blocks, 1)],
        ensure_ascii=False,
    )


def _block(block: dict, identity: tuple[str, ...]) -> dict:
    kind, value = WRITERS[block["kind"]](block, identity)
    return {"type": kind, "id": stable_id("lesson", *identity), "value": value}


def _inline(text: str) -> str:
    """Escaped text in which **bold** is bold."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text, quote=False))


def _paragraph(text: str) -> str:
    return f"<p>{_inline(text)}</p>" if text else ""


def _items(texts: list[str], identity: tuple[str, ...], group: str = "") -> list[dict]:
    return [
        {"type": "item", "id": stable_id("lesson", *identity, f"{group}{place}"), "value": text}
        for place, text in enumerate(texts, 1)
    ]


def _text(block: dict, identity):
    return "text", _paragraph(block["value"])


def _list(block: dict, identity):
    tag = "ol" if block["kind"] == "numbered" else "ul"
    items = "".join(f"<li>{_inline(item)}</li>" for item in block["items"])
    return "text", f"{_paragraph(block['lead'])}<{tag}>{items}</{tag}>"


def _callout(block: dict, identity):
    return "callout", {"tone": block["tone"], "title": block["title"], "text": _paragraph(block["value"])}


def _case(block: dict, identity):
    return "case", {
        "title": block["title"],
        "story": _paragraph(block["value"]),
        "question": block["question"],
        "answer": "",
    }


def _checklist(block: dict, identity):
    return "checklist", {"title": block["title"], "items": _items(block["items"], identity)}


def _comparison(block: dict, identity):
    return "comparison", {
        "title": "",
        "do": _items(block["do"], identity, "do"),
        "dont": _items(block["dont"], identity, "dont"),
    }


def _contact(block: dict, identity):
    return "contact", {name: block[name] for name in ("number", "name", "note", "hours", "cost")}


WRITERS = {
    "text": _text,
    "list": _list,
    "numbered": _list,
    "callout": _callout,
    "case": _case,
    "checklist": _checklist,
    "comparison": _comparison,
    "contact": _contact,
}

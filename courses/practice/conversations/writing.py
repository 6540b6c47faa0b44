"""Between the fields of a conversation page and the shape of a starter file (`graph`)."""

import json
from collections.abc import Mapping

from courses.practice.conversations.blocks import names
from courses.practice.conversations.rules.graph import TRUST
from courses.questions.kinds.kind import stable_id

PERSON = ("call", "age", "appears", "hidden")
SETTING = ("where", "when", "role", "around", "before")
SOURCE = ("cite", "read_at", "unverified", "for_reviewer")


def content_of(page) -> dict:
    """What is played; of the sources only what a learner may read."""
    return {
        "title": page.title,
        "minutes": page.minutes,
        "scoring": page.scoring,
        "pass_points": page.pass_points,
        "person": {
            **{name: getattr(page, name) for name in PERSON},
            **{name: _lines(getattr(page, name)) for name in ("fears", "wants")},
        },
        "setting": {name: getattr(page, name) for name in SETTING},
        "must_learn": [_named(child.value, "kind", "what", "if_missed") for child in page.must_learn],
        "never_needed": [{name: child.value[name] for name in ("what", "why")} for child in page.never_needed],
        "trust": {name: getattr(page, f"trust_{name}") for name in ("start", "min", "max", "close_at")},
        "first": page.first,
        "turns": [_turn(child.value) for child in page.turns],
        "ends": [_end(child.value) for child in page.ends],
        "keep_words": [child.value for child in page.keep_words],
        "sources": [{"cite": child.value["cite"]} for child in page.sources],
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _named(value: Mapping, *fields: str) -> dict:
    return {"id": value["name"] or "", **{name: value[name] or "" for name in fields}}


def _turn(value: Mapping) -> dict:
    return {**_named(value, "at"), "choices": [_choice(choice) for choice in value["choices"]]}


def _choice(value: Mapping) -> dict:
    texts = {name: value[name] or "" for name in ("say", "type", "answer", "remark", "next")}
    return {**texts, "trust": value["trust"] or 0, "reveals": names(value["reveals"])}


def _end(value: Mapping) -> dict:
    return {**_named(value, "kind", "text"), "trust": value["trust"] or 0, "learnt": names(value["learnt"])}


def fields_of(data: Mapping) -> dict:
    """The fields of a page for a starter file; ids of blocks derive from the file's id and the names in it."""
    person, setting, trust = data.get("person", {}), data.get("setting", {}), data["trust"]
    picture = data.get("picture", {})
    return {
        "title": data["title"],
        "slug": data["slug"],
        "minutes": data["minutes"],
        "scoring": data.get("scoring", TRUST),
        "pass_points": data.get("pass_points", 0),
        "scene": picture.get("scene", ""),
        "scene_alt": picture.get("alt", ""),
        **{name: person[name] for name in PERSON if name in person},
        **{name: "\n".join(person.get(name, ())) for name in ("fears", "wants")},
        **{name: setting.get(name, "") for name in SETTING},
        **{f"trust_{name}": trust[name] for name in ("start", "min", "max", "close_at")},
        "first": data["first"],
        **_streams(data),
    }


def _streams(data: Mapping) -> dict[str, str]:
    rows = {
        "must_learn": ("item", [_renamed(item) for item in data.get("must_learn", ())]),
        "never_needed": ("item", list(data.get("never_needed", ()))),
        "turns": ("turn", [_turn_block(data["id"], turn) for turn in data["turns"]]),
        "ends": ("end", [_end_block(end) for end in data["ends"]]),
        "keep_words": ("word", list(data.get("keep_words", ()))),
        "sources": ("source", [{name: source.get(name) or "" for name in SOURCE} for source in data["sources"]]),
    }
    return {name: _stream(data["id"], name, kind, values) for name, (kind, values) in rows.items()}


def _stream(file_id: str, field: str, kind: str, values: list) -> str:
    blocks = []
    for place, value in enumerate(values, 1):
        own = value["name"] if isinstance(value, dict) and "name" in value else str(place)
        blocks.append({"type": kind, "id": stable_id("conversation", file_id, field, own), "value": value})
    return json.dumps(blocks, ensure_ascii=False)


def _renamed(value: Mapping) -> dict:
    return {"name": value["id"], **{name: text for name, text in value.items() if name != "id"}}


def _turn_block(file_id: str, turn: Mapping) -> dict:
    choices = [
        {
            "type": "item",
            "id": stable_id("conversation", file_id, turn["id"], str(place)),
            "value": {**choice, "reveals": ", ".join(choice.get("reveals") or ())},
        }
        for place, choice in enumerate(turn["choices"], 1)
    ]
    return {"name": turn["id"], "at": turn["at"], "choices": choices}


def _end_block(end: Mapping) -> dict:
    return {**_renamed(end), "trust": end.get("trust"), "learnt": ", ".join(end.get("learnt") or ())}

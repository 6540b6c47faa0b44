"""The words of a lesson apart from its page: what a school may change, how two versions differ, how a new version of
the origin is taken over without losing what the school changed. Pure.

A passage is known by the key that Wagtail gave its block, which copies and later versions keep.
"""

import json
import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Any

from django.utils.translation import gettext as _

from campaigns.schools.blocks.timeline import SHORT
from campaigns.schools.lesson import EDITORS_KEYS

FIELDS = ("title", "grades", "aims", "things", "background", "sources")
STREAMS = ("adaptations", "body")
# of a value that is no text
KEPT_APART = {"code", "circumstance", "drawing", "shape", "holder", "right", "id", "type", "picture", "scene"}
TAG = re.compile(r"<[^>]+>")
ENDS = re.compile(r"</p>|<br ?/?>|</li>|</[uo]l>")

Words = dict[str, Any]


def words_of(page) -> Words:
    said: Words = {name: getattr(page, name) for name in FIELDS}
    streams = {name: list(getattr(page, name).raw_data) for name in STREAMS}
    return json.loads(json.dumps({**said, **streams, "minutes": page.minutes}))


def put_into(page, words: Words) -> None:
    for name in (*FIELDS, "minutes"):
        setattr(page, name, words[name])
    for name in STREAMS:
        setattr(page, name, json.dumps(words[name]))


def steps_in(words: Words) -> list[dict]:
    """The rows of the time line: {"id", "value"}."""
    return [step for block in words["body"] if block["type"] == "timeline" for step in block["value"]["steps"]]


def minutes_of(step: dict) -> int:
    return (step["value"].get("ends") or 0) - (step["value"].get("begins") or 0)


def set_minutes(words: Words, minutes: dict[str, int]) -> None:
    """{step: how long}; each begins where the one before ends. A short plan that is not 30 minutes any more goes."""
    until = 0
    steps = steps_in(words)
    for step in steps:
        length = minutes.get(step["id"], minutes_of(step))
        step["value"]["begins"], step["value"]["ends"] = until, until + length
        until += length
    words["minutes"] = until
    short = [step["value"].get("short") for step in steps]
    if any(one is not None for one in short) and sum(one or 0 for one in short) != SHORT:
        for step in steps:
            step["value"]["short"] = None


# --- text in a form


def to_text(html: str) -> str:
    """As it is typed: a line for each paragraph, a dash before what is listed."""
    lines = TAG.sub("", ENDS.sub("\n", html.replace("<li", "- <li").replace("\n", " ")))
    return "\n".join(line for one in unescape(lines).split("\n") if (line := " ".join(one.split())))


def to_html(text: str) -> str:
    out: list[str] = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        if not line.startswith("- "):
            out.append(f"<p>{escape(line, quote=False)}</p>")
        elif out and out[-1].startswith("<ul>"):
            out[-1] = out[-1].removesuffix("</ul>") + f"<li>{escape(line[2:], quote=False)}</li></ul>"
        else:
            out.append(f"<ul><li>{escape(line[2:], quote=False)}</li></ul>")
    return "".join(out)


def edited(html: str, typed: str) -> str:
    """What was typed, as rich text; what nobody changed keeps its bold words and links."""
    return html if to_text(html) == to_text(to_html(typed)) else to_html(typed)


# --- what differs


def _normal(value) -> str:
    """For comparing: without the keys that an editor renews, and without where in the lesson a step stands."""
    if isinstance(value, dict) and "begins" in value and "ends" in value:
        length = (value["ends"] or 0) - (value["begins"] or 0)
        value = {**{name: one for name, one in value.items() if name not in ("begins", "ends")}, "minutes": length}
    return EDITORS_KEYS.sub("", json.dumps(value, ensure_ascii=False, sort_keys=True))


def _texts(value) -> Iterator[str]:
    if isinstance(value, str):
        yield to_text(value)
    elif isinstance(value, dict):
        yield from (text for name, one in value.items() if name not in KEPT_APART for text in _texts(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in _texts(one))


def passages(words: Words) -> dict[str, tuple[str, str, str]]:
    """{key: (heading, its text, the same for comparing)}, in the order of the lesson."""
    headings = {
        "title": _("Tên bài"),
        "grades": _("Lớp"),
        "aims": _("Mục tiêu"),
        "things": _("Chuẩn bị"),
        "background": _("Thầy cô cần biết"),
        "sources": _("Căn cứ"),
    }
    found = {name: (headings[name], to_text(words[name]), _normal(words[name])) for name in FIELDS}
    for step in steps_in(words):
        value = step["value"]
        said = [_("%d phút") % minutes_of(step), value.get("things") or ""]
        said += [to_text(value.get(name) or "") for name in ("script", "shown")]
        found[step["id"]] = (value["title"], "\n".join(filter(None, said)), _normal(value))
    for block in (*words["body"], *words["adaptations"]):
        if block["type"] != "timeline":
            value = block["value"]
            named = value if isinstance(value, dict) else {}
            heading = " ".join(filter(None, [named.get("code", ""), named.get("title", "")])) or _(
                "Điều chỉnh, đoạn khác"
            )
            found[block["id"]] = (heading, "\n".join(filter(None, _texts(value))), _normal(value))
    return found


def differences(before: Words, after: Words) -> list[tuple[str, str, str]]:
    """(heading, what stood there, what stands there); "" where it is new or gone."""
    old, new = passages(before), passages(after)
    found = []
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key), new.get(key)
        if was is None or now is None or was[2] != now[2]:
            heading = (now or was)[0]  # type: ignore[index]
            found.append((heading, was[1] if was else "", now[1] if now else ""))
    return found


# --- taking over a new version


def taken_over(before: Words, after: Words, ours: Words) -> Words:
    """The new version (`after`) of an origin that was `before`, with what the school changed since in `ours`."""
    made = json.loads(json.dumps(after))
    for name in FIELDS:
        if _normal(ours[name]) != _normal(before[name]):
            made[name] = ours[name]
    made["adaptations"] = _rows(before["adaptations"], after["adaptations"], ours["adaptations"], _as_it_is)
    made["body"] = _rows(before["body"], after["body"], ours["body"], _steps)
    set_minutes(made, {})
    return made


Merge = Callable[[dict, dict, dict], dict]


def _rows(before: list, after: list, ours: list, merge: Merge) -> list:
    old, own = ({row["id"]: row for row in rows} for rows in (before, ours))
    made = []
    for row in after:
        key = row["id"]
        if key in own and key in old:
            made.append(merge(old[key], row, own[key]))
        elif key not in old:
            made.append(row)
    new = {row["id"] for row in after}
    # the origin has them no more, and the school changed them; or she added them
    changed = [row for row in ours if row["id"] not in new and _is_changed(old.get(row["id"]), row)]
    return [*made, *changed]


def _is_changed(before: dict | None, ours: dict) -> bool:
    return before is None or _normal(before["value"]) != _normal(ours["value"])


def _as_it_is(before: dict, after: dict, ours: dict) -> dict:
    return ours if _is_changed(before, ours) else after


def _steps(before: dict, after: dict, ours: dict) -> dict:
    if after["type"] != "timeline" or ours["type"] != "timeline":
        return _as_it_is(before, after, ours)
    rows = _rows(before["value"]["steps"], after["value"]["steps"], ours["value"]["steps"], _as_it_is)
    return {**after, "value": {**after["value"], "steps": rows}}

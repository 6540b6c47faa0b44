"""One side of what is handed out: its words, tables and drawings, as `designs/pack.typ` takes them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from campaigns.schools.blocks.sheets import Drawing
from campaigns.schools.lines import DOTS, apart
from printing.texts import Node, letters, rich

LINE = {"fill": "line"}
NEXT = re.compile(r"\s*\d\. ")


def face_of(parts: list[dict], label: str = "", *, tall: bool = False) -> dict:
    """`tall` faces have a page of their own, and a second line wherever a paragraph ends with one to write on."""
    for part in parts if tall else ():
        for node in _paragraphs(part.get("nodes", ())):
            if node["runs"][-1:] == [LINE] and LINE not in node["runs"][:-1]:
                node["runs"] += [{"break": True}, LINE]
    return {
        "label": label,
        "parts": parts,
        "longest": max(" ".join(_said(parts)).split(), key=len, default=""),
        "writing": _is_written_on(parts),
        "copy": False,
        "tall": tall,
    }


def _paragraphs(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if node["kind"] == "list":
            yield from (inner for item in node["items"] for inner in _paragraphs(item))
        else:
            yield node


def parts_of(face) -> list[dict]:
    return [part for child in face for part in PARTS[child.block_type](child.value)]


def words_of(value) -> list[dict]:
    nodes = nodes_of(value) if value else []
    return [{"kind": "words", "nodes": nodes}] if nodes else []


def _table_of(value) -> list[dict]:
    rows = [[nodes_of(cell) for cell in row] for row in value["rows"]]
    return [{"kind": "table", "columns": [column or "" for column in value["columns"]], "rows": rows}]


def _drawing_of(value) -> list[dict]:
    return [{"kind": "drawing", "name": value, "alt": str(Drawing(value).label)}] if value else []


PARTS = {"words": words_of, "table": _table_of, "drawing": _drawing_of}


def nodes_of(text) -> list[Node]:
    return [with_blanks(node) for node in rich(apart(text.source))]


def with_blanks(node: Node) -> Node:
    if node["kind"] == "list":
        return {**node, "items": [[with_blanks(inner) for inner in item] for item in node["items"]]}
    runs: list[Any] = []
    for run in node["runs"]:
        text = run if isinstance(run, str) else run.get("text", "")
        for place, piece in enumerate(DOTS.split(text)):
            if place:
                # a number after it begins a line
                runs += [LINE, {"break": True}] if NEXT.match(piece) else [{"fill": "gap"}]
            if piece or not text:
                runs.append(piece if isinstance(run, str) else {**run, "text": piece} if text else run)
    while runs and isinstance(runs[-1], str) and not runs[-1].strip(" ."):
        runs.pop()
    # what ends a paragraph is written on up to the edge
    if runs and runs[-1] == {"fill": "gap"}:
        runs[-1] = LINE
    return {**node, "runs": runs}


def _is_written_on(parts: list[dict]) -> bool:
    def lines(node: Node) -> bool:
        if node["kind"] == "list":
            return any(lines(inner) for item in node["items"] for inner in item)
        return any(isinstance(run, dict) and "fill" in run for run in node["runs"])

    return any(lines(node) for part in parts if part["kind"] == "words" for node in part["nodes"])


def _all_nodes(parts: list[dict]) -> list[Node]:
    cells = [node for part in parts if part["kind"] == "table" for row in part["rows"] for cell in row for node in cell]
    return [node for part in parts if part["kind"] == "words" for node in part["nodes"]] + cells


def letters_in(parts: list[dict]) -> int:
    return letters(_all_nodes(parts))


def _said(parts: list[dict]) -> list[str]:
    def of(node: Node) -> list[str]:
        if node["kind"] == "list":
            return [text for item in node["items"] for inner in item for text in of(inner)]
        return ["".join(run if isinstance(run, str) else run.get("text", " ") for run in node["runs"])]

    return [text for node in _all_nodes(parts) for text in of(node)]

"""Converts the plain text of a starter file into rich text and tables, with ids at every depth."""

import re
from html import escape
from uuid import NAMESPACE_URL, uuid5

NUMBERED = re.compile(r"^\d+\. ")


def stable_id(*identity: str) -> str:
    """An id that is the same on every site seeded from the file; translations are matched by it."""
    return str(uuid5(NAMESPACE_URL, "/".join(("la-chan", "campaign", *identity))))


def inline(text: str) -> str:
    """Escaped; **bold** and *italic* are marked up."""
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text, quote=False))
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)


def rich(text: str) -> str:
    """One paragraph per line; two or more consecutive lines that begin with a number become a list."""
    html, numbered = "", []
    for line in [*filter(None, map(str.strip, text.splitlines())), ""]:
        if NUMBERED.match(line):
            numbered.append(line)
            continue
        html += _numbered(numbered) + (f"<p>{inline(line)}</p>" if line else "")
        numbered = []
    return html


def _numbered(lines: list[str]) -> str:
    if len(lines) < 2:
        return "".join(f"<p>{inline(line)}</p>" for line in lines)
    points = "".join(f"<li>{inline(NUMBERED.sub('', line))}</li>" for line in lines)
    return f"<ol>{points}</ol>"


def items(values: list, *identity: str) -> list[dict]:
    """The value of a ListBlock."""
    return [{"type": "item", "id": stable_id(*identity, str(n)), "value": value} for n, value in enumerate(values, 1)]


def face(text: str, *identity: str, drawing: str = "") -> list[dict]:
    """The value of a `FaceBlock`: a drawing, then words and tables in their order."""
    parts: list[tuple[str, str | dict]] = [("drawing", drawing)] if drawing else []
    for chunk in re.split(r"((?:^\|.*\n?)+)", text, flags=re.MULTILINE):
        if chunk.startswith("|"):
            parts.append(("table", _table(chunk, *identity, str(len(parts)))))
        elif chunk.strip():
            parts.append(("words", rich(chunk)))
    return [
        {"type": kind, "id": stable_id(*identity, str(n), kind), "value": value}
        for n, (kind, value) in enumerate(parts)
    ]


def _table(text: str, *identity: str) -> dict:
    columns, _rule, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines())
    lines = [items([inline(cell) for cell in row], *identity, "row", str(n)) for n, row in enumerate(rows, 1)]
    return {"columns": items(columns, *identity, "columns"), "rows": items(lines, *identity, "rows")}

"""Texts of a lesson as designs take them: paragraphs, headings and lists, since print evaluates no HTML.

A *node* is one of
    {"kind": "p", "runs": runs}
    {"kind": "heading", "level": 2 or 3, "runs": runs}
    {"kind": "list", "ordered": bool, "items": [nodes, …]}
and a *run* is a str, {"break": True}, or {"text": str, "bold": bool, "italic": bool, "href": str}.
"""

import re
from html.parser import HTMLParser
from typing import Any

Node = dict[str, Any]

HEADINGS = {"h2": 2, "h3": 3, "h4": 3}
LISTS = {"ul": False, "ol": True}
BOLD, ITALIC = {"b", "strong"}, {"i", "em"}


def paragraphs(text: str | None) -> list[Node]:
    """Of plain text: a blank line begins a paragraph, a single one a line, as `linebreaks` does on the page. None is
    what a block says of a value that it did not have yet when it was written.
    """
    parts = re.split(r"\n\s*\n", (text or "").replace("\r\n", "\n").strip())
    return [_paragraph(part) for part in parts if part.strip()]


def _paragraph(text: str) -> Node:
    runs: list[Any] = []
    for line in text.strip().split("\n"):
        runs += [{"break": True}, line.strip()] if runs else [line.strip()]
    return {"kind": "p", "runs": runs}


def rich(html: str) -> list[Node]:
    """Of Wagtail's rich text as it is stored. A link within the site is only its words, on paper it leads nowhere."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.nodes


def letters(nodes: list[Node]) -> int:
    return sum(
        sum(letters(item) for item in node["items"])
        if node["kind"] == "list"
        else sum(len(run if isinstance(run, str) else run.get("text", "")) for run in node["runs"])
        for node in nodes
    )


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.nodes: list[Node] = []
        # where the next node goes, innermost last
        self.places = [self.nodes]
        self.lists: list[Node] = []
        self.runs: list[Any] | None = None
        self.bold = self.italic = 0
        self.href = ""

    def handle_starttag(self, tag, attrs):
        if tag in HEADINGS:
            self._begin({"kind": "heading", "level": HEADINGS[tag], "runs": []})
        elif tag == "p":
            self._begin({"kind": "p", "runs": []})
        elif tag in LISTS:
            self.runs = None
            self.lists.append({"kind": "list", "ordered": LISTS[tag], "items": []})
            self.places[-1].append(self.lists[-1])
        elif tag == "li" and self.lists:
            self.runs = None
            self.lists[-1]["items"].append([])
            self.places.append(self.lists[-1]["items"][-1])
        elif tag == "br":
            self._add({"break": True})
        elif tag in BOLD:
            self.bold += 1
        elif tag in ITALIC:
            self.italic += 1
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            self.href = address if address.startswith(("http://", "https://", "mailto:", "tel:")) else ""

    def handle_endtag(self, tag):
        if tag in HEADINGS or tag == "p":
            self.runs = None
        elif tag in LISTS and self.lists:
            self.lists.pop()
        elif tag == "li" and len(self.places) > 1:
            self.places.pop()
            self.runs = None
        elif tag in BOLD:
            self.bold -= 1
        elif tag in ITALIC:
            self.italic -= 1
        elif tag == "a":
            self.href = ""

    def handle_data(self, data):
        text = re.sub(r"\s+", " ", data)
        if self.runs is None and not text.strip():
            return
        plain = not (self.bold or self.italic or self.href)
        self._add(
            text if plain else {"text": text, "bold": bool(self.bold), "italic": bool(self.italic), "href": self.href}
        )

    def _begin(self, node: Node) -> None:
        self.places[-1].append(node)
        self.runs = node["runs"]

    def _add(self, run) -> None:
        if self.runs is None:
            self._begin({"kind": "p", "runs": []})
        assert self.runs is not None
        self.runs.append(run)

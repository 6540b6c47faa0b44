"""Beside the turns in the editor: the conversation as a drawn graph, what stops it, and what could be better."""

import hashlib
import json
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import get_language
from wagtail.admin.panels import Panel

from courses.practice.conversations.rules.checks import Note, faults
from courses.practice.conversations.rules.drawing import Drawing, draw
from courses.practice.conversations.rules.graph import Conversation, read
from courses.practice.conversations.rules.style import notes

# playing all ways of a conversation takes most of a second
KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class TurnRow:
    """A turn or an end as the list beside the drawing has it; `to` are names with the number of utterances."""

    name: str
    at: str
    to: tuple[str, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Map:
    """`faults` and `notes` concern the whole; those of one turn stand in its row."""

    drawing: Drawing
    rows: tuple[TurnRow, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]


def map_of(content: dict) -> Map:
    conversation = read(content)
    found = faults(conversation)
    better = [] if found else _kept_notes(conversation, content)
    named = {*(turn.name for turn in conversation.turns), *(end.name for end in conversation.ends)}
    rows = [
        TurnRow(turn.name, turn.at, _to(turn.choices), _at(found, turn.name), _at(better, turn.name))
        for turn in conversation.turns
    ]
    rows += [TurnRow(end.name, end.text, (), _at(found, end.name), _at(better, end.name)) for end in conversation.ends]
    whole = [tuple(note.text for note in some if note.turn not in named) for some in (found, better)]
    return Map(draw(conversation), tuple(rows), *whole)


def _to(choices) -> tuple[str, ...]:
    return tuple(dict.fromkeys(choice.next for choice in choices if choice.next))


def _at(some: list[Note], name: str) -> tuple[str, ...]:
    return tuple(note.text for note in some if note.turn == name)


def _kept_notes(conversation: Conversation, content: dict) -> list[Note]:
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    key = f"conversation-notes:{get_language()}:{digest}"
    kept = cache.get(key)
    if kept is None:
        kept = notes(conversation)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


class MapPanel(Panel):
    """Shows the conversation as it was last saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/practice/map_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            shown = self.instance if self.instance is not None and self.instance.turns else None
            return {**context, "map": map_of(shown.content()) if shown else None}

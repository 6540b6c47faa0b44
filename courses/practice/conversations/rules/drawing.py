"""Where the turns and ends of a conversation stand when it is drawn, in units of an SVG.

A draft in any state can be drawn. Turns stand in layers, each below all that lead to it; ends stand at the bottom.
"""

from collections import Counter
from dataclasses import dataclass

from courses.practice.conversations.rules.graph import BY_OUTCOME, Conversation

WIDTH, HEIGHT = 96, 26
ACROSS, DOWN = 120, 54
# on both sides there is room for arrows that pass by
MARGIN_X, MARGIN_Y = 90, 10


@dataclass(frozen=True)
class Node:
    """`x`, `y` are the upper left corner; `kind` is "turn", "outcome" or the kind of an end."""

    name: str
    kind: str
    x: int
    y: int

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def text_y(self) -> int:
        return self.y + HEIGHT // 2 + 5


@dataclass(frozen=True)
class Arrow:
    """`path` is the `d` of an SVG path; `tone` is "up" or "down" by what its best utterance does to trust, else "even";
    `count` utterances lead along it, 0 where the outcome decides."""

    path: str
    tone: str
    count: int


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    node_width: int = WIDTH
    node_height: int = HEIGHT


def draw(conversation: Conversation) -> Drawing:
    layers = _layers(conversation)
    widest = max((len(layer) for layer in layers), default=1)
    nodes = {}
    for row, layer in enumerate(layers):
        indent = (widest - len(layer)) * ACROSS // 2
        for column, (name, kind) in enumerate(layer):
            nodes[name] = Node(name, kind, MARGIN_X + indent + column * ACROSS, MARGIN_Y + row * DOWN)
    width = 2 * MARGIN_X + (widest - 1) * ACROSS + WIDTH
    height = 2 * MARGIN_Y + max(len(layers) - 1, 0) * DOWN + HEIGHT
    return Drawing(width, height, tuple(nodes.values()), tuple(_arrows(conversation, nodes)))


def _layers(conversation: Conversation) -> list[list[tuple[str, str]]]:
    depths = _depths(conversation)
    count = max(depths.values(), default=-1) + 1
    layers: list[list[tuple[str, str]]] = [[] for _layer in range(count)]
    for turn in conversation.turns:
        layers[depths[turn.name]].append((turn.name, "turn"))
    if any(choice.next == BY_OUTCOME for turn in conversation.turns for choice in turn.choices):
        layers.append([(BY_OUTCOME, "outcome")])
    if conversation.ends:
        layers.append([(end.name, end.kind) for end in conversation.ends])
    return layers


def _depths(conversation: Conversation) -> dict[str, int]:
    """The longest way to each turn. A cycle in a draft is cut after as many rounds as there are turns."""
    depths = {turn.name: 0 for turn in conversation.turns}
    for _round in conversation.turns:
        before = dict(depths)
        for turn in conversation.turns:
            for choice in turn.choices:
                if choice.next in depths:
                    depths[choice.next] = max(depths[choice.next], before[turn.name] + 1)
        if depths == before:
            break
    rows = {depth: row for row, depth in enumerate(sorted(set(depths.values())))}
    return {name: rows[depth] for name, depth in depths.items()}


def _arrows(conversation: Conversation, nodes: dict[str, Node]):
    for turn in conversation.turns:
        counts = Counter(choice.next for choice in turn.choices)
        for to, count in counts.items():
            if to in nodes:
                best = max(choice.trust for choice in turn.choices if choice.next == to)
                tone = "up" if best > 0 else "down" if best < 0 else "even"
                yield Arrow(_path(nodes[turn.name], nodes[to]), tone, count)
    if BY_OUTCOME in nodes:
        for end in conversation.ends:
            if end.kind != "closed":
                yield Arrow(_path(nodes[BY_OUTCOME], nodes[end.name]), "even", 0)


def _path(start: Node, to: Node) -> str:
    """A curve from below one to above the other; one that passes layers swings out beside them."""
    x1, y1, x2, y2 = start.middle, start.y + HEIGHT, to.middle, to.y
    if y2 - y1 < DOWN:
        return f"M{x1} {y1}C{x1} {y1 + DOWN // 2} {x2} {y2 - DOWN // 2} {x2} {y2}"
    beside = min(x1, x2) - WIDTH if x2 < x1 else max(x1, x2) + WIDTH
    return f"M{x1} {y1}C{beside} {y1 + DOWN // 2} {beside} {y2 - DOWN // 2} {x2} {y2}"

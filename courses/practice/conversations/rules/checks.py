"""What stops a conversation from being published: a graph that cannot be played to an end, or an item nobody can learn.

Whether a turn is reached and an item learnt is asked of the play, not only of the arrows: trust may close before. For
that the pairs (turn, trust) are enough, of which there are few.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.practice.conversations.rules.graph import BY_OUTCOME, KINDS_OF_END, SHUT, Choice, Conversation
from courses.practice.conversations.rules.playing import KINDS, moved


@dataclass(frozen=True)
class Note:
    """`turn` is "" where the note concerns the whole conversation."""

    turn: str
    text: str


def faults(conversation: Conversation) -> list[Note]:
    found = [*_names(conversation), *_dead_ends(conversation)]
    # a graph with unknown names or repeated ones has no meaning that the play could be asked about
    if found:
        return found
    if trail := cycle(conversation):
        return [Note(trail[0], _("Đi vòng tròn: %(trail)s.") % {"trail": " → ".join(trail)})]
    return list(_unreached(conversation))


def _names(conversation: Conversation) -> Iterator[Note]:
    turns, ends = [turn.name for turn in conversation.turns], [end.name for end in conversation.ends]
    items = [item.name for item in conversation.must_learn]
    for names in (turns + ends, items):
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Note(name, _("Tên “%(name)s” dùng hai lần.") % {"name": name})
    if conversation.first not in turns:
        yield Note("", _("Lượt đầu “%(name)s” không có.") % {"name": conversation.first})
    known = {*turns, *ends, BY_OUTCOME}
    for turn, choice in _choices(conversation):
        if choice.next and choice.next not in known:
            yield Note(turn, _("“%(say)s” dẫn tới “%(name)s”, tên không có.") % _about(choice, choice.next))
        for name in choice.reveals:
            if name not in items:
                yield Note(turn, _("“%(say)s” để lộ “%(name)s”, tên không có.") % _about(choice, name))
        if not conversation.by_points and choice.kind not in KINDS:
            yield Note(turn, _("“%(say)s” chưa có loại lời nói.") % _about(choice))
    for end in conversation.ends:
        if end.kind not in KINDS_OF_END:
            yield Note(end.name, _("Kết thúc “%(end)s” chưa có loại.") % {"end": end.name})
        for name in end.learnt:
            if name not in items:
                values = {"end": end.name, "name": name}
                yield Note(end.name, _("Kết thúc “%(end)s” đòi biết “%(name)s”, tên không có.") % values)


def _dead_ends(conversation: Conversation) -> Iterator[Note]:
    for turn in conversation.turns:
        if not turn.choices:
            yield Note(turn.name, _("Lượt này không có lời nào để chọn."))
    for name, choice in _choices(conversation):
        if not choice.next:
            yield Note(name, _("“%(say)s” không dẫn tới đâu.") % _about(choice))
    shut = conversation.shut
    by_outcome = any(choice.next == BY_OUTCOME for _turn, choice in _choices(conversation))
    if (shut is None or shut.kind != "closed") and (by_outcome or not conversation.by_points):
        sentence = _("Thiếu kết thúc tên “%(name)s”, loại “đóng lại”: nơi cuộc nói chuyện dừng khi hết lòng tin.")
        yield Note("", sentence % {"name": SHUT})


def cycle(conversation: Conversation) -> list[str]:
    """Names of turns along a cycle; [] when there is none."""
    after = {turn.name: [choice.next for choice in turn.choices] for turn in conversation.turns}
    finished: set[str] = set()

    def visit(name: str, trail: list[str]) -> list[str]:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        if name in finished or name not in after:
            return []
        for following in after[name]:
            if found := visit(following, [*trail, name]):
                return found
        finished.add(name)
        return []

    return next((found for name in after if (found := visit(name, []))), [])


def _unreached(conversation: Conversation) -> Iterator[Note]:
    turns, items = _met(conversation)
    for turn in conversation.turns:
        if turn.name not in turns:
            yield Note(turn.name, _("Không lời nào dẫn tới lượt này."))
    for item in conversation.must_learn:
        if item.name not in items:
            yield Note("", _("Không ai biết được điều “%(name)s”.") % {"name": item.name})


def _met(conversation: Conversation) -> tuple[set[str], set[str]]:
    """Names of the turns that a play can come to and of the items that it can learn."""
    turns: set[str] = set()
    items: set[str] = set()
    seen = {(conversation.first, conversation.trust.start)}
    waiting = list(seen)
    while waiting:
        name, trust = waiting.pop()
        turn = conversation.turn(name)
        if turn is None:
            continue
        turns.add(name)
        for choice in turn.choices:
            items.update(choice.reveals)
            after = (choice.next, moved(conversation, trust, choice))
            lost = not conversation.by_points and after[1] <= conversation.trust.close_at
            if not lost and after not in seen:
                seen.add(after)
                waiting.append(after)
    return turns, items


def _choices(conversation: Conversation) -> Iterator[tuple[str, Choice]]:
    for turn in conversation.turns:
        for choice in turn.choices:
            yield turn.name, choice


def _about(choice: Choice, name: str = "") -> dict[str, str]:
    return {"say": choice.say if len(choice.say) <= 40 else choice.say[:39] + "…", "name": name}

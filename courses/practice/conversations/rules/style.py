"""Notes for editors beside the turns: what makes a conversation good practice, though nothing is broken.

The rules are those of `check.py` of the starter conversations: enough utterances of different kinds in each turn, one
best among them that is neither the longest nor always in one place, and no way of choosing blindly that ends well.
They do not apply to branching cases.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from courses.practice.conversations.rules.checks import Note
from courses.practice.conversations.rules.graph import KINDS_OF_END, KINDS_OF_ITEM, Choice, Conversation, Turn
from courses.practice.conversations.rules.playing import HARMS, State, leads_to, moved, say, start

HELPFUL = {"open", "focused", "reflecting", "choice", "informing"}
LEAST_TURNS_BEST, LEAST_TURNS_ANY = 12, 10
SOFT = re.compile(r"\b(muốn|xin lỗi|thong thả|cùng|chọn|nghỉ|ngồi|nghe|lo|an toàn|cần)\b", re.I)
# of choosing by lot: how many plays, and the share of them that may end well
PLAYS, MOST_BY_LOT = 300, 0.05
# the best utterance may be the longest, or stand in one place, in at most this share of turns
MOST_ALIKE = 0.4
# a graph with more states than this is not played out
MOST_STATES = 60_000

Pick = Callable[[Turn], int]


def notes(conversation: Conversation) -> list[Note]:
    """For a conversation without faults."""
    if conversation.by_points:
        return []
    found = [*_whole(conversation), *_turns(conversation)]
    return [*found, *_best_way(conversation), *_all_ways(conversation), *_blind_ways(conversation)]


def _whole(conversation: Conversation) -> Iterator[Note]:
    trust = conversation.trust
    if not trust.least <= trust.close_at < trust.start < trust.most:
        yield Note("", _("Lòng tin: cần thấp nhất ≤ mức đóng < lúc đầu < cao nhất."))
    if not 5 <= len(conversation.must_learn) <= 10:
        yield Note("", _("Nên có 5 đến 10 điều cần biết."))
    if {item.kind for item in conversation.must_learn} != set(KINDS_OF_ITEM):
        yield Note("", _("Điều cần biết nên có đủ bốn loại: an toàn, nhu cầu, đồng ý, sự việc."))
    if {end.kind for end in conversation.ends} != set(KINDS_OF_END):
        yield Note("", _("Kết thúc nên có đủ bốn loại: tốt, tốt một phần, chưa tốt, đóng lại."))


def _turns(conversation: Conversation) -> Iterator[Note]:
    for turn in conversation.turns:
        kinds = [choice.kind for choice in turn.choices]
        if not 4 <= len(kinds) <= 5:
            yield Note(turn.name, _("Nên có 4 hoặc 5 lời để chọn."))
        if len(set(kinds)) < 3:
            yield Note(turn.name, _("Nên có ít nhất ba loại lời nói."))
        if not set(kinds) & HELPFUL or not set(kinds) & {*HARMS}:
            yield Note(turn.name, _("Nên có ít nhất một lời giúp và một lời gây hại."))
        best = max((choice.trust for choice in turn.choices), default=0)
        if best < 1 or sum(choice.trust == best for choice in turn.choices) != 1:
            yield Note(turn.name, _("Nên có đúng một lời tốt nhất."))
        for choice in turn.choices:
            yield from _choice(turn, choice)


def _choice(turn: Turn, choice: Choice) -> Iterator[Note]:
    says = {"say": choice.say[:40]}
    if not -2 <= choice.trust <= 2:
        yield Note(turn.name, _("“%(say)s”: lòng tin nên từ −2 đến 2.") % says)
    if choice.kind in {"blaming", "pressing"} and choice.trust >= 0:
        yield Note(turn.name, _("“%(say)s”: lời trách, lời dồn ép phải mất lòng tin.") % says)
    elif choice.kind in HARMS and choice.trust > 0:
        yield Note(turn.name, _("“%(say)s”: lời gây hại mà lòng tin lại tăng.") % says)


def best_choice(turn: Turn) -> int:
    return max(range(len(turn.choices)), key=lambda n: turn.choices[n].trust)


def walk(conversation: Conversation, pick: Pick) -> State:
    state = start(conversation)
    while turn := conversation.turn(state.at):
        state = say(conversation, state, pick(turn))
    return state


def _ends_well(conversation: Conversation, state: State) -> bool:
    end = conversation.end(state.at)
    return end is not None and end.kind == "good"


def _best_way(conversation: Conversation) -> Iterator[Note]:
    state = walk(conversation, best_choice)
    missed = [item.name for item in conversation.must_learn if item.name not in state.learnt]
    if not _ends_well(conversation, state) or missed:
        yield Note("", _("Chọn lời tốt nhất ở mỗi lượt mà không tới kết thúc tốt với mọi điều đã biết."))
    if len(state.said) < LEAST_TURNS_BEST:
        yield Note("", _("Đường tốt nhất nên có ít nhất %(n)d lượt.") % {"n": LEAST_TURNS_BEST})


def _all_ways(conversation: Conversation) -> Iterator[Note]:
    """Each end is met in some play, and none but leaving comes too soon."""
    reached = _soonest(conversation)
    for end in conversation.ends if reached else ():
        if end.name not in reached:
            yield Note(end.name, _("Không cách chơi nào tới kết thúc này."))
        elif end.kind != "closed" and reached[end.name] < LEAST_TURNS_ANY:
            values = {"n": reached[end.name], "least": LEAST_TURNS_ANY}
            yield Note(end.name, _("Tới được chỉ sau %(n)d lượt; nên từ %(least)d.") % values)


def _soonest(conversation: Conversation) -> dict[str, int]:
    """By end: after how many turns it is met at the earliest; {} where the play has too many states to try them all."""
    reached: dict[str, int] = {}
    states = {(conversation.first, conversation.trust.start, frozenset[str]())}
    count = turns = 0
    while states:
        count, turns = count + len(states), turns + 1
        if count > MOST_STATES:
            return {}
        states = {after for state in states for after in _afters(conversation, *state)}
        for at, *_rest in states:
            if conversation.end(at):
                reached.setdefault(at, turns)
    return reached


def _afters(conversation: Conversation, at: str, trust: int, learnt: frozenset[str]) -> Iterator[tuple]:
    turn = conversation.turn(at)
    for choice in turn.choices if turn else ():
        after = State("", moved(conversation, trust, choice), tuple(learnt.union(choice.reveals)))
        yield leads_to(conversation, after, choice), after.trust, frozenset(after.learnt)


def _blind_ways(conversation: Conversation) -> Iterator[Note]:
    for label, pick in _walks().items():
        if _ends_well(conversation, walk(conversation, pick)):
            yield Note("", _("Chọn mò vẫn tới kết thúc tốt: %(way)s.") % {"way": label})
    lot = random.Random(7)
    plays = (walk(conversation, lambda turn: lot.randrange(len(turn.choices))) for _play in range(PLAYS))
    if sum(_ends_well(conversation, state) for state in plays) > MOST_BY_LOT * PLAYS:
        yield Note("", _("Bốc thăm mà hơn một phần hai mươi số lần tới kết thúc tốt."))
    best = {turn: best_choice(turn) for turn in conversation.turns}
    most = MOST_ALIKE * len(best)
    if sum(n == _longest(turn) for turn, n in best.items()) > most:
        yield Note("", _("Lời tốt nhất quá hay là lời dài nhất."))
    if max(Counter(best.values()).values()) > most:
        yield Note("", _("Lời tốt nhất quá hay đứng ở một chỗ."))


def _walks() -> dict[str, Pick]:
    first = {
        _("luôn chọn lời dài nhất"): _longest,
        _("luôn chọn lời ngắn nhất"): lambda turn: _most(turn, lambda choice: -syllables(choice.say)),
        _("luôn chọn lời mềm nhất"): lambda turn: _most(turn, lambda choice: len(SOFT.findall(choice.say))),
        _("luôn chọn câu hỏi mở"): lambda turn: _first(turn, lambda choice: choice.kind == "open"),
        _("không bao giờ hỏi"): lambda turn: _first(turn, lambda choice: "?" not in choice.say),
    }
    places = {_("luôn chọn lời thứ %(n)d") % {"n": n + 1}: _place(n) for n in range(4)}
    return {**first, **places}


def _place(n: int) -> Pick:
    return lambda turn: min(n, len(turn.choices) - 1)


def _longest(turn: Turn) -> int:
    return _most(turn, lambda choice: syllables(choice.say))


def _most(turn: Turn, size: Callable[[Choice], int]) -> int:
    return max(range(len(turn.choices)), key=lambda n: size(turn.choices[n]))


def _first(turn: Turn, fits: Callable[[Choice], bool]) -> int:
    return next((n for n, choice in enumerate(turn.choices) if fits(choice)), 0)


def syllables(text: str) -> int:
    return len(re.findall(r"[^\W_]+", text))

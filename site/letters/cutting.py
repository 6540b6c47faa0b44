"""A text made short without losing a part of a letter: marks stay with what they stand on, in any script."""

import unicodedata

MORE = "…"
# joins what stands on both sides of it to one sign
JOINER = "\u200d"
# which turn the direction of what follows until they are closed, and what closes them
OPEN, CLOSED = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}, {"\u202c", "\u2069"}
OPEN |= {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
# Thai and Lao vowels that are written before the letter they belong to
BEFORE = frozenset("เแโใไເແໂໃໄ")


def shortened(text: str, longest: int) -> str:
    """At most so many signs with the mark that says there is more: at the end of a word, where there is one in the last
    third; never between a letter and its marks; a change of direction is closed.
    """
    if len(text) <= longest:
        return text
    room = longest - len(MORE) - 1
    while True:
        cut = _whole(text, max(room, 0))
        closing = "".join(_open_in(cut))
        if len(cut) + len(closing) + len(MORE) <= longest or not cut:
            return f"{cut}{closing}{MORE}"
        room = len(cut) - 1


def _whole(text: str, room: int) -> str:
    cut = text[:room]
    if (space := cut.rfind(" ")) > room * 2 // 3:
        return cut[:space].rstrip()
    while room and _belongs_together(text[room - 1], text[room : room + 1]):
        room -= 1
    return text[:room].rstrip()


def _belongs_together(before: str, after: str) -> bool:
    marked = bool(after) and (unicodedata.category(after).startswith("M") or after in (JOINER, "ະ", "າ", "ຳ", "ำ"))
    return marked or before == JOINER or before in BEFORE


def _open_in(text: str) -> list[str]:
    """What would close the changes of direction that are open at its end, the innermost first."""
    waiting: list[str] = []
    for sign in text:
        if sign in OPEN:
            waiting.append(OPEN[sign])
        elif sign in CLOSED and waiting and waiting[-1] == sign:
            waiting.pop()
    return waiting[::-1]

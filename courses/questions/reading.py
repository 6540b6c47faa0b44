"""How long a text takes to read, in Vietnamese syllables: pure."""

import re
from collections.abc import Mapping

# also of lessons (`courses.content.reading`)
SYLLABLES_A_MINUTE = 180
SYLLABLE = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
# texts of a question that nobody needs to read before answering
AFTERWARDS = ("explanation", "source", "hint")


def syllables(text: str) -> int:
    """Vietnamese writes them apart."""
    return len(SYLLABLE.findall(text))


def syllables_to_answer(texts: Mapping[str, str]) -> int:
    """Of a question with all its options; `texts` as in `Frozen`. Each text counts once."""
    asked = (name for name in texts if name not in AFTERWARDS and not name.endswith((".feedback", ".accepted")))
    return sum(syllables(texts[name]) for name in asked)

"""The words that all conversations share, frozen with each version: kinds of utterance, trust in words, the debrief.

{"before": str, "open_share": {"good": str, "low": str},
 "types": {kind: {"label", "meaning", "debrief"}}, "trust_words": [{"from": least trust, "text": str}]}
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class KindWords:
    label: str
    meaning: str
    debrief: str


@dataclass(frozen=True)
class Words:
    """`trust` are (least trust, sentence), from the least on."""

    before: str
    open_good: str
    open_low: str
    kinds: Mapping[str, KindWords]
    trust: tuple[tuple[int, str], ...]

    def kind(self, name: str) -> KindWords:
        return self.kinds.get(name) or KindWords(name, "", "")

    def level(self, trust: int) -> int:
        """Which of the sentences about trust holds, from 1; 0 when there are none."""
        return max(sum(least <= trust for least, _text in self.trust), min(len(self.trust), 1))

    def of_trust(self, trust: int) -> str:
        return self.trust[self.level(trust) - 1][1] if self.trust else ""


def read(data: Mapping) -> Words:
    share = data.get("open_share") or {}
    kinds = {
        name: KindWords(words["label"], words["meaning"], words["debrief"])
        for name, words in (data.get("types") or {}).items()
    }
    trust = sorted((one["from"], one["text"]) for one in data.get("trust_words") or ())
    return Words(data.get("before", ""), share.get("good", ""), share.get("low", ""), kinds, tuple(trust))

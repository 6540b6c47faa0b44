"""What can be a syllable of Vietnamese, strictly: an onset, one of the rimes that there are, a tone that fits.

Names in the languages of the mountains are often none; so it never says that somebody wrote wrongly, only which of two
readings is the likelier one.
"""

import re
import unicodedata
from functools import lru_cache

ACUTE, GRAVE, HOOK, TILDE, DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
TONES = dict.fromkeys(map(ord, (ACUTE, GRAVE, HOOK, TILDE, DOT)))
ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
# before e, ê, i, y one of two spellings, before all else the other one
BEFORE_FRONT, BEFORE_BACK = {"k", "gh", "ngh"}, {"c", "g", "ng"}
RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uych uyên uyêt uynh uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
    """.split()
)
AFTER_QU = frozenset(
    """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân ât ây e en eo et ê ên êch êt
    i ich it ôc ơ y ych yên yêt ynh yt
    """.split()
)
SHAPE = re.compile("(" + "|".join(sorted(ONSETS, key=len, reverse=True)) + ")?(.*)", re.DOTALL)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """In any case; without regard to where the tone is written."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in parts if ord(sign) in TONES]
    bare = unicodedata.normalize("NFC", parts.translate(TONES))
    if len(tones) > 1:
        return False
    return any(_fits(onset, rime, "".join(tones)) for onset, rime in _cuts(bare))


def _cuts(bare: str) -> list[tuple[str, str]]:
    onset, rime = SHAPE.match(bare).groups(default="")  # type: ignore[union-attr]
    found = [(onset, rime)]
    if onset == "gi":
        # “gì”, “giếng”
        found += [("g", "i" + rime)]
    return found


def _fits(onset: str, rime: str, tone: str) -> bool:
    if rime.endswith(("c", "ch", "p", "t")) and tone not in ("", ACUTE, DOT):
        return False
    if onset == "qu":
        return rime in AFTER_QU
    if rime not in RIMES:
        return False
    front = rime[0] in "eêiy"
    if onset in BEFORE_FRONT:
        return front
    return not (onset in BEFORE_BACK and front and (onset, rime[0]) != ("g", "i"))

"""How people write names of places in languages without a settled spelling: "Bha Lê" is "Bhalê", "Bha Lêê", "Bhalêê".

Syllables are joined or not, and a long vowel at the end is written once or twice. These are ways to find a name, never
to say that two names are one.
"""

import re
import unicodedata

KIND = re.compile(r"(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã)\s+", re.IGNORECASE)
VOWEL = "aăâeêioôơuưy"
TWICE = re.compile(rf"([{VOWEL}])\1", re.IGNORECASE)
# alone behind a consonant, so that "Lai" and "Lêê" stay as they are
LAST_ALONE = re.compile(rf"(?<=[^\W{VOWEL}])([{VOWEL}])$", re.IGNORECASE)


def ways_to_write(name: str) -> list[str]:
    """The other ways, each with the kind of place in front as the name has it."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    found = KIND.match(name)
    kind, bare = (name[: found.end()], name[found.end() :]) if found else ("", name)
    forms = (bare, TWICE.sub(r"\1", bare), LAST_ALONE.sub(r"\1\1", bare))
    ways = dict.fromkeys(kind + way for form in forms for way in (form, form.replace(" ", "")))
    return [way for way in ways if way != name]

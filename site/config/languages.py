"""The languages of the province, as plain data that every package may import.

Tags are ISO 639-3 (or BCP 47 where a two-letter code exists), checked in the domain facts: `ktv` is Eastern Katu (the
Quảng Nam side; `kuf` is Western Katu in Laos), `jeh` is Giẻ (`gie` is an African language), `cua` is Co. A language has
its own name where an autonym was found in print, else its Vietnamese name.
"""

# tag: (Vietnamese name, own name)
NAMES = {
    "vi": ("Tiếng Việt", "Tiếng Việt"),
    "en": ("Tiếng Anh", "English"),
    "lo": ("Tiếng Lào", "ພາສາລາວ"),
    "ktv": ("Tiếng Cơ Tu", "Cơ Tu"),
    "sed": ("Tiếng Xơ Đăng", "Xơ Đăng"),
    "jeh": ("Tiếng Giẻ", "Giẻ"),
    "stg": ("Tiếng Triêng", "Triêng"),
    "cua": ("Tiếng Co", "Co"),
}

LANGUAGES = [(tag, vietnamese) for tag, (vietnamese, _own) in NAMES.items()]

WORD = "tiếng "


def after_tieng(name: str) -> str:
    """A name as it stands behind the word “tiếng”, which some names begin with: “bằng tiếng Lào”."""
    return name[len(WORD) :] if name.lower().startswith(WORD) else name


def in_sentence(name: str) -> str:
    """A Vietnamese name within a sentence: “tiếng Lào”."""
    return WORD + after_tieng(name)


LANG_INFO = {
    tag: {"bidi": False, "code": tag, "name": vietnamese, "name_local": own}
    for tag, (vietnamese, own) in NAMES.items()
    if tag not in ("vi", "en")
}

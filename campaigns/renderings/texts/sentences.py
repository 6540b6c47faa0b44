"""Texts of renderings, pure: their sentences, and the places that are filled in when a sheet is made."""

import re

# the commune's number; a number for citizens abroad; the name of the place
NUMBER, ABROAD, PLACE = "{số trực}", "{số bảo hộ}", "[tên thôn]"
_BREAK = re.compile(r"(?<=[.?!])\s+(?=[“\"\w{\[])|(?<=[.?!][”\"])\s+")
_LINE = re.compile(r"(?<=[.?!:])\s+|(?<=[.?!:][”\"])\s+")


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _BREAK.split(text) if part.strip()]


def lines(text: str) -> list[str]:
    """As a title or a card may break: at sentences and behind a colon."""
    return [part.strip() for part in _LINE.split(text) if part.strip()]


def without_opening(text: str, title: str) -> str:
    """Without the title with which it begins, where a cover has that already."""
    return text[len(title) :].lstrip(" .") if text.startswith(title) else text


def placed(text: str, place: str) -> str:
    """With the name of the place as it stands within a sentence: “xã Tây Giang”."""
    return text.replace(PLACE, place[:1].lower() + place[1:])


def with_number_abroad(text: str, number: str) -> str:
    """Without the sentence that would name a number, where none is confirmed."""
    if number:
        return text.replace(ABROAD, number)
    return " ".join(sentence for sentence in sentences(text) if ABROAD not in sentence)


def syllables(text: str) -> int:
    """As the kit counts them: what spaces set apart, and two for the name of a place."""
    return sum(1 for word in text.replace(PLACE, "thôn A").split() if any(sign.isalnum() for sign in word))

"""Whether a text tells who somebody is: numbers for certain, circumstances perhaps.

findings_in("Gọi chị Hoa 0905 123 456")   # one Finding, TELEPHONE
without(text, found, said)                 # the same text, each found place replaced
"""

import unicodedata
from collections.abc import Callable, Iterable

from letters.identifying.circumstances import circumstances_in, days_of_somebody, hamlets_in, people_in
from letters.identifying.finding import CERTAIN, Finding, Sign
from letters.identifying.numbers import numbers_in

__all__ = [
    "CERTAIN",
    "Finding",
    "Sign",
    "certain_in",
    "days_of_somebody",
    "findings_in",
    "hamlets_in",
    "people_in",
    "without",
]


def findings_in(text: str) -> list[Finding]:
    """By their place in the text in NFC; certain ones and others."""
    text = unicodedata.normalize("NFC", text)
    return sorted([*numbers_in(text), *circumstances_in(text)], key=lambda found: (found.start, found.end))


def certain_in(text: str) -> list[Finding]:
    """Telephone and identity numbers alone."""
    return list(numbers_in(unicodedata.normalize("NFC", text)))


def without(text: str, findings: Iterable[Finding], said: Callable[[Sign], str]) -> str:
    """The text in NFC with what was found replaced by what `said` calls it."""
    text = unicodedata.normalize("NFC", text)
    for found in sorted(findings, key=lambda one: one.start, reverse=True):
        text = f"{text[: found.start]}[{said(found.sign)}]{text[found.end :]}"
    return text

"""What is strange in a text that somebody typed or pasted: warnings, and what keeps a sentence from being approved."""

import re
import unicodedata
from pathlib import Path

from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns.translating.kinds import PRINTED, longest
from pages.contacts.typed_numbers import sentence as of_number
from pages.contacts.typed_numbers import unconfirmed
from printing.fonts import MissingLetter, package_with
from printing.rendering import render
from tabular.old_letters import proposal

# a sign of a hacked font within or before a word: "[ă" for ƀă, "mơdro\\ng" for mơdrŏng (content/facts.md, legacy text)
RESIDUE = re.compile(r"[\[{\\^}\]|~](?=[^\W\d_])|(?<=[^\W\d_])[\\^{|~](?=[^\W\d_]|\b)")
LAO = re.compile("[\u0e80-\u0eff]")
# beyond ASCII, with the marks on it
LETTER = re.compile(r"[^\x00-\x7f\s][\u0300-\u036f]*|[\x21-\x7e][\u0300-\u036f]+")
# places that are filled in when a sheet is made: the commune's number, the name of the place
PLACE = re.compile(r"\{[^{}]+\}|\[tên thôn\]")
DESIGN = Path(__file__).parent / "designs" / "letters.typ"
# which letters this process has seen drawn; a text has few
_DRAWN: dict[str, bool] = {}
MOST_KEPT = 5_000


def warnings(text: str) -> list[str]:
    """Sentences about what a font lacks and what is left of old fonts; none where the text is good."""
    found = []
    if lacking := missing_letters(text):
        named = ", ".join(f"{sign} ({_points(sign)}, {package_with(sign)})" for sign in lacking)
        found.append(_("Phông chữ của hệ thống thiếu: %s. Chữ ấy có thể không hiện hoặc không in được.") % named)
    if residue(text):
        found.append(_("Có dấu lạ trong từ, thường do dán chữ từ phông cũ: hãy gõ lại chữ ấy."))
    if not LAO.search(text) and (old := proposal(text)):
        found.append(
            _("Chữ này giống bảng mã cũ %(way)s; đọc ra là “%(text)s”. Hãy xem lại.")
            % {"way": old.way, "text": old.text}
        )
    return found


def residue(text: str) -> bool:
    return bool(RESIDUE.search(text))


def missing_letters(text: str) -> list[str]:
    """Letters, with their marks, that no font of our prints has, each once."""
    found = dict.fromkeys(LETTER.findall(unicodedata.normalize("NFC", text)))
    for letter in found:
        if letter not in _DRAWN and len(_DRAWN) > MOST_KEPT:
            _DRAWN.clear()
    unknown = [letter for letter in found if letter not in _DRAWN]
    while unknown:
        try:
            render(DESIGN, {"text": " ".join(unknown)})
        except MissingLetter as missing:
            lacking = [letter for letter in unknown if missing.letter in letter] or unknown
            _DRAWN.update(dict.fromkeys(lacking, False))
            unknown = [letter for letter in unknown if letter not in lacking]
        else:
            _DRAWN.update(dict.fromkeys(unknown, True))
            break
    return [letter for letter in found if not _DRAWN[letter]]


def _points(letter: str) -> str:
    return " ".join(f"U+{ord(sign):04X}" for sign in letter)


def refusals(source: Page, path: str, whole: str, text: str, vietnamese: str = "") -> list[str]:
    """Why a sentence cannot go on to its approver: `whole` is its field with it."""
    found = [of_number(number) for number in unconfirmed([text])]
    if path.startswith(f"{PRINTED}/") and sorted(PLACE.findall(text)) != sorted(PLACE.findall(vietnamese)):
        found.append(
            _("Giữ nguyên các chỗ điền của câu gốc (%s), mỗi chỗ một lần: tờ in điền vào đó.")
            % (", ".join(PLACE.findall(vietnamese)) or _("câu này không có"))
        )
    most = longest(source, path)
    if most is not None and len(whole) > most:
        said = {"n": len(whole), "most": most}
        found.append(_("Cả phần này dài %(n)d chữ cái, trang chỉ chứa %(most)d: hãy nói ngắn hơn.") % said)
    if any(
        unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs") for sign in text if sign not in "\n\u200b\u200c\u200d"
    ):
        found.append(_("Có ký tự điều khiển không nhìn thấy trong chữ: hãy gõ lại câu này."))
    return found

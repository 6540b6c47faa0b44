"""What of the law a text cites: document, article, clause, point. A pure function of the text.

Vietnamese texts write it from the small to the large or the other way round, and lists in short:

    điểm c khoản 1 Điều 37 Luật 53/2024/QH15        Luật 53/2024/QH15, Điều 27 khoản 1, 2
    Điều 4, 5 và 6 Nghị định 09/2019/NĐ-CP          Nghị định 56/2017/NĐ-CP, Điều 26, 31, 32; Luật Trẻ em 2016, Điều 51

An article belongs to the document that follows it at once, else to the one right before it, else to the one behind a
comma, else to the last one named before in the same sentence. What names no document of ours (a convention, “Luật này”)
belongs to none (`document` ""). A document that only amends owns no article from afar: “Điều 27 Luật 53/2024/QH15, sửa
bởi Luật 86/2025/QH15; Điều 61” cites two articles of the first and the second as a whole.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pages.laws.known import named_in

# numbers of documents: 53/2024/QH15, 09/2019/NĐ-CP, 02/2026/TT-BNG, 193/QĐ-TTg, 110/VBHN-VPQH
LETTERS = r"[A-ZĐƯ]{2}[A-ZĐƯa-zđư]*\d{0,2}"
NUMBER = re.compile(rf"(?<![\w/-])\d{{1,5}}(?:/(?:19|20)\d\d)?/{LETTERS}(?:-{LETTERS})*(?!\w)")
# what has articles of its own and is no law of this country
FOREIGN = re.compile(r"(?<!\w)(?:Nghị định thư|Công ước|Tuyên ngôn)(?!\w)")
# a law by a name and a year that nobody here gave a number: its articles are its own, and no other law's
UNKNOWN = re.compile(
    r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh) (?=[A-ZĐÀ-Ỹ])[^;.()\n\d]{2,80}? (?:năm )?(?:19|20)\d\d(?![\w/])"
)
AMENDS = re.compile(
    r"(?:sửa|bổ sung|thay)[^;.]{0,25} bởi\s+(?:(?:Bộ luật|Luật|Nghị định)\s+)?(?:số\s+)?\Z", re.IGNORECASE
)
# one number as articles and clauses bear it: 27, 6a, 6đ; points are letters of the Vietnamese row
COUNT = r"\d{1,3}[a-zđ]?(?![\w/])"
LETTER = r"[a-zđ]\d{0,2}(?!\w)"
# between members of a list
AND = r"\s*(?:,|;|và|hoặc|đến|–|-)\s*"
ARTICLES = rf"(?:các\s+)?điều\s+(?P<articles>{COUNT}(?:{AND}{COUNT})*)"
CLAUSES = rf"(?:các\s+)?khoản\s+(?P<clauses>{COUNT}(?:{AND}{COUNT})*)"
POINTS = rf"(?:các\s+)?điểm\s+(?P<points>{LETTER}(?:{AND}{LETTER})*)"
GAP = r"(?:\s*,\s*|\s+)"
UPWARD = re.compile(rf"(?<!\w)(?:{POINTS}{GAP})?{CLAUSES}{GAP}(?:của\s+)?{ARTICLES}", re.IGNORECASE)
DOWNWARD = re.compile(rf"(?<!\w){ARTICLES}(?:{GAP}{CLAUSES}(?:{GAP}{POINTS})?)?", re.IGNORECASE)
MIXED = re.compile(rf"(?<!\w){ARTICLES}{GAP}{POINTS}{GAP}{CLAUSES}", re.IGNORECASE)
MEMBER = re.compile(rf"(?P<word>{COUNT}|{LETTER})|(?P<range>đến|–|-)", re.IGNORECASE)
# within a line
BLANK = r"[^\S\n]"
# what may stand between an article and the document behind it: nothing, or a comma; then what kind it is and its name
KIND = (
    r"(?:(?:Bộ luật|Luật|Nghị định|Thông tư|Nghị quyết|Quyết định|Pháp lệnh|Kế hoạch)\s"
    r"(?:(?!điều\s+\d)[^;.()\n]){0,90}|số\s+)?"
)
AT_ONCE = re.compile(rf"{BLANK}*(?:của{BLANK}+)?{KIND}", re.IGNORECASE)
AFTER_COMMA = re.compile(rf"{BLANK}*[,(]{BLANK}*{KIND}", re.IGNORECASE)
BEFORE = re.compile(rf"(?:{BLANK}|[,(:–-])*")
# between the name of a document and its number
KIND_ONLY = re.compile(r"[\s,(]*(?:số\s+)?", re.IGNORECASE)
# a sentence ends here; what was named before it is over
END = re.compile(r"[.!?]\s+(?=[A-ZĐÀ-Ỹ])|\n")
# nobody cites more of one article in one breath
MOST_OF_A_LIST = 60


@dataclass(frozen=True, order=True)
class Citation:
    """`document` is its number, "" where the text names none; `article`, `clause`, `point` are "" where it goes no
    deeper. `start` and `end` bound the words that name the article (of a document as a whole: the document).
    """

    document: str
    article: str = ""
    clause: str = ""
    point: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class _Named:
    """A document that the text names, from `start` on."""

    number: str
    start: int
    end: int
    amends: bool = False


def citations(text: str) -> list[Citation]:
    """In the order of the text; each different one once. Documents that no article belongs to are cited as a whole."""
    text = unicodedata.normalize("NFC", text)
    documents = sorted(_documents(text), key=lambda one: one.start)
    found: list[Citation] = []
    used: set[_Named] = set()
    for match in _matches(text):
        document = _document_of(text, match, documents)
        if document is not None:
            used.add(document)
        found += _spelled_out(match, document.number if document else "")
    whole = [one for one in documents if one.number and one not in used]
    found += [Citation(one.number, start=one.start, end=one.end) for one in whole]
    once = {(one.document, one.article, one.clause, one.point): one for one in sorted(found, key=_last_first)}
    return sorted(once.values(), key=lambda one: (one.start, one.article, one.clause, one.point))


def _last_first(one: Citation) -> int:
    # of two that are the same, the first in the text stays
    return -one.start


def _documents(text: str) -> Iterator[_Named]:
    """By number, and by name where no number of the same document follows in the next breath."""
    numbered = [
        _Named(
            match[0], match.start(), match.end(), bool(AMENDS.search(text[max(0, match.start() - 60) : match.start()]))
        )
        for match in NUMBER.finditer(text)
    ]
    yield from numbered
    yield from (_Named("", match.start(), match.end()) for match in FOREIGN.finditer(text))
    named = list(named_in(text))
    for match in UNKNOWN.finditer(text):
        if not any(start < match.end() and match.start() < end for _number, start, end in named):
            yield _Named("", match.start(), match.end())
    for number, start, end in named:
        if not any(0 <= one.start - end <= 12 and KIND_ONLY.fullmatch(text, end, one.start) for one in numbered):
            yield _Named(number, start, end)


def _matches(text: str) -> list[re.Match]:
    """The first that begins, of those the longest; what begins within another is part of it."""
    every = [match for pattern in (UPWARD, MIXED, DOWNWARD) for match in pattern.finditer(text)]
    found: list[re.Match] = []
    for match in sorted(every, key=lambda one: (one.start(), -one.end())):
        if not found or match.start() >= found[-1].end():
            found.append(match)
    return found


def _document_of(text: str, match: re.Match, documents: list[_Named]) -> _Named | None:
    following = next((one for one in documents if one.start >= match.end()), None)
    before = [one for one in documents if one.end <= match.start() and not one.amends]
    last = before[-1] if before else None
    if following and AT_ONCE.fullmatch(text, match.end(), following.start):
        return following
    if last and BEFORE.fullmatch(text, last.end, match.start()):
        return last
    if following and AFTER_COMMA.fullmatch(text, match.end(), following.start):
        return following
    # one letter more, since a sentence ends before a capital
    return last if last and not END.search(text, last.end, match.start() + 1) else None


def _spelled_out(match: re.Match, document: str) -> Iterator[Citation]:
    """Each member of its lists. Only of a single article are clauses told, and only of a single clause points."""
    parts = match.groupdict()
    articles, clauses = _members(parts["articles"]), _members(parts.get("clauses"))
    points = _members(parts.get("points"))
    start, end = match.span()
    for article in articles[:-1]:
        yield Citation(document, article, "", "", start, end)
    last = articles[-1]
    for clause in clauses[:-1]:
        yield Citation(document, last, clause, "", start, end)
    clause = clauses[-1] if clauses else ""
    for point in points or [""]:
        yield Citation(document, last, clause, point, start, end)


def _members(words: str | None) -> list[str]:
    """ "26, 31 và 32" and "4 đến 6" as a list; a range of points or of numbers with letters is its two ends."""
    found: list[str] = []
    in_range = False
    for match in MEMBER.finditer(words or ""):
        if match["range"]:
            in_range = True
            continue
        word = match["word"].lower()
        if in_range and found and found[-1].isdecimal() and word.isdecimal():
            found += [str(number) for number in range(int(found[-1]) + 1, int(word))][:MOST_OF_A_LIST]
        found.append(word)
        in_range = False
    return found

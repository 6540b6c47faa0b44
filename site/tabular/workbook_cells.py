"""The cells of a workbook as values: shared texts, days, numbers as their format shows them."""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from tabular.old_letters import in_font

WHOLE = re.compile(r"-?\d+")
# “_x000D_” stands for a sign that XML cannot hold
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# the pieces of a number format for what is not negative: quoted or escaped letters, a width or a filler that is no
# letter, a colour or a language, any other sign (ECMA-376, 18.8.31)
PIECE_OF_FORMAT = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]|(.)', re.DOTALL)
# a digit that is drawn where there is one; as many as there are
GENERAL = re.compile("general", re.IGNORECASE)
WHERE_THERE_IS_ONE = "#?"
# beside digits these stand for themselves
AS_WRITTEN = " -/():.'"


def local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def finished(events: Iterable, names: set[str], until: str = "") -> Iterator[ElementTree.Element]:
    """Elements of these names as they end, up to the end of `until`; each is dropped from the tree when the next is
    asked for.
    """
    above: list[ElementTree.Element] = []
    for event, element in events:
        if event == "start":
            above.append(element)
            continue
        above.pop()
        if local(element) in names:
            yield element
            if above:
                del above[-1][:]
        elif local(element) == until:
            return


def _elements(archive: zipfile.ZipFile, part: str, *names: str) -> Iterator[ElementTree.Element]:
    with archive.open(part) as stream:
        yield from finished(ElementTree.iterparse(stream, ("start", "end")), set(names))


@dataclass
class Book:
    """What the cells of all sheets refer to. `sheets` are (name, part, visible)."""

    sheets: list[tuple[str, str, bool]]
    strings: list[str]
    dates: set[int]
    # what a cell style draws around the digits of a whole number: the digit's place is "0"
    drawn: dict[int, tuple[str | None, ...]]
    # what a cell style draws before and behind a text
    words: dict[int, tuple[str, str]]
    # the names of the fonts of cell styles
    fonts: dict[int, str]
    # a number of days since the workbook's first day, as a date or a time
    day: Callable[[float], object]

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> "Book":
        # here, not above: importing it takes half a second, and most processes read no workbook
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        targets = {}
        for tie in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship"):
            targets[tie.get("Id")] = posixpath.normpath(posixpath.join("/xl", tie.get("Target", ""))).lstrip("/")
        sheets, epoch = [], WINDOWS_EPOCH
        for element in _elements(archive, "xl/workbook.xml", "sheet", "workbookPr"):
            if local(element) == "workbookPr":
                epoch = MAC_EPOCH if element.get("date1904") in ("1", "true") else WINDOWS_EPOCH
                continue
            part = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            visible = element.get("state", "visible") == "visible"
            sheets.append((element.get("name", ""), targets.get(part, ""), visible))
        present = set(archive.namelist())
        strings = []
        if "xl/sharedStrings.xml" in present:
            strings = [_text(one) for one in _elements(archive, "xl/sharedStrings.xml", "si")]
        dates, drawn, words, fonts = _formats(archive) if "xl/styles.xml" in present else (set(), {}, {}, {})
        return cls(sheets, strings, dates, drawn, words, fonts, lambda number: from_excel(number, epoch))

    def value(self, cell: ElementTree.Element) -> object:
        kind, text, inline, formula = cell.get("t", "n"), None, None, None
        for child in cell:
            match local(child):
                case "v":
                    text = child.text
                case "is":
                    inline = _text(child)
                case "f":
                    formula = child.text or ""
        if formula is not None:
            return "=" + formula
        style = int(cell.get("s", 0))
        if inline is not None:
            return self._text(inline, style)
        if text is None:
            return None
        if kind == "s":
            return self._text(self.strings[int(text)], style)
        if kind == "b":
            return text.strip() == "1"
        if kind == "n":
            return self._number(text.strip(), style)
        # a day in ISO, the text of a formula, or an error as it is seen
        return _unescaped(text)

    def _text(self, text: str, style: int) -> str:
        before, behind = self.words.get(style, ("", ""))
        return in_font(f"{before}{text}{behind}" if text.strip() else text, self.fonts.get(style, ""))

    def _number(self, text: str, style: int) -> object:
        number: int | float = int(text) if WHOLE.fullmatch(text) else float(text)
        if style in self.dates:
            try:
                return self.day(number)
            except (ValueError, OverflowError):
                return number
        if style in self.drawn and isinstance(number, int) and number >= 0:
            return _as_drawn(text, self.drawn[style])
        return number


def _text(element: ElementTree.Element) -> str:
    """The text of a string, in one piece or in runs, without what is only said about its pronunciation."""
    pieces = []
    for child in element:
        if local(child) == "t":
            pieces.append(child.text or "")
        elif local(child) == "r":
            pieces += [part.text or "" for part in child if local(part) == "t"]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def drawing_of(code: str) -> tuple[str | None, ...]:
    """What a format draws of a whole number, sign by sign, None where a digit stands: 00000 and "ĐN-"000. Empty where
    it draws no more than the digits, or something else than all of them.
    """
    signs: list[str | None] = []
    optional = 0
    for quoted, escaped, plain in PIECE_OF_FORMAT.findall(GENERAL.sub("#", code)):
        if plain == ";":
            break
        if plain and plain != "0" and plain not in AS_WRITTEN + WHERE_THERE_IS_ONE:
            return ()
        if plain and plain in WHERE_THERE_IS_ONE:
            # digits beyond the places stand before the first one, so these need none of their own
            optional = optional or len(signs) + 1
        else:
            signs += [None] if plain == "0" else list(quoted or escaped or plain)
    if None not in signs and optional:
        signs.insert(optional - 1, None)
    if None not in signs:
        return ()
    first = signs.index(None)
    # 0.00 counts hundredths
    if "." in signs[first:]:
        return ()
    names_something = any(sign and sign.isalpha() for sign in signs[:first])
    return tuple(signs) if signs.count(None) > 1 or names_something else ()


def words_of(code: str) -> tuple[str, str]:
    """What a format draws before and behind the text of a cell: "ĐN-"@. Nothing where it is set apart by a blank, as
    of titles, or draws no letters.
    """
    around, found = ["", ""], False
    for quoted, escaped, plain in PIECE_OF_FORMAT.findall(code):
        if plain == ";":
            if found:
                break
            around = ["", ""]
        elif plain == "@":
            found = True
        elif not plain or plain in AS_WRITTEN:
            around[found] += quoted or escaped or plain
    before, behind = around
    is_code = any(map(str.isalpha, before)) and not any(map(str.isspace, before + behind))
    return (before, behind) if found and is_code else ("", "")


def _as_drawn(digits: str, signs: tuple[str | None, ...]) -> str:
    """More digits than the format has places stand before its first one."""
    places = signs.count(None)
    left = iter(digits.zfill(places))
    first = signs.index(None)
    head = "".join(next(left) for _extra in range(len(digits) - places))
    drawn = [next(left) if sign is None else sign for sign in signs]
    return "".join(sign for sign in (*drawn[:first], head, *drawn[first:]) if sign)


def _formats(
    archive: zipfile.ZipFile,
) -> tuple[set[int], dict[int, tuple[str | None, ...]], dict[int, tuple[str, str]], dict[int, str]]:
    """The cell styles that show a day or a time, those that draw more than the digits, or than the text, and their
    fonts.
    """
    # here, not above: importing it takes half a second, and most processes read no workbook
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    codes, dates, drawn, words, names, fonts = dict(BUILTIN_FORMATS), set(), {}, {}, [], {}
    for element in _elements(archive, "xl/styles.xml", "numFmt", "fonts", "cellXfs"):
        if local(element) == "numFmt":
            codes[int(element.get("numFmtId", 0))] = element.get("formatCode", "")
            continue
        if local(element) == "fonts":
            names = [next((part.get("val", "") for part in font if local(part) == "name"), "") for font in element]
            continue
        for style, one in enumerate(element):
            fonts[style] = names[int(one.get("fontId", 0))] if names else ""
            code = codes.get(int(one.get("numFmtId", 0)), "")
            if is_date_format(code):
                dates.add(style)
            elif signs := drawing_of(code):
                drawn[style] = signs
            if any(around := words_of(code)):
                words[style] = around
    return dates, drawn, words, fonts


def column_number(letters: str) -> int:
    """ "A" → 0, "AA" → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1

"""Reads Moodle XML: https://docs.moodle.org/en/Moodle_XML_format.

Each element of a question is either understood, or known to say nothing here (a penalty of a later try, a hidden flag),
or named in a note. The file is parsed without entities, document types and outside references.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from courses.questions.exchange import cloze
from courses.questions.exchange.gift import category_of
from courses.questions.exchange.html_text import plain
from courses.questions.exchange.item import (
    Answer,
    BadFile,
    Item,
    Reading,
    Unreadable,
    choice_item,
    decimal,
    typed_choices,
    whole_percent,
)
from courses.questions.kinds.typed import CASE

# understood for every type of question
COMMON = {"name", "questiontext", "generalfeedback", "tags", "hint"}
# these say how Moodle runs a question, and nothing about what is right
SILENT = {"penalty", "answernumbering", "shownumcorrect", "showstandardinstruction"}
# looked at by `_note_flags`
FLAGS = {"hidden", "idnumber", "defaultgrade"}
# shuffled or not is a matter of the quiz here
SHUFFLES = {"shuffleanswers"}
COMBINED = {"correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"}
DEEPEST = 30


def read(content: bytes) -> Reading:
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise BadFile(_("Tệp có khai báo DTD hoặc thực thể nên không đọc; hãy xuất lại từ Moodle.")) from None
    except (ParseError, ValueError, LookupError):
        raise BadFile(_("Tệp không phải XML đọc được; hãy xuất lại dạng Moodle XML.")) from None
    except RecursionError:
        raise BadFile(_("Tệp lồng quá sâu nên không đọc.")) from None
    if root.tag != "quiz":
        raise BadFile(_("Tệp không phải Moodle XML: phần ngoài cùng phải là <quiz>."))
    if _depth(root) > DEEPEST:
        raise BadFile(_("Tệp lồng quá sâu nên không đọc."))
    reading, category, lines = Reading(), "", _lines(content)
    for element in root:
        if element.tag != "question":
            reading.note("", 1, _("Phần <%(tag)s> ngoài các câu hỏi không được hiểu.") % {"tag": element.tag})
            continue
        line = next(lines, 1)
        if element.get("type") == "category":
            category = category_of(element.findtext("category/text") or "")
        else:
            _one(reading, element, category, line)
    return reading


def _lines(content: bytes) -> Iterator[int]:
    """The line of each question, in order; words that look like one do not count."""
    bare = re.sub(
        rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", lambda found: b"\n" * found[0].count(b"\n"), content, flags=re.DOTALL
    )
    line, place = 1, 0
    for found in re.finditer(rb"<question[\s>]", bare):
        line, place = line + bare.count(b"\n", place, found.start()), found.start()
        yield line


def _depth(root: Element) -> int:
    deepest, level = 0, [root]
    while level and deepest <= DEEPEST:
        deepest, level = deepest + 1, [child for each in level for child in each]
    return deepest


def _one(reading: Reading, element: Element, category: str, line: int) -> None:
    notes: list[str] = []
    title = " ".join((element.findtext("name/text") or "").split())
    name = element.get("type") or ""
    label = title or (element.findtext("questiontext/text") or "")[:60]
    try:
        if name not in TYPES:
            raise Unreadable(_("Dạng “%(kind)s” của Moodle chưa có dạng tương ứng.") % {"kind": name})
        made, understood = TYPES[name]
        item = made(element, notes)
    except Unreadable as error:
        reading.reject(label, line, str(error))
        return
    explanation = words_of(element.find("generalfeedback"), notes)
    hints = [text for hint in element.findall("hint") if (text := words_of(hint, notes))]
    tags = tuple(filter(None, ((tag.findtext("text") or "").strip() for tag in element.findall("tags/tag"))))
    _note_rest(element, understood, notes)
    _note_flags(element, notes)
    reading.items.append(
        replace(
            item,
            title=title,
            category=category,
            explanation=explanation,
            hint="\n".join(hints),
            tags=tags,
            line=line,
        )
    )
    for note in notes:
        reading.note(label, line, note)


def _note_rest(element: Element, understood: set[str], notes: list[str]) -> None:
    known = COMMON | SILENT | FLAGS | SHUFFLES | COMBINED | understood
    for tag in dict.fromkeys(child.tag for child in element if child.tag not in known):
        notes.append(_("Phần <%(tag)s> không được hiểu nên bị bỏ.") % {"tag": tag})
    for tag in sorted(COMBINED):
        if words_of(element.find(tag), []):
            notes.append(_("Nhận xét chung <%(tag)s> không được giữ.") % {"tag": tag})


def _note_flags(element: Element, notes: list[str]) -> None:
    grade = (element.findtext("defaultgrade") or "1").strip()
    if number(grade) != 1:
        notes.append(_("Điểm của câu (%(grade)s) đặt trong bài kiểm tra, không theo câu.") % {"grade": grade})
    if element.findtext("hidden") == "1":
        notes.append(_("Câu bị ẩn ở Moodle; ở đây được nhập như câu khác."))
    if identity := (element.findtext("idnumber") or "").strip():
        notes.append(_("Mã số “%(id)s” không được giữ.") % {"id": identity})
    if (element.findtext("shuffleanswers") or "true").strip() in ("0", "false"):
        notes.append(_("Cờ “không trộn phương án” đặt trong bài kiểm tra, không theo câu."))


def words_of(element: Element | None, notes: list[str]) -> str:
    """The words of an element with a <text> and perhaps files."""
    if element is None:
        return ""
    for file in element.findall("file"):
        notes.append(_("Tệp kèm “%(name)s” không được giữ.") % {"name": (file.get("name") or "")[:80]})
    text = element.findtext("text") or ""
    form = element.get("format") or "html"
    if form == "markdown":
        notes.append(_("Chữ viết theo Markdown được giữ như chữ thường."))
    return plain(text, notes) if form in ("html", "moodle_auto_format") else text.strip()


def number(text: str) -> Fraction:
    try:
        return Fraction(text.strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise Unreadable(_("“%(text)s” không phải một số.") % {"text": text[:60]}) from None


def answers_of(element: Element, notes: list[str]) -> list[Answer]:
    found = []
    for answer in element.findall("answer"):
        share = number(answer.get("fraction") or "0")
        if abs(share) > 100:
            raise Unreadable(_("Trọng số %(share)s vượt 100 %%.") % {"share": answer.get("fraction")})
        found.append(Answer(words_of(answer, notes), share, words_of(answer.find("feedback"), notes)))
    return found


def _multichoice(element: Element, notes: list[str]) -> Item:
    said = (element.findtext("single") or "").strip().lower()
    single = {"true": True, "1": True, "false": False, "0": False}.get(said)
    kind, choices = choice_item(answers_of(element, notes), single, notes)
    return Item(kind, words_of(element.find("questiontext"), notes), choices)


def _truefalse(element: Element, notes: list[str]) -> Item:
    answers = {each.text.strip().lower(): each for each in answers_of(element, notes)}
    if set(answers) != {"true", "false"} or sum(each.share == 100 for each in answers.values()) != 1:
        raise Unreadable(_("Câu đúng – sai cần một trong hai được cả điểm."))
    choices = tuple(
        {"text": words, "right": answers[name].share == 100, "feedback": answers[name].feedback}
        for words, name in (("Đúng", "true"), ("Sai", "false"))
    )
    return Item("true_false", words_of(element.find("questiontext"), notes), choices)


def _shortanswer(element: Element, notes: list[str]) -> Item:
    folds = [] if (element.findtext("usecase") or "0").strip() == "1" else [CASE]
    choices = typed_choices(answers_of(element, notes), notes)
    return Item("short_answer", words_of(element.find("questiontext"), notes), choices, {"folds": folds})


def _numerical(element: Element, notes: list[str]) -> Item:
    choices = []
    for answer, tag in zip(answers_of(element, notes), element.findall("answer"), strict=True):
        if answer.text == "*" or answer.share <= 0:
            notes.append(_("Số “%(text)s” không được điểm nên không giữ, cả nhận xét của nó.") % {"text": answer.text})
            continue
        tolerance = abs(number(tag.findtext("tolerance") or "0"))
        row = {"value": decimal(number(answer.text)), "tolerance": decimal(tolerance)}
        choices.append({**row, "share": whole_percent(answer, notes), "feedback": answer.feedback})
    units = [(unit.findtext("unit_name") or "").strip() for unit in element.findall("units/unit")]
    if len(units) > 1:
        notes.append(_("Chỉ giữ đơn vị “%(unit)s”; các đơn vị khác và hệ số đổi bị bỏ.") % {"unit": units[0]})
    graded = (element.findtext("unitgradingtype") or "0").strip() != "0"
    if graded and units:
        notes.append(_("Thiếu hay sai đơn vị ở đây mất nửa điểm, bất kể mức phạt trong tệp."))
    own = {"unit": units[0] if units else "", "unit_asked": graded and bool(units)}
    return Item("numeric", words_of(element.find("questiontext"), notes), tuple(choices), own)


def _matching(element: Element, notes: list[str]) -> Item:
    pairs = []
    for pair in element.findall("subquestion"):
        left, right = words_of(pair, notes), (pair.findtext("answer/text") or "").strip()
        if left and right:
            pairs.append({"left": left, "right": right})
        elif right:
            notes.append(_("Vế thừa “%(text)s” không thuộc cặp nào nên bị bỏ.") % {"text": right[:60]})
    return Item("matching", words_of(element.find("questiontext"), notes), tuple(pairs))


def _ordering(element: Element, notes: list[str]) -> Item:
    steps = tuple({"text": words_of(answer, notes)} for answer in element.findall("answer"))
    notes.append(_("Cách chấm thứ tự theo cách của hệ thống này."))
    return Item("ordering", words_of(element.find("questiontext"), notes), steps)


def _gapselect(element: Element, notes: list[str]) -> Item:
    """`[[2]]` in the text is a gap whose right word is the second; wrong ones are those of the same group."""
    text = words_of(element.find("questiontext"), notes)
    boxes = [*element.findall("selectoption"), *element.findall("dragbox")]
    words = [(words_of(box, notes), (box.findtext("group") or "1").strip()) for box in boxes]
    gaps: list[dict] = []

    def gap(found: re.Match) -> str:
        place = int(found[1]) - 1
        if place >= len(words):
            raise Unreadable(_("Chỗ trống [[%(place)s]] không có chữ tương ứng.") % {"place": found[1]})
        own, group = words[place]
        others = [word for word, theirs in words if theirs == group and word != own]
        gaps.append({"right": [own], "wrong": list(dict.fromkeys(others))})
        return f"[{len(gaps)}]"

    passage = re.sub(r"\[\[(\d{1,3})\]\]", gap, text)
    return Item("missing_words", _("Điền chỗ trống."), tuple(gaps), {"passage": passage})


def _cloze(element: Element, notes: list[str]) -> Item:
    return cloze.item_of(words_of(element.find("questiontext"), notes), notes)


Made = Callable[[Element, list[str]], Item]
SINGLE = {"answer", "single"}
TYPES: dict[str, tuple[Made, set[str]]] = {
    "multichoice": (_multichoice, SINGLE),
    "truefalse": (_truefalse, SINGLE),
    "shortanswer": (_shortanswer, {"answer", "usecase"}),
    "numerical": (_numerical, {"answer", "units", "unitgradingtype", "unitpenalty", "showunits", "unitsleft"}),
    "matching": (_matching, {"subquestion"}),
    "ordering": (_ordering, {"answer", "layouttype", "selecttype", "selectcount", "gradingtype", "showgrading"}),
    "gapselect": (_gapselect, {"selectoption"}),
    "ddwtos": (_gapselect, {"dragbox"}),
    "cloze": (_cloze, set()),
}

"""Writes Moodle XML. What it cannot say is named, never left out silently."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.translation import gettext as _

from courses.questions.exchange.item import Item, Remark, Unreadable
from courses.questions.kinds.missing_words import MARK
from courses.questions.kinds.typed import CASE

# what XML 1.0 cannot hold
FORBIDDEN = dict.fromkeys([*range(0x20), 0xFFFE, 0xFFFF])
for _sign in (0x9, 0xA, 0xD):
    del FORBIDDEN[_sign]


def write(items: Iterable[Item]) -> tuple[str, list[Remark]]:
    """(the file, what of each question it does not say)."""
    root, remarks, category = Element("quiz"), [], None
    for place, item in enumerate(items, 1):
        notes: list[str] = []
        try:
            element = one(item, notes)
        except Unreadable as error:
            remarks.append(Remark(item.title, place, str(error)))
            continue
        if item.category != category:
            category = item.category
            above = SubElement(SubElement(root, "question", type="category"), "category")
            _text(above, "/".join(filter(None, ["$course$/top", category])))
        root.append(element)
        remarks += [Remark(item.title, place, note) for note in notes]
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=False) + "\n", remarks


def one(item: Item, notes: list[str]) -> Element:
    name, build = WRITERS[item.kind]
    element = Element("question", type=name)
    _text(SubElement(element, "name"), item.title)
    said = SubElement(element, "questiontext", format="html")
    _html(SubElement(element, "generalfeedback", format="html"), item.explanation)
    build(element, item, notes)
    if not said.findtext("text"):
        _html(said, item.text)
    if item.hint:
        _html(SubElement(element, "hint", format="html"), item.hint)
    tags = SubElement(element, "tags") if item.tags else None
    for tag in item.tags:
        assert tags is not None
        _text(SubElement(tags, "tag"), tag)
    return element


def _text(element: Element, text: str) -> None:
    SubElement(element, "text").text = text.translate(FORBIDDEN)


def _html(element: Element, text: str) -> None:
    _text(element, escape(text, quote=False).replace("\n", "<br>"))


def _answer(element: Element, share, text: str, feedback: str = "", *, html: bool = True) -> Element:
    answer = SubElement(element, "answer", fraction=str(share), format="html" if html else "plain_text")
    (_html if html else _text)(answer, text)
    if feedback:
        _html(SubElement(answer, "feedback", format="html"), feedback)
    return answer


def _choice(element: Element, item: Item, notes: list[str]) -> None:
    single = item.kind == "single_choice"
    right = sum(bool(each["right"]) for each in item.choices)
    share = "100" if single else f"{float(Fraction(100, right)):.7f}".rstrip("0").rstrip(".")
    SubElement(element, "single").text = "true" if single else "false"
    for each in item.choices:
        wrong = "0" if single else f"-{share}"
        _answer(element, share if each["right"] else wrong, each["text"], each.get("feedback") or "")


def _true_false(element: Element, item: Item, notes: list[str]) -> None:
    words = [each["text"] for each in item.choices]
    if words != ["Đúng", "Sai"]:
        notes.append(_("Chữ “%(words)s” không ghi được; Moodle chỉ nói đúng hay sai.") % {"words": "”, “".join(words)})
    for each, name in zip(item.choices, ("true", "false"), strict=True):
        _answer(element, 100 * bool(each["right"]), name, each.get("feedback") or "", html=False)


def _ordering(element: Element, item: Item, notes: list[str]) -> None:
    for place, step in enumerate(item.choices, 1):
        _answer(element, place, step["text"])


def _matching(element: Element, item: Item, notes: list[str]) -> None:
    for pair in item.choices:
        row = SubElement(element, "subquestion", format="html")
        _html(row, pair["left"])
        _text(SubElement(row, "answer"), pair["right"])


def _short(element: Element, item: Item, notes: list[str]) -> None:
    folds = set(item.own["folds"])
    SubElement(element, "usecase").text = "0" if CASE in folds else "1"
    if folds - {CASE}:
        notes.append(_("Không phân biệt dấu hay khoảng trắng không ghi được trong Moodle XML."))
    for row in item.choices:
        if "*" in row["text"]:
            notes.append(_("Dấu * trong “%(text)s” ở Moodle thay cho chữ bất kỳ.") % {"text": row["text"]})
        _answer(element, row["share"], row["text"], row["feedback"], html=False)


def _numeric(element: Element, item: Item, notes: list[str]) -> None:
    for row in item.choices:
        value, tolerance = (row[name].strip().replace(",", ".") for name in ("value", "tolerance"))
        answer = _answer(element, row["share"], value, row["feedback"], html=False)
        SubElement(answer, "tolerance").text = tolerance
    if item.own["unit"]:
        SubElement(element, "unitgradingtype").text = "1" if item.own["unit_asked"] else "0"
        unit = SubElement(SubElement(element, "units"), "unit")
        SubElement(unit, "multiplier").text = "1"
        SubElement(unit, "unit_name").text = item.own["unit"]


def _gaps(element: Element, item: Item, notes: list[str]) -> None:
    if item.text != _("Điền chỗ trống."):
        notes.append(_("Lời dẫn “%(text)s” không ghi được trong Moodle XML.") % {"text": item.text[:60]})
    folds = set(item.own["folds"])
    if folds - {CASE}:
        notes.append(_("Không phân biệt dấu hay khoảng trắng không ghi được trong Moodle XML."))
    passage = item.own["passage"]
    if "{" in passage or "}" in passage:
        raise Unreadable(_("Đoạn văn có dấu ngoặc nhọn nên không ghi được thành chỗ trống của Moodle."))

    def gap(found) -> str:
        own = item.choices[int(found[1]) - 1]
        name = "MULTICHOICE" if own["wrong"] else "SHORTANSWER" if CASE in folds else "SHORTANSWER_C"
        words = [*(f"={_embedded(word)}" for word in own["right"]), *map(_embedded, own["wrong"])]
        return f"{{1:{name}:{'~'.join(words)}}}"

    element.set("type", "cloze")
    _text(element.find("questiontext"), MARK.sub(gap, escape(passage, quote=False)).replace("\n", "<br>"))  # type: ignore[arg-type]


def _embedded(word: str) -> str:
    for sign in ("\\", "~", "#", "=", "}", "{", "%"):
        word = word.replace(sign, f"\\{sign}")
    return escape(word, quote=False)


WRITERS: dict[str, tuple[str, Callable[[Element, Item, list[str]], None]]] = {
    "single_choice": ("multichoice", _choice),
    "multiple_choice": ("multichoice", _choice),
    "true_false": ("truefalse", _true_false),
    "ordering": ("ordering", _ordering),
    "matching": ("matching", _matching),
    "short_answer": ("shortanswer", _short),
    "numeric": ("numerical", _numeric),
    "missing_words": ("cloze", _gaps),
}

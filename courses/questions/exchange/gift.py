r"""Reads GIFT, the plain text of Moodle: https://docs.moodle.org/en/GIFT_format.

Questions stand apart by an empty line: `::title:: text {answers} rest`. A sign of `~=#{}:` is itself behind a
backslash, `\n` a new line. Of answers in braces `=` is right, `~` wrong, `%50%` a share, `#` a remark, `->` the other
side of a pair, `####` what is said of the whole question; `{T}` and `{F}`, `{#3:0.5}` and `{#1..5}`, `{}` an essay.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from django.utils.translation import gettext as _

from courses.questions.exchange.html_text import plain
from courses.questions.exchange.item import (
    WHOLE,
    Answer,
    Item,
    Reading,
    Unreadable,
    choice_item,
    decimal,
    typed_choices,
    whole_percent,
)
from courses.questions.kinds.typed import CASE

CATEGORY = re.compile(r"\s*\$CATEGORY:\s*(.*)", re.IGNORECASE)
TAG = re.compile(r"\[tag:([^\]\n]+)\]")
IDENTITY = re.compile(r"\[id:([^\]\n]+)\]")
TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
TRUE = {"T": True, "TRUE": True, "F": False, "FALSE": False}
# what is escaped stands for itself, out of the way of signs; private use, so that no text has them
SIGNS = "~=#{}:"
HIDDEN = {sign: chr(0xE000 + place) for place, sign in enumerate(SIGNS)}
SHOWN = {hidden: sign for sign, hidden in HIDDEN.items()}
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?")


def read(text: str) -> Reading:
    reading, category = Reading(), ""
    for line, block, remarks in blocks(text.lstrip("\ufeff")):
        if found := CATEGORY.fullmatch(block.strip()):
            category = category_of(found[1])
            continue
        tags = tuple(tag.strip() for remark in remarks for tag in TAG.findall(remark))
        for identity in (each for remark in remarks for each in IDENTITY.findall(remark)):
            reading.note("", line, _("Mã [id:%(id)s] không được giữ.") % {"id": identity})
        _one(reading, block, line, category, tags)
    return reading


def category_of(path: str) -> str:
    """The path without what only Moodle has in front of it."""
    parts = [part.strip() for part in path.replace("//", "\ue010").split("/")]
    parts = [part.replace("\ue010", "/") for part in parts if part and not re.fullmatch(r"\$\w+\$|top", part)]
    return "/".join(parts)


def blocks(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """(number of its first line, text without remarks, remarks) of what stands between empty lines. A category is a
    block of its own even without one."""
    lines: list[str] = []
    remarks: list[str] = []
    begin, depth = 0, 0
    for number, line in enumerate([*re.split(r"\r\n|\r|\n", text), ""], 1):
        if line.lstrip().startswith("//") and depth == 0:
            remarks.append(line.strip())
        elif CATEGORY.fullmatch(line) and depth == 0:
            if lines:
                yield begin, "\n".join(lines), remarks
                lines, remarks = [], []
            yield number, line, remarks
            remarks = []
        elif line.strip():
            begin = begin if lines else number
            lines.append(line)
            depth = _depth(line, depth)
        elif lines and depth == 0:
            yield begin, "\n".join(lines), remarks
            lines, remarks = [], []
        elif lines:
            lines.append("")
    if lines:
        yield begin, "\n".join(lines), remarks


def _depth(line: str, depth: int) -> int:
    """1 inside braces: an empty line there ends no question."""
    for sign in re.sub(r"\\.", "", line):
        depth = 1 if sign == "{" else 0 if sign == "}" else depth
    return depth


def _one(reading: Reading, block: str, line: int, category: str, tags: tuple[str, ...]) -> None:
    notes: list[str] = []
    title, body = "", hidden(block)
    if found := TITLE.match(body):
        title, body = shown(found[1]), body[found.end() :]
    try:
        item = _item(body, notes)
    except Unreadable as error:
        reading.reject(title or shown(body.partition("{")[0])[:60], line, str(error))
        return
    item = replace(item, title=title, category=category, tags=tags, line=line)
    reading.items.append(item)
    for note in notes:
        reading.note(title or item.text[:60], line, note)


def hidden(text: str) -> str:
    r"""Escaped signs out of the way; `\n` is a new line, any other backslash stays."""
    return re.sub(r"\\([~=#{}:n\\])", lambda found: _unescaped(found[1]), text)


def _unescaped(sign: str) -> str:
    return "\n" if sign == "n" else "\\" if sign == "\\" else HIDDEN[sign]


def shown(text: str) -> str:
    for hidden_sign, sign in SHOWN.items():
        text = text.replace(hidden_sign, sign)
    return re.sub(r"[ \t]*\n[ \t]*", "\n", text).strip()


def _item(body: str, notes: list[str]) -> Item:
    form = FORMAT.match(body)
    body = body[form.end() :] if form else body
    if body.count("{") > 1 or body.count("}") > 1:
        raise Unreadable(_("Có hơn một cặp ngoặc nhọn; dấu { hoặc } trong chữ phải viết \\{ hoặc \\}."))
    before, brace, rest = body.partition("{")
    if not brace:
        raise Unreadable(_("Không có câu trả lời trong ngoặc nhọn {}: chỉ là một đoạn mô tả."))
    inside, brace, after = rest.partition("}")
    if not brace:
        raise Unreadable(_("Thiếu dấu } kết thúc các câu trả lời."))
    inside, _fence, general = inside.partition("####")
    is_html = form is not None and form[1] == "html"
    if form and form[1] == "markdown":
        notes.append(_("Chữ viết theo Markdown được giữ như chữ thường."))
    item = _answered(_words(before, is_html, notes), _words(after, is_html, notes), inside.strip(), is_html, notes)
    return replace(item, explanation=_words(general, is_html, notes))


def _words(text: str, is_html: bool, notes: list[str]) -> str:
    return plain(shown(text), notes) if is_html else shown(text)


def _answered(before: str, after: str, inside: str, is_html: bool, notes: list[str]) -> Item:
    if not inside:
        raise Unreadable(_("Câu hỏi mở (tự luận) chưa có dạng tương ứng."))
    if (found := re.fullmatch(r"(\w+)\s*((?:#[^#]*){0,2})", inside)) and found[1].upper() in TRUE:
        return _true_false(_joined(before, after), TRUE[found[1].upper()], found[2], is_html, notes)
    if inside.startswith("#"):
        return _numeric(_joined(before, after), inside[1:], is_html, notes)
    answers, signs = _answers(inside, is_html, notes)
    if any("->" in answer.text for answer in answers):
        return _matching(_joined(before, after), answers)
    if after:
        return _missing_word(before, after, answers, notes)
    if "~" in signs:
        kind, choices = choice_item(answers, None, notes)
        return Item(kind, before, choices)
    return Item("short_answer", before, typed_choices(answers, notes), {"folds": [CASE]})


def _joined(before: str, after: str) -> str:
    return f"{before} _____ {after}" if after else before


def _true_false(text: str, right: bool, remarks: str, is_html: bool, notes: list[str]) -> Item:
    """The first remark is for who is wrong, the second for who is right."""
    wrong_remark, right_remark = ([_words(each, is_html, notes) for each in remarks.split("#")[1:]] + ["", ""])[:2]
    choices = tuple(
        {"text": words, "right": right is value, "feedback": right_remark if right is value else wrong_remark}
        for words, value in (("Đúng", True), ("Sai", False))
    )
    return Item("true_false", text, choices)


def _answers(inside: str, is_html: bool, notes: list[str]) -> tuple[list[Answer], str]:
    """(answers, the signs before them)."""
    parts = re.split(r"(?:^|(?<=[\s\S]))([~=])", inside)
    if parts[0].strip():
        raise Unreadable(_("Trước câu trả lời “%(text)s” thiếu dấu = hoặc ~.") % {"text": shown(parts[0])[:60]})
    answers = []
    for sign, words in zip(parts[1::2], parts[2::2], strict=True):
        share = WHOLE if sign == "=" else Fraction(0)
        if found := re.match(r"\s*%([+-]?\d+(?:\.\d+)?)%", words):
            share, words = Fraction(found[1]), words[found.end() :]
        words, _sign, remark = words.partition("#")
        answers.append(Answer(_words(words, is_html, notes), share, _words(remark, is_html, notes)))
    return answers, "".join(parts[1::2])


def _matching(text: str, answers: list[Answer]) -> Item:
    pairs = []
    for answer in answers:
        left, arrow, right = (part.strip() for part in answer.text.partition("->"))
        if not arrow or not left or not right:
            raise Unreadable(_("Cặp “%(text)s” thiếu một vế.") % {"text": answer.text[:60]})
        pairs.append({"left": left, "right": right})
    return Item("matching", text, tuple(pairs))


def _missing_word(before: str, after: str, answers: list[Answer], notes: list[str]) -> Item:
    if re.search(r"\[\d+\]", before + after):
        raise Unreadable(_("Đoạn văn có sẵn dấu [số], trùng với dấu của chỗ trống."))
    right = [answer for answer in answers if answer.share == WHOLE]
    wrong = [answer for answer in answers if answer.share != WHOLE]
    if not right:
        raise Unreadable(_("Không có phương án nào đúng."))
    for answer in answers:
        if answer.feedback:
            notes.append(_("Nhận xét của “%(text)s” không giữ được ở dạng điền chỗ trống.") % {"text": answer.text})
        if answer.share not in (0, WHOLE):
            notes.append(_("“%(text)s” được một phần điểm trong tệp; ở đây là sai.") % {"text": answer.text})
    gap = {"right": [answer.text for answer in right], "wrong": [answer.text for answer in wrong]}
    return Item("missing_words", _("Điền chỗ trống."), (gap,), {"passage": f"{before} [1] {after}", "folds": [CASE]})


def _numeric(text: str, inside: str, is_html: bool, notes: list[str]) -> Item:
    if not inside.lstrip().startswith("="):
        inside = "=" + inside
    choices = []
    for answer in _answers(inside, is_html, notes)[0]:
        if answer.share <= 0:
            notes.append(_("Số “%(text)s” không được điểm nên không giữ, cả nhận xét của nó.") % {"text": answer.text})
            continue
        value, tolerance = number_and_tolerance(answer.text)
        own = {"value": decimal(value), "tolerance": decimal(tolerance), "share": whole_percent(answer, notes)}
        choices.append({**own, "feedback": answer.feedback})
    return Item("numeric", text, tuple(choices), {"unit": "", "unit_asked": False})


def number_and_tolerance(text: str) -> tuple[Fraction, Fraction]:
    """Of `3`, `3:0.5` or `1..5`; the two of a range are its middle and half its width."""
    for pattern, made in (
        (rf"({NUMBER.pattern})\s*\.\.\s*({NUMBER.pattern})", lambda a, b: ((a + b) / 2, abs(b - a) / 2)),
        (rf"({NUMBER.pattern})\s*:\s*({NUMBER.pattern})", lambda a, b: (a, abs(b))),
        (rf"({NUMBER.pattern})()", lambda a, b: (a, Fraction(0))),
    ):
        if found := re.fullmatch(pattern, text.strip()):
            return made(Fraction(found[1]), Fraction(found[2] or 0))
    raise Unreadable(_("“%(text)s” không phải một số.") % {"text": text[:60]})

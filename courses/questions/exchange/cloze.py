"""Embedded answers of Moodle: https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type.

`{2:SHORTANSWER:=111~%50%số 111#remark}` in the text is a gap; `{1:MULTICHOICE:=a~b}` one to pick from.
"""

import re
from fractions import Fraction

from django.utils.translation import gettext as _

from courses.questions.exchange.item import WHOLE, Item, Unreadable
from courses.questions.kinds.typed import CASE

GAP = re.compile(r"(?<!\\)\{(\d*):([A-Z_]+):((?:[^{}\\]|\\.)*)\}")
TYPED = {"SHORTANSWER": True, "SA": True, "MW": True, "SHORTANSWER_C": False, "SAC": False, "MWC": False}
PICKED = {
    *("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH"),
    *("MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"),
}


def item_of(text: str, notes: list[str]) -> Item:
    """Raises Unreadable where a gap is of a type that nothing here can say."""
    if re.search(r"(?<!\[)\[\d{1,2}\]", text):
        raise Unreadable(_("Đoạn văn có sẵn dấu [số], trùng với dấu của chỗ trống."))
    gaps: list[dict] = []
    folds = [CASE]

    def gap(found: re.Match) -> str:
        weight, name, inside = found.groups()
        if name not in PICKED and name not in TYPED:
            raise Unreadable(_("Chỗ trống kiểu %(kind)s của Moodle chưa có dạng tương ứng.") % {"kind": name})
        if weight not in ("", "1"):
            notes.append(
                _("Trọng số %(weight)s của một chỗ trống không giữ được: mỗi chỗ bằng nhau.") % {"weight": weight}
            )
        if name in TYPED and not TYPED[name]:
            folds.clear()
        gaps.append(_words(inside, name in PICKED, notes))
        return f"[{len(gaps)}]"

    passage = GAP.sub(gap, text)
    if not gaps:
        raise Unreadable(_("Không tìm thấy chỗ trống nào trong đoạn văn."))
    if re.search(r"(?<!\\)[{}]", passage):
        notes.append(_("Còn dấu ngoặc nhọn không đọc được trong đoạn văn; hãy xem lại câu này."))
    passage = re.sub(r"\\([{}~#=\\/\"])", r"\1", passage)
    return Item("missing_words", _("Điền chỗ trống."), tuple(gaps), {"passage": passage, "folds": folds})


def _words(inside: str, picked: bool, notes: list[str]) -> dict:
    right, wrong = [], []
    for part in re.split(r"(?<!\\)~", inside):
        share, words = Fraction(0), part.strip()
        if words.startswith("="):
            share, words = WHOLE, words[1:]
        elif found := re.match(r"%(-?\d+(?:\.\d+)?)%", words):
            share, words = Fraction(found[1]), words[found.end() :]
        words, _sign, remark = re.sub(r"\\#", "\ue011", words).partition("#")
        words = re.sub(r"\\(.)", r"\1", words).replace("\ue011", "#").strip()
        if remark:
            notes.append(_("Nhận xét của “%(text)s” không giữ được ở dạng điền chỗ trống.") % {"text": words})
        if share not in (0, WHOLE):
            notes.append(_("“%(text)s” được một phần điểm trong tệp; ở đây là sai.") % {"text": words})
        if share == WHOLE:
            right.append(words)
        elif picked:
            wrong.append(words)
        elif words:
            notes.append(_("Câu trả lời “%(text)s” không được điểm nên không giữ.") % {"text": words})
    return {"right": right, "wrong": wrong}

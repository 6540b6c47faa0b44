"""What a lesson prints: the teacher's pages, then cards and sheets, laid out so that paper is filled.

Cards stand as many to a page as there are of them, few ones larger; two small sets share a sheet; a pair is repeated.
What is printed on both sides begins on an odd page, so that a card meets its back. `designs/pack.typ` sets the letters
as large as each face allows.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.utils.translation import gettext as _

from campaigns.schools.blocks.adaptations import name_of
from campaigns.schools.blocks.quiz import LETTERS
from campaigns.schools.blocks.sheets import SHAPES, Drawing, SheetBlock
from campaigns.schools.blocks.timeline import minutes_of
from campaigns.schools.faces import face_of, letters_in, nodes_of, parts_of, words_of
from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage, note_of
from printing import render
from printing.texts import rich

DESIGN = Path(__file__).parent / "designs" / "pack.typ"
KEPT_SECONDS = 24 * 60 * 60
COLOUR = re.compile(r"var\(--[\w-]+,\s*([^)]+)\)")
# (columns, rows) by how many cards stand on a page; an odd last one takes both columns
GRIDS = {1: (1, 1), 2: (1, 2), 3: (1, 3), 4: (2, 2), 5: (2, 3), 6: (2, 3), 7: (2, 4), 8: (2, 4)}
SHEETS = {"1": (1, 1), "2": (1, 2), "4": (2, 2)}
# of a face, in letters: no more cards stand on its page
MOST_CARDS = ((220, 8), (400, 6), (700, 4), (1200, 2))
# sets of so many share a sheet; of so many are printed twice
FEW, A_PAIR = 3, 2
# letters of a teacher's sheet that is not kept on one page
LONG = 1200


def pack_pdf(page: SchoolLessonPage, content: str) -> bytes:
    """The whole lesson. Raises MissingLetter."""
    return _kept(f"{page.pk}:{content}", lambda: pack_data(page))


def sheet_pdf(page, part, content: str) -> bytes:
    """One part of it alone. Raises MissingLetter."""
    return _kept(f"{page.pk}:{part.value['code']}:{content}", lambda: _data(page, pieces_of([part])))


def answer_cards_pdf(page: SchoolsPage, content: str) -> bytes:
    """One sheet for a pupil: the four cards by shape, colour and letter. Raises MissingLetter."""
    return _kept(f"answers:{page.pk}:{content}", lambda: answer_cards_data(page))


def answer_cards_data(page: SchoolsPage) -> dict:
    title = _("Thẻ trả lời A, B, C, D")
    drawn = [[{"kind": "drawing", "name": shape.value, "alt": str(shape.label)}] for shape in SHAPES]
    faces = [{**face_of(parts), "letter": letter} for letter, parts in zip(LETTERS, drawn, strict=False)]
    piece = {"heads": [title], "hint": _("Cắt rời, mỗi em một bộ"), "columns": 2, "rows": 2, "cards": True}
    data = _data(page, [{**piece, "fronts": faces, "backs": []}])
    # shapes and letters say nothing that somebody would approve
    return {**data, "title": title, "draft": ""}


def _kept(name: str, make) -> bytes:
    key = f"school-print:{name}"
    pdf = cache.get(key)
    if pdf is None:
        pdf = render(DESIGN, make())
        cache.set(key, pdf, KEPT_SECONDS)
    return pdf


def pack_data(page: SchoolLessonPage) -> dict:
    handed = [part for part in page.printed if not is_teachers(part)]
    return {**_data(page, pieces_of(handed)), "script": _script(page)}


def _data(page, pieces: list[dict]) -> dict:
    faces = [face for piece in pieces for face in (*piece["fronts"], *piece["backs"])]
    drawn = {part["name"] for face in faces for part in face["parts"] if part["kind"] == "drawing"}
    return {
        "title": page.title,
        "draft": "" if page.is_approved else _("BẢN NHÁP – CHƯA DUYỆT"),
        "lang": page.locale.language_code,
        "words": _words(),
        "script": None,
        "single": [piece for piece in pieces if not piece["backs"]],
        "double": [piece for piece in pieces if piece["backs"]],
        "drawings": {name: _drawing(name) for name in drawn if name in SHAPES},
    }


def _words() -> dict[str, str]:
    return {
        "product": _("Lá Chắn"),
        "rules": _("Đọc trước khi dạy: quy tắc an toàn"),
        "things": _("Chuẩn bị"),
        "course": _("Tiến trình"),
        "background": _("Thầy cô cần biết"),
        "adaptations": _("Điều chỉnh theo lớp học"),
        "notes": _("Dặn thầy cô"),
        "back": _("mặt sau"),
    }


def _drawing(name: str) -> str:
    """With its light colours, since a print knows no tokens."""
    found = finders.find(SHAPES[Drawing(name)])
    assert found
    return COLOUR.sub(r"\1", Path(found).read_text(encoding="utf-8"))


# --- the teacher's pages


def is_teachers(part) -> bool:
    return part.block_type == "sheet" and part.value["holder"] == SheetBlock.Holder.TEACHER


def _script(page: SchoolLessonPage) -> dict:
    steps = [step for part in page.body if part.block_type == "timeline" for step in part.value["steps"]]
    sheets = [part for part in page.printed if is_teachers(part)]
    minutes = max((minutes_of(part.value) for part in page.body if part.block_type == "timeline"), default=page.minutes)
    return {
        "grades": f"{page.grades} · " + _("ngoại khóa · %(n)d phút") % {"n": minutes},
        "note": " ".join(filter(None, [page.origin_note, page.state_note])),
        "aims": rich(page.aims),
        "rules": [str(rule.value) for rule in page.schools.rules],
        "things": page.things,
        "background": rich(page.background),
        "adaptations": [{"name": name_of(one.value), "nodes": nodes_of(one.value["text"])} for one in page.adaptations],
        "steps": [
            {
                "span": f"{step['begins']}–{step['ends']}’",
                "title": step["title"],
                "things": step["things"] or "",
                "nodes": nodes_of(step["script"]),
            }
            for step in steps
        ],
        "sheets": [_teachers_sheet(part) for part in sheets],
        "notes": [_note(part) for part in page.teachers_notes],
        "sources": " ".join([_("Căn cứ:"), page.sources]) if page.sources else "",
    }


def _teachers_sheet(part) -> dict:
    parts = [*parts_of(part.value["front"]), *parts_of(part.value["back"] or ())]
    return {"head": _head(part), "parts": parts, "long": letters_in(parts) > LONG}


def _note(part) -> dict:
    if note := note_of(part):
        nodes = nodes_of(note)
    else:
        right = " · ".join(f"{n} {question['right']}" for n, question in enumerate(part.value["questions"], 1))
        nodes = [{"kind": "p", "runs": [_("Đáp án:") + " " + right]}]
    code = {"text": f"{part.value['code']}. ", "bold": True, "italic": False, "href": ""}
    if nodes[0]["kind"] != "p":
        return {"nodes": [{"kind": "p", "runs": [code]}, *nodes]}
    return {"nodes": [{**nodes[0], "runs": [code, *nodes[0]["runs"]]}, *nodes[1:]]}


# --- what is handed out


def pieces_of(parts: Iterable) -> list[dict]:
    """In their order; a small set of cards goes to the sheet of an earlier one."""
    pieces: list[dict] = []
    for part in parts:
        piece = PIECES[part.block_type](part)
        mate = next((one for one in pieces if _share_a_sheet(one, piece)), None)
        if mate is None:
            pieces.append(piece)
            continue
        mate["heads"] += piece["heads"]
        for side in ("fronts", "backs"):
            mate[side] += piece[side]
    return [_filled(piece) for piece in pieces]


def _share_a_sheet(one: dict, other: dict) -> bool:
    small = all(piece["cards"] and len(piece["fronts"]) <= FEW for piece in (one, other))
    return small and bool(one["backs"]) == bool(other["backs"]) and _most_cards([one, other]) >= 2 * FEW


def _filled(piece: dict) -> dict:
    if not piece["cards"]:
        return piece
    count, most = len(piece["fronts"]), _most_cards([piece])
    if count <= A_PAIR and 2 * count <= most:
        # twice, so that no half of the sheet stays empty
        for side in ("fronts", "backs"):
            piece[side] += [{**face, "copy": True} for face in piece[side]]
        count *= 2
    pages = -(-count // most)
    columns, rows = GRIDS[-(-count // pages)]
    return {**piece, "columns": columns, "rows": rows}


def _most_cards(pieces: list[dict]) -> int:
    faces = [face for piece in pieces for face in (*piece["fronts"], *piece["backs"])]
    longest = max((letters_in(face["parts"]) for face in faces), default=0)
    return next((most for limit, most in MOST_CARDS if longest <= limit), 1)


def _cards(part) -> dict:
    cards, code = part.value["cards"], part.value["code"]
    has_backs = any(card["back"] and card["back"].source for card in cards)
    fronts = [face_of(words_of(card["front"]), f"{code} · {card['name']}") for card in cards]
    backs = [face_of(words_of(card["back"]), f"{code} · {card['name']} – {_('mặt sau')}") for card in cards]
    return _piece(part, fronts, backs if has_backs else [], cards=True)


def _sheet(part) -> dict:
    copies = part.value["copies"] or "1"
    sides = {}
    for side in ("front", "back"):
        face = face_of(parts_of(part.value[side] or ()), tall=copies == "1")
        sides[side] = [{**face, "copy": n > 0} for n in range(int(copies))] if face["parts"] else []
    return {
        **_piece(part, sides["front"], sides["back"]),
        **dict(zip(("columns", "rows"), SHEETS[copies], strict=True)),
    }


def _quiz(part) -> dict:
    nodes = [{"kind": "p", "runs": [part.value["lead"]]}] if part.value["lead"] else []
    for number, question in enumerate(part.value["questions"], 1):
        asked = nodes_of(question["text"])
        first = asked[0]["runs"] if asked else []
        bold = {"text": f"{number}. ", "bold": True, "italic": False, "href": ""}
        nodes.append({"kind": "p", "runs": [bold, *first]})
        nodes.append({"kind": "choices", "items": list(zip(LETTERS, question["choices"], strict=False)), "runs": []})
    return _piece(part, [face_of([{"kind": "words", "nodes": nodes}], tall=True)], [])


def _role_play(part) -> dict:
    """Cards: what the teacher says in front, what the pupil may answer behind."""
    code, dealt = part.value["code"], part.value["situations"]
    fronts = [face_of(words_of(one["said"]), f"{code} · {one['name']}") for one in dealt]
    backs = [face_of(words_of(one["answer"]), f"{code} · {one['name']} – {_('mặt sau')}") for one in dealt]
    return _piece(part, fronts, backs, cards=True)


def _discussion(part) -> dict:
    asked = [{"kind": "p", "runs": [f"{number}. {said}"]} for number, said in enumerate(part.value["questions"], 1)]
    return _piece(part, [face_of([{"kind": "words", "nodes": asked}])], [])


def _song(part) -> dict:
    return _piece(part, [face_of(words_of(part.value["words"]))], [])


PIECES = {
    "cards": _cards,
    "sheet": _sheet,
    "quiz": _quiz,
    "role_play": _role_play,
    "discussion": _discussion,
    "song": _song,
}


def _piece(part, fronts: list[dict], backs: list[dict], *, cards: bool = False) -> dict:
    hint = part.value["hint"] or ""
    return {
        "heads": [_head(part)],
        "hint": hint[:1].upper() + hint[1:],
        "columns": 1,
        "rows": 1,
        "fronts": fronts,
        "backs": backs,
        "cards": cards,
    }


def _head(part) -> str:
    return f"{part.value['code']}. {part.value['title']}"

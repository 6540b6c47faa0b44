"""A small conversation that tests change, in the shape of a starter file."""

import json
from copy import deepcopy
from pathlib import Path

from courses.practice.conversations.rules.graph import Conversation, read

STARTER = Path(__file__).parent.parent / "courses/practice/conversations/starter"


def utterance(say, next, trust=1, kind="open", reveals=(), **texts) -> dict:
    texts = {"answer": f"Đáp: {say}", "remark": f"Nhận xét: {say}", **texts}
    return {"say": say, "type": kind, "trust": trust, "reveals": list(reveals), "next": next, **texts}


SMALL = {
    "title": "Người ở bến xe",
    "minutes": 5,
    "person": {
        "call": "em Mai",
        "age": 19,
        "appears": "Ôm ba lô.",
        "hidden": "Mai trốn khỏi quán.",
        "fears": ["bị tìm"],
    },
    "setting": {"where": "Bến xe", "when": "Sáng sớm", "role": "Chị Hà, cán bộ xã", "around": "", "before": ""},
    "must_learn": [
        {"id": "doi", "kind": "need", "what": "Em đói", "if_missed": "Em đói cả buổi."},
        {"id": "so", "kind": "safety", "what": "Em sợ bị tìm", "if_missed": "Không ai biết em sợ."},
    ],
    "never_needed": [{"what": "Em làm gì ở quán", "why": "Không cần lúc này."}],
    "trust": {"start": 3, "min": 0, "max": 6, "close_at": 0},
    "first": "a",
    "turns": [
        {
            "id": "a",
            "at": "Mai đứng ở cửa.",
            "choices": [
                utterance("Em cần gì?", "b", 2, reveals=["doi"]),
                utterance("Đi đâu đây?", "b", -3, "pressing"),
                utterance("Em về đi.", "di", -1, "blaming"),
            ],
        },
        {
            "id": "b",
            "at": "Mai ngồi xuống.",
            "choices": [
                utterance("Em lo điều gì?", "het", 2, reveals=["so"]),
                utterance("Chị hứa lo hết.", "het", -1, "promising"),
            ],
        },
    ],
    "ends": [
        {"id": "tot", "kind": "good", "trust": 5, "learnt": ["doi", "so"], "text": "Mai ở lại."},
        {"id": "vua", "kind": "partly", "trust": 3, "learnt": [], "text": "Mai còn ngại."},
        {"id": "di", "kind": "closed", "text": "Mai đi mất."},
        {"id": "dong-lai", "kind": "closed", "text": "Mai thôi nói."},
    ],
    "keep_words": ["Em cần gì?"],
    "sources": [{"cite": "Sơ cứu tâm lý (2011)", "read_at": "blogspot.example", "for_reviewer": "Công an duyệt"}],
}


def small(**changes) -> Conversation:
    return read({**deepcopy(SMALL), **changes})


def small_data() -> dict:
    return deepcopy(SMALL)


def starter(number: int) -> dict:
    return json.loads(next(STARTER.glob(f"{number:02}-*.json")).read_text(encoding="utf-8"))


def make_conversation(module, **changes):
    """A published page of the small conversation."""
    # models can be imported once Django is ready
    from factories import make_page

    from courses.practice.conversations.page import ConversationPage
    from courses.practice.conversations.writing import fields_of

    data = {"id": "nho", "slug": "nguoi-o-ben-xe", **small_data()}
    return make_page(module, ConversationPage, **{**fields_of(data), **changes})


STARTERS = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(STARTER.glob("0*.json"))]

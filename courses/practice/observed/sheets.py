"""Cards (A5) and the empty form (A4) on paper: the data for the Typst designs, from the frozen words."""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.practice.observed.blocks import CARDS
from courses.practice.observed.rubric import Guide
from courses.practice.observed.versions import FrozenRubric
from printing import render

HERE = Path(__file__).parent / "designs"
CARD, FORM = HERE / "card.typ", HERE / "form.typ"
# the parts of each card in the order in which they are read: (name in the block, heading)
PARTS = {
    "learner": [
        ("role", gettext_lazy("Vai")),
        ("situation", gettext_lazy("Tình huống")),
        ("task", gettext_lazy("Việc")),
        ("time", gettext_lazy("Thời gian")),
    ],
    "receiver": [("who", gettext_lazy("Là ai")), ("lines", gettext_lazy("Các câu nói"))],
}
PLAYER_PARTS = [
    ("who", gettext_lazy("Là ai")),
    ("body", gettext_lazy("Dáng vẻ")),
    ("knows", gettext_lazy("Biết gì, cần gì")),
    ("opens_with", gettext_lazy("Mở đầu")),
    ("responds", gettext_lazy("Phản ứng theo điều người học làm")),
    ("gives_if_safe", gettext_lazy("Nói ra khi thấy an toàn")),
    ("never", gettext_lazy("Không bao giờ")),
    ("stop", gettext_lazy("Cách dừng")),
]


def card_pdf(rubric: FrozenRubric, name: str, guide: Guide | None, approved: bool) -> bytes:
    """One A5 card, on as many pages as it needs. Raises MissingLetter; KeyError where the rubric has no such card."""
    card = rubric.cards[name]
    parts = [(heading, card.get(part)) for part, heading in PARTS.get(name, PLAYER_PARTS)]
    data = {
        "title": str(CARDS[name]),
        "practice": rubric.title,
        "minutes": _("Diễn %d phút") % rubric.minutes["play"],
        "parts": [_part(str(heading), value) for heading, value in parts if value],
        "note": _note(name, guide),
        "approved": approved,
        "hidden": name != "learner",
    }
    return render(CARD, data)


def _part(heading: str, value) -> dict:
    """A text, a list of lines, or a list of reactions; the others are empty."""
    reactions = value if isinstance(value, list) and isinstance(value[0], dict) else []
    lines = value if isinstance(value, list) and not reactions else []
    return {
        "heading": heading,
        "text": value if isinstance(value, str) else "",
        "lines": lines,
        "reactions": [{"when": one["when"], "then": one["then"]} for one in reactions],
    }


def _note(name: str, guide: Guide | None) -> str:
    if guide is None:
        return ""
    return guide.learner if name == "learner" else guide.actor


def form_pdf(rubric: FrozenRubric, approved: bool) -> bytes:
    """The empty form, for a session without telephones. Raises MissingLetter."""
    labels = {level.number: level.label for level in rubric.levels}
    behaviours = [
        {
            "number": number,
            "what": one.what,
            "look_for": one.look_for,
            "critical": one.critical,
            "levels": [{"label": f"{n}. {labels[n]}", "text": text} for n, text in sorted(one.levels.items())],
        }
        for number, one in enumerate(rubric.behaviours, 1)
    ]
    data = {
        "title": rubric.title,
        "levels": [{"label": f"{one.number}. {one.label}", "meaning": one.meaning} for one in rubric.levels],
        "behaviours": behaviours,
        "needs": list(rubric.needs),
        "talk": list(rubric.talk),
        "rule": rule_in_words(rubric),
        "approved": approved,
    }
    return render(FORM, data)


def rule_in_words(rubric: FrozenRubric) -> str:
    rule = rubric.rule
    said = _("Đạt: từ %(percent)d phần trăm số việc có dịp thấy ở mức %(level)d trở lên.")
    words = said % {"percent": rule.least_percent, "level": rule.least_level}
    if rule.no_critical_at:
        words += " " + _("Không việc tô đậm nào ở mức %d trở xuống.") % rule.no_critical_at
    return words

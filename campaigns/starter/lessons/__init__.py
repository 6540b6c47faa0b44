"""Creates the school lessons and their common content from the files in this folder; not yet approved."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage
from campaigns.starter.markup import face, inline, items, rich, stable_id
from pages.contacts import starter
from pages.home.page import HomePage
from pages.marks.source_marks import cleaned_data, marks_found
from pages.publishing import add_published

HERE = Path(__file__).parent
LESSONS = ("lop-4-5", "lop-6-9", "lop-10-12", "viec-qua-dien-thoai")
NOTE = f"{starter.NOT_APPROVED} Sở Giáo dục và Đào tạo duyệt trước khi dạy."
SUBJECT, TITLE = "bai-hoc-o-truong", "Bài học ở trường"
INTRO = (
    "Bài ngoại khóa 45 phút cho lớp 4–5, 6–9, 10–12 và học sinh 16–18 tuổi. "
    "Mọi tin nhắn, nhân vật, tình huống trong bài đều là giả định."
)


def read(name: str) -> dict:
    """Without what only reviewers read, which `_tell_reviewers` keeps for them."""
    return _parts(name)[0]


def _parts(name: str) -> tuple[dict, list]:
    data = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    return cleaned_data(data, data["title"])


def _tell_reviewers() -> None:
    items = [one for name in ("shared", *LESSONS) for one in _parts(name)[1]]
    marks_found.send(SchoolsPage, subject=SUBJECT, title=TITLE, items=items)


def create_schools(home: HomePage, progress: Callable[[str], None]) -> SchoolsPage:
    """Creates what is missing; existing pages belong to their editors."""
    schools = SchoolsPage.objects.child_of(home).first()
    if schools is None:
        progress(_("Bài học ở trường…"))
        schools = add_published(home, _schools(read("shared")))
        for name in LESSONS:
            add_published(schools, _lesson(read(name)))
        _tell_reviewers()
    return schools


def complete_schools(schools: SchoolsPage) -> None:
    """Brings to lessons of an earlier version what lessons have since: topic, month, board words, the plan of 30
    minutes, changes for a class; and with the first of them the fourth lesson. What was approved, or has a draft, is
    its editors'.
    """
    plain = SchoolLessonPage.objects.child_of(schools).filter(topic="", month=None, has_unpublished_changes=False)
    completed = [page for page in plain.filter(slug__in=LESSONS, live=True) if not page.is_approved]
    for page in completed:
        _complete(page, read(page.slug))
    known = set(SchoolLessonPage.objects.child_of(schools).values_list("slug", flat=True))
    for name in LESSONS[-1:] if completed else ():
        if name not in known:
            add_published(schools, _lesson(read(name)))


def _complete(page: SchoolLessonPage, data: dict) -> None:
    ours = _lesson(data)
    for field in ("bands", "topic", "month"):
        setattr(page, field, getattr(page, field) or getattr(ours, field))
    if not page.adaptations:
        page.adaptations = _adaptations(data)
    page.body = with_plans(list(page.body.raw_data), list(ours.body.raw_data))
    page.save_revision().publish()


def with_plans(stands: list[dict], ours: list[dict]) -> list[dict]:
    """The blocks that stand, with the plan, the board words and the number of sheets of ours of the same code."""
    made = {
        (block["type"], block["value"].get("code", "")): block["value"] for block in ours if block["type"] != "text"
    }
    for block in stands:
        value = block["value"]
        if block["type"] == "text" or (found := made.get((block["type"], value.get("code", "")))) is None:
            continue
        if block["type"] == "timeline":
            _with_steps(value["steps"], found["steps"])
        for name in ("each", "holder"):
            if name in found and value.get(name) in (None, "", "pupil"):
                value[name] = found[name]
    return stands


def _with_steps(stands: list[dict], ours: list[dict]) -> None:
    """All steps or none: a plan of 30 minutes is made of all of them."""
    same = ("begins", "ends", "title")
    if [[step["value"][name] for name in same] for step in stands] == [
        [step["value"][name] for name in same] for step in ours
    ]:
        for step, made in zip(stands, ours, strict=True):
            step["value"] |= {name: made["value"][name] for name in ("short", "shown")}


def _schools(data: dict) -> SchoolsPage:
    rules = [
        {"type": "rule", "id": stable_id("schools", "rule", str(n)), "value": rule}
        for n, rule in enumerate(data["rules"])
    ]
    return SchoolsPage(
        title=data["title"],
        slug=data["slug"],
        summary=data["summary"],
        intro=INTRO,
        conventions=rich(data["conventions"]),
        rules=rules,
        shared=[_block("schools", block) for block in data["block"]],
        sources=data["sources"],
        audiences=["giao_vien"],
        review_note=NOTE,
        show_in_menus=True,
    )


def _lesson(data: dict) -> SchoolLessonPage:
    return SchoolLessonPage(
        title=data["title"],
        slug=data["slug"],
        summary=data["summary"],
        grades=data["grades"],
        bands=data["bands"],
        topic=data["topic"],
        month=data["month"],
        aims=rich(data["aims"]),
        things=data["things"],
        background=rich(data.get("background", "")),
        adaptations=_adaptations(data),
        scene=data["scene"],
        body=[_block(data["slug"], block) for block in data["block"]],
        sources=read("shared")["sources"],
        audiences=["giao_vien"],
        review_note=NOTE,
    )


def _block(lesson: str, data: dict) -> dict:
    kind, identity = data["kind"], (lesson, data["kind"], data.get("code", ""))
    return {"type": kind, "id": stable_id(*identity), "value": WRITERS[kind](data, identity)}


def _timeline(data: dict, identity) -> dict:
    steps = [{**step, "script": rich(step["script"]), "shown": rich(step["shown"])} for step in data["steps"]]
    return {"steps": items(steps, *identity)}


def _adaptations(data: dict) -> list[dict]:
    return [
        {
            "type": "adaptation",
            "id": stable_id(data["slug"], "adaptation", circumstance),
            "value": {"circumstance": circumstance, "text": rich(text)},
        }
        for circumstance, text in data["adaptations"]
    ]


def _discussion(data: dict, identity) -> dict:
    questions = items(data["questions"], *identity)
    return {**_named(data), "questions": questions, "listen": rich(data.get("listen", ""))}


def _cards(data: dict, identity) -> dict:
    cards = [{"name": name, "front": rich(front), "back": rich(back)} for name, front, back in data["cards"]]
    return {**_named(data), "cards": items(cards, *identity)}


def _sheet(data: dict, identity) -> dict:
    return {
        **_named(data),
        "holder": data["holder"],
        "copies": str(data["copies"]),
        "front": face(data["front"], *identity, "front", drawing=data.get("drawing", "")),
        "back": face(data.get("back", ""), *identity, "back", drawing=data.get("back_drawing", "")),
        "note": rich(data.get("note", "")),
    }


def _quiz(data: dict, identity) -> dict:
    questions = [
        {
            "text": f"<p>{inline(question['text'])}</p>",
            "choices": items(question["choices"], *identity, str(n), "choice"),
            "right": question["right"],
        }
        for n, question in enumerate(data["questions"], 1)
    ]
    return {**_named(data), "lead": data["lead"], "questions": items(questions, *identity)}


def _named(data: dict) -> dict:
    each = {"each": data["each"]} if "each" in data else {}
    return {**{name: data[name] for name in ("code", "title", "hint")}, **each}


WRITERS = {"timeline": _timeline, "cards": _cards, "sheet": _sheet, "quiz": _quiz, "discussion": _discussion}

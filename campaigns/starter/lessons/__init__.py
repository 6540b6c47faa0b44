"""The three lessons for schools and what they share, from the files beside this one; not yet approved."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage
from campaigns.starter.markup import face, inline, items, rich, stable_id
from pages.contacts import starter
from pages.home import HomePage

HERE = Path(__file__).parent
LESSONS = ("lop-4-5", "lop-6-9", "lop-10-12")
NOTE = f"{starter.NOT_APPROVED} Sở Giáo dục và Đào tạo duyệt trước khi dạy; † là chỗ cần người có chuyên môn xác nhận."
INTRO = (
    "Ba bài ngoại khóa 45 phút cho lớp 4–5, 6–9 và 10–12. Mọi tin nhắn, nhân vật, tình huống trong bài đều là giả định."
)


def read(name: str) -> dict:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def create_schools(home: HomePage, progress: Callable[[str], None]) -> SchoolsPage:
    """Makes what is missing; a page that is there belongs to its editors."""
    schools = SchoolsPage.objects.child_of(home).first()
    if schools is None:
        progress(_("Bài học ở trường…"))
        schools = _publish(home, _schools(read("shared")))
        for name in LESSONS:
            _publish(schools, _lesson(read(name)))
    return schools


def _publish(parent, page):
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _schools(told: dict) -> SchoolsPage:
    rules = [
        {"type": "rule", "id": stable_id("schools", "rule", str(n)), "value": rule}
        for n, rule in enumerate(told["rules"])
    ]
    return SchoolsPage(
        title=told["title"],
        slug=told["slug"],
        summary=told["summary"],
        intro=INTRO,
        conventions=rich(told["conventions"]),
        rules=rules,
        shared=[_block("schools", block) for block in told["block"]],
        sources=told["sources"],
        audiences=["giao_vien"],
        review_note=NOTE,
        show_in_menus=True,
    )


def _lesson(told: dict) -> SchoolLessonPage:
    return SchoolLessonPage(
        title=told["title"],
        slug=told["slug"],
        summary=told["summary"],
        grades=told["grades"],
        aims=rich(told["aims"]),
        things=told["things"],
        body=[_block(told["slug"], block) for block in told["block"]],
        sources=read("shared")["sources"],
        audiences=["giao_vien"],
        review_note=NOTE,
    )


def _block(lesson: str, told: dict) -> dict:
    kind, identity = told["kind"], (lesson, told["kind"], told.get("code", ""))
    return {"type": kind, "id": stable_id(*identity), "value": WRITERS[kind](told, identity)}


def _timeline(told: dict, identity) -> dict:
    return {"steps": items([{**step, "script": rich(step["script"])} for step in told["steps"]], *identity)}


def _cards(told: dict, identity) -> dict:
    cards = [{"name": name, "front": rich(front), "back": rich(back)} for name, front, back in told["cards"]]
    return {**_named(told), "cards": items(cards, *identity)}


def _sheet(told: dict, identity) -> dict:
    return {
        **_named(told),
        "holder": told["holder"],
        "copies": str(told["copies"]),
        "front": face(told["front"], *identity, "front", drawing=told.get("drawing", "")),
        "back": face(told.get("back", ""), *identity, "back"),
        "note": rich(told.get("note", "")),
    }


def _quiz(told: dict, identity) -> dict:
    questions = [
        {
            "text": f"<p>{inline(question['text'])}</p>",
            "choices": items(question["choices"], *identity, str(n), "choice"),
            "right": question["right"],
        }
        for n, question in enumerate(told["questions"], 1)
    ]
    return {**_named(told), "lead": told["lead"], "questions": items(questions, *identity)}


def _named(told: dict) -> dict:
    return {name: told[name] for name in ("code", "title", "hint")}


WRITERS = {"timeline": _timeline, "cards": _cards, "sheet": _sheet, "quiz": _quiz}

"""The handbook of a course: all its lessons, cards, terms and sources in one PDF, to be read without a network.

A lesson that is still shut for somebody is named in it and not shown. The file is the same for everybody else, so it is
kept in the shared cache by content version and day.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import count
from pathlib import Path

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from courses.content.concerns import Concerns
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage
from courses.content.structure import Course, lines
from courses.keeping.cards import cards_of, printed
from courses.keeping.chosen import Files, files_of
from courses.keeping.glossary import by_letter, entries, terms_of
from courses.keeping.printed_blocks import blocks_of
from courses.learning.outline import LearnerStep, Outline, OutlinePart
from courses.templatetags.lessons import duration
from media import scenes
from printing import render

DESIGN = Path(__file__).parent / "designs" / "handbook.typ"
KEPT_SECONDS = 24 * 60 * 60
# a colour of a drawing for the page, with its light value: a print takes the light value
TOKEN = re.compile(r"var\(--[\w-]+,\s*([^)]+)\)")


def handbook_pdf(one: Outline, content: str, day: date) -> bytes:
    """No query once it is kept. Raises MissingLetter."""
    shut = "-".join(str(step.page_id) for step in one.steps if step.is_lesson and step.shut)
    digest = hashlib.sha256(shut.encode()).hexdigest()[:16]
    key = f"handbook:{one.course.page_id}:{content}:{day:%Y%m%d}:{digest}"
    pdf = cache.get(key)
    if pdf is None:
        # what stands around the texts is in their language too
        with translation.override(one.course.language):
            pdf = render(DESIGN, handbook_data(one, content, day))
        cache.set(key, pdf, KEPT_SECONDS)
    return pdf


def handbook_data(one: Outline, content: str, day: date) -> dict:
    """What the design sets; five queries for any number of lessons, and one for each kind of file in them."""
    course = one.course
    front = CoursePage.objects.get(pk=course.page_id)
    pages = LessonPage.objects.in_bulk([step.page_id for step in one.steps if step.is_lesson and not step.shut])
    files = files_of(pages.values())
    numbers = count(1)
    parts = [part for part in one.parts if any(step.is_lesson for step in part.steps)]
    modules = [_module(part, numbers, pages, files) for part in parts]
    lessons = [lesson for module in modules for lesson in module["lessons"]]
    pictures = [block for lesson in lessons for block in lesson["blocks"] if block["kind"] == "picture"]
    drawn = [block["scene"] for block in pictures if block["scene"]]
    cover = front.scene if front.scene in scenes.SCENES else next(iter(drawn), "")
    return {
        "lang": course.language,
        "title": course.title,
        "words": _words(),
        "summary": front.summary,
        "audience": front.audience,
        "objectives": [] if any(one["objectives"] for one in modules) else list(lines(front.objectives)),
        "status": status(course),
        "approved": course.approved,
        "day": _("Bản in ngày %s") % f"{day:%d/%m/%Y}",
        "scene": cover,
        "scene_alt": str(scenes.SCENES.get(cover, "")),
        "scenes": {name: drawing(name) for name in dict.fromkeys([cover, *drawn]) if name},
        "modules": modules,
        "cards": [{"module": part.title, **printed(card)} for part in cards_of(course, content) for card in part.cards],
        "letters": [
            {"letter": letter, "terms": [{"word": entry.word, "meanings": entry.meanings} for entry in group]}
            for letter, group in by_letter(entries(terms_of(one, content)))
        ],
        "sources": _sources(lessons),
    }


def _words() -> dict[str, str]:
    """What the design itself says."""
    return {
        "handbook": _("Sổ tay khóa học"),
        "audience": _("Dành cho"),
        "objectives": _("Học xong, anh chị sẽ"),
        "objective": _("Học xong mục này:"),
        "contents": _("Mục lục"),
        "shut": _("Mục này chưa mở. Học xong các mục trước rồi tải lại sổ tay."),
        "empty": _("Mục này chưa có nội dung."),
        "cards": _("Thẻ việc"),
        "terms": _("Từ cần hiểu"),
        "sources": _("Nguồn"),
        "pages": _("trang"),
        "picture": _("Hình:"),
        "unapproved": _("chưa duyệt"),
        "call": _("Gọi"),
        "call_lead": _("khi thấy ai bị giữ, bị ép, bị lừa, hay khi cần hỏi."),
        "call_cost": _("Miễn phí, ngày đêm"),
        "danger": _("Đang nguy hiểm: gọi"),
    }


def status(course: Course) -> str:
    """In the words of the course's own page, from the same template."""
    context = {"approval": course.approval, "note": course.note}
    return " ".join(unescape(strip_tags(render_to_string("learning/approval.html", context))).split())


def drawing(name: str) -> str:
    return TOKEN.sub(r"\1", scenes.svg(name))


def _module(part: OutlinePart, numbers: Iterator[int], pages: dict[int, LessonPage], files: Files) -> dict:
    return {
        "title": part.module.title,
        "objectives": list(part.module.objectives),
        "lessons": [
            {"number": next(numbers), **_lesson(step, pages.get(step.page_id), files)}
            for step in part.steps
            if step.is_lesson
        ],
    }


def _lesson(step: LearnerStep, page: LessonPage | None, files: Files) -> dict:
    """Without a page of a lesson that is shut."""
    about = [duration(step.minutes)]
    about += [] if step.required else [_("Đọc thêm, không bắt buộc")]
    return {
        "title": step.title,
        "about": " · ".join([*about, *_said_of(step.concerns)]),
        "objective": page.objective if page else "",
        "shut": page is None,
        "blocks": blocks_of(page, files, _said_of_blocks(step)) if page else [],
        "sources": lines(page.sources) if page else (),
    }


def _said_of(concerns: Concerns) -> list[str]:
    """In words, whom something concerns most; nothing where that is everybody."""
    return [_("Nhất là: %s") % ", ".join(concerns.names)] if concerns else []


def _said_of_blocks(step: LearnerStep) -> dict[str, str]:
    """By the id of a block that names somebody."""
    return {passage.block_id: " ".join(_said_of(passage.concerns)) for passage in step.passages}


def _sources(lessons: list[dict]) -> list[dict]:
    """Each once, in the order of the lessons, with the numbers of those that rest on it."""
    used: dict[str, list[int]] = {}
    for lesson in lessons:
        for line in dict.fromkeys(lesson["sources"]):
            used.setdefault(line, []).append(lesson["number"])
    return [{"cite": cite, "lessons": numbers} for cite, numbers in used.items()]

"""Kept answers at the end of their lesson: folded, those in the page's language first."""

from collections import defaultdict
from uuid import UUID

from django.template.loader import render_to_string

from courses.content.lesson import LessonPage
from courses.learning.beside import beside
from courses.learning.outline import LearnerStep
from courses.talk.kept.kept_answer import KeptAnswer, KeptState
from pages.serving import version

# (language, question, answer)
Shown = tuple[str, str, str]


def shown_by_lesson() -> dict[UUID, list[Shown]]:
    """Of all lessons, the latest first; one query."""
    found: dict[UUID, list[Shown]] = defaultdict(list)
    rows = KeptAnswer.objects.filter(state=KeptState.SHOWN).order_by("-changed_at", "-pk")
    for key, language, question, answer in rows.values_list("lesson_key", "language", "question", "answer"):
        found[key].append((language, question, answer))
    return dict(found)


def in_order(rows: list[Shown], language: str) -> list[Shown]:
    """Those in `language` first, then the Vietnamese ones, then the others."""
    return sorted(rows, key=lambda row: (row[0] != language, row[0] != "vi"))


@beside(10)
def kept_beside(request, page: LessonPage, step: LearnerStep) -> str:
    """No query while nothing of the content changed: this process keeps them."""
    rows = version.kept(version.of(request), "kept answers", shown_by_lesson).get(page.translation_key)
    if not rows:
        return ""
    language = page.locale.language_code
    return render_to_string("talk/kept_beside.html", {"rows": in_order(rows, language), "language": language}, request)

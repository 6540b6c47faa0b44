"""Adds the shipped conversations and branching cases to their courses, each once; never changes existing pages.

They belong to the editors: one that was deleted is not brought again, as its version still says that it was there.
"""

import json
from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Locale

from courses.approval.review_items import items_of_source, register_review_items
from courses.content.course import CoursePage
from courses.content.lesson import ModulePage
from courses.content.quiz import QuizPage
from courses.practice.conversations.page import ConversationPage
from courses.practice.conversations.rules.graph import POINTS
from courses.practice.conversations.versions import ConversationVersion, version_of
from courses.practice.conversations.words import STARTER, seed_words
from courses.practice.conversations.writing import fields_of
from courses.questions.kinds.kind import stable_id
from pages.publishing import add_published


def files() -> list[dict]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(STARTER.glob("[0-9]*.json"))]


def key_of(data: dict) -> UUID:
    return UUID(stable_id("conversation", data["id"]))


def load_conversations(progress: Callable[[str], None] = lambda line: None) -> None:
    seed_words(Locale.get_default())
    known = set(ConversationVersion.objects.values_list("conversation_key", flat=True))
    known |= set(ConversationPage.objects.values_list("translation_key", flat=True))
    courses = {course.key: course for course in CoursePage.objects.filter(locale=Locale.get_default())}
    for data in files():
        course = courses.get(data["course"])
        if course is None or key_of(data) in known:
            continue
        progress(data["title"])
        page = ConversationPage(translation_key=key_of(data), locale_id=course.locale_id, **fields_of(data))
        version_of(add_published(_module(course, data), page))
        register_review_items(course.key, review_items(data))


def review_items(data: dict) -> list[tuple[str, str, str, str]]:
    """What reviewers must check in the sources of a conversation, as `register_review_items` takes it."""
    where = _("Tập hỏi chuyện “%s”") % data["title"]
    return [item for source in data["sources"] for item in items_of_source(where, source)]


def _module(course: CoursePage, data: dict) -> ModulePage:
    by_points = data.get("scoring") == POINTS
    slug = "tinh-huong-re-nhanh" if by_points else "tap-hoi-chuyen"
    module = ModulePage.objects.child_of(course).filter(slug=slug).first()
    if module is not None:
        return module
    title = "Tình huống rẽ nhánh" if by_points else "Tập hỏi chuyện"
    module = add_published(course, ModulePage(title=title, slug=slug))
    # one practises before the final quiz
    if quiz := QuizPage.objects.child_of(course).live().order_by("path").last():
        module.move(quiz, pos="left")
    return ModulePage.objects.get(pk=module.pk)

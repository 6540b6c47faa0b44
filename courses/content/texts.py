"""The texts of a course that an approval approves, each with a digest of its words.

The digest is of what people read and of what counts as right, not of when it was published: publishing a page again
without a change, or Draftail's own keys in rich text, change nothing. Only the original language counts.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape

from django.db import models
from wagtail.models import Page

from courses.approval.approval import approval_on, decisions_of
from courses.content.course import CoursePage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.questions.bank import questions_to_draw
from courses.questions.versions import SOURCE_LANGUAGE, QuestionVersion
from pages.serving import version
from people.times import today

# what passing means belongs to what was approved
RULES = ("pass_percent", "draw_each", "draw_total")
# known by, not read
IDENTITIES = ("key",)
# fields that pages approved earlier did not have: they count once something stands in them
LATER = ("cards", "duties")


@dataclass(frozen=True, slots=True)
class Text:
    """One page or question. `key` is "page" or "question" with its translation key; `changed_at` is when it was last
    published.
    """

    key: str
    title: str
    digest: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CourseTexts:
    texts: tuple[Text, ...]
    digest: str

    def snapshot(self) -> dict[str, list[str]]:
        """What an approval keeps: {key: [title, digest]}."""
        return {text.key: [text.title, text.digest] for text in self.texts}

    def last_change(self) -> datetime | None:
        return max((text.changed_at for text in self.texts if text.changed_at), default=None)


def texts_of(course: CoursePage, content: str | None = None) -> CourseTexts:
    """Of the live course in its original language; kept in the process under the content version.

    Otherwise about ten queries, for any number of lessons and questions.
    """
    return version.kept(content or version.current(), ("course texts", course.pk), lambda: read_texts(course))


@dataclass(frozen=True, slots=True)
class Approved:
    """By whom and when a course was approved, in words; `by` is "" where that is not known. `changed`: edited since."""

    by: str
    on: date
    changed: bool


def approval_of(course_key: str) -> Approved | None:
    """The approval in force today; its texts are those of the original language. Kept like the texts."""
    kept = version.kept(version.current(), ("approval", course_key), lambda: (_approval_of(course_key),))
    return kept[0]


def _approval_of(course_key: str) -> Approved | None:
    approval = approval_on(course_key, today())
    if approval is None:
        return None
    original = CoursePage.objects.filter(key=course_key).order_by("-live", "locale_id").first()
    changed = bool(original and changes(approval.texts, approval.recorded_at, read_texts(original)))
    return Approved(approval.by.full_name if approval.by else "", approval.on, changed)


def is_approved_on(course: CoursePage, day: date) -> bool:
    """As known now; kept in the process like the texts, since whoever completes a course asks."""
    kept = version.kept(version.current(), ("approvals", course.key), lambda: decisions_of(course.key))
    return next((approved for on, approved in reversed(kept) if on <= day), False)


def read_texts(course: CoursePage) -> CourseTexts:
    pages = list(Page.objects.descendant_of(course, inclusive=True).live().order_by("path").specific())
    texts = [_of_page(page) for page in pages] + _of_questions([page for page in pages if isinstance(page, QuizPage)])
    return CourseTexts(tuple(texts), _digest(sorted(f"{text.key} {text.digest}" for text in texts)))


def _of_page(page: Page) -> Text:
    return Text(f"page {page.translation_key}", page.title, digest_of(page), page.last_published_at)


def digest_of(page: Page) -> str:
    """Of its title, its own fields of text, and the rules of a quiz."""
    fields = [field for field in page._meta.concrete_fields if field.model is not Page and _is_read(field)]
    words = {field.name: plain(_value(field, page)) for field in sorted(fields, key=lambda field: field.name)}
    for name in LATER:
        if not words.get(name, True):
            del words[name]
    return _digest([page._meta.label, plain(page.title), words])


def _is_read(field: models.Field) -> bool:
    if field.name in IDENTITIES or field.choices:
        return False
    return (
        field.name in RULES
        or isinstance(field, models.TextField | models.CharField | models.JSONField)
        or (
            # a StreamField
            hasattr(field, "stream_block")
        )
    )


def _value(field: models.Field, page: Page):
    if hasattr(field, "stream_block"):
        return json.loads(field.value_to_string(page) or "[]")
    return field.value_from_object(page)


def _of_questions(quizzes: list[QuizPage]) -> list[Text]:
    """The questions that these quizzes ask or may draw, by the version in force."""
    rows = QuizQuestion.objects.filter(quiz__in=quizzes, question__live=True).order_by("sort_order", "pk")
    names = dict(rows.values_list("question__translation_key", "question__name"))
    for category in dict.fromkeys(quiz.draw_from for quiz in quizzes if quiz.draw_from):
        names |= dict(questions_to_draw(category).values_list("translation_key", "name"))
    versions = QuestionVersion.objects.in_bulk(QuestionVersion.objects.current(names).values())
    return [
        Text(f"question {row.question_key}", names[row.question_key], _of_version(row), row.current_since)
        for row in versions.values()
    ]


def _of_version(row: QuestionVersion) -> str:
    # a new translation does not change what was approved
    return _digest([row.kind, row.structure, row.key, plain(row.texts.get(SOURCE_LANGUAGE, {}))])


_KEYS = re.compile(r'\s+data-block-key="[^"]*"')
_BREAKS = re.compile(r"</?(?:p|li|ul|ol|h[1-6]|br|hr|blockquote|tr|td|th|table)\b[^>]*>")


def plain(value):
    """Words without what editors and tools write into rich text by themselves; ids of blocks are left out."""
    if isinstance(value, str):
        return " ".join(unescape(_BREAKS.sub(" ", _KEYS.sub("", value))).split())
    if isinstance(value, dict):
        is_block = {"type", "value", "id"} <= value.keys()
        return {name: plain(part) for name, part in value.items() if not (is_block and name == "id")}
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value


def _digest(content) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Change:
    """`what` is "changed", "new" or "gone"."""

    title: str
    what: str
    changed_at: datetime | None = None


def changes(approved: dict[str, list[str]] | None, recorded_at: datetime, now: CourseTexts) -> list[Change]:
    """What differs from the texts that an approval kept; without any (carried over), what was published after it."""
    if approved is None:
        later = [text for text in now.texts if text.changed_at and text.changed_at > recorded_at]
        return [Change(text.title, "changed", text.changed_at) for text in later]
    present = {text.key for text in now.texts}
    found = [
        Change(text.title, "changed" if text.key in approved else "new", text.changed_at)
        for text in now.texts
        if approved.get(text.key, ("", ""))[1] != text.digest
    ]
    return found + [Change(title, "gone") for key, (title, _digest) in approved.items() if key not in present]

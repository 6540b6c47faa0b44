"""What of the first edition of the two starter courses is on this site, and what people changed in it by hand.

The first edition was written by a program: such a page has no owner, and its history is one creation and one
publication by nobody. Whatever else stands in the history was done by hand.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from config.languages import in_sentence
from courses.approval.approval import approvals_on
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage
from courses.practice.conversations.page import ConversationPage
from courses.questions.bank import Question
from courses.questions.versions import SOURCE_LANGUAGE
from courses.starter.loading import edition_keys
from people.times import today

COURSES = ("nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau")
# of what the program wrote: "1.1 câu 1" in the category "nhan-dien-nan-nhan/1.1"
QUESTION_NAME = r"^\d+\.\d+ câu \d+$"
# what a course's page says of the course
WORDS = ("title", "summary", "objectives", "audience", "note")
CREATED, PUBLISHED = "wagtail.create", "wagtail.publish"


@dataclass(frozen=True)
class Act:
    """One line of a history; `by` is the person's name, "" for a program."""

    action: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Changed:
    """`by` and `at` are of the last act by hand; None where only the course's state tells."""

    title: str
    address: str
    what: str
    by: str = ""
    at: datetime | None = None


def last_by_hand(acts: Iterable[Act]) -> Act | None:
    """The last act of a history that is not the program's one creation and one publication; pure."""
    found, once = None, {CREATED, PUBLISHED}
    for act in sorted(acts, key=lambda act: act.at):
        if not act.by and act.action in once:
            once.discard(act.action)
        else:
            found = act
    return found


def first_courses() -> QuerySet[CoursePage]:
    return CoursePage.objects.filter(key__in=COURSES, locale__language_code=SOURCE_LANGUAGE).order_by("path")


def first_pages() -> list[Page]:
    """Its modules, lessons and quizzes in the source language, withdrawn or not, in order."""
    pages: list[Page] = []
    # modules of conversations came without an owner too, and stay
    practice = [path[: -Page.steplen] for path in ConversationPage.objects.values_list("path", flat=True)]
    for course in first_courses():
        below = Page.objects.descendant_of(course).type(ModulePage, LessonPage, QuizPage).filter(owner=None)
        pages += below.exclude(translation_key__in=edition_keys()).exclude(path__in=practice).order_by("path")
    return pages


def first_questions() -> QuerySet[Question]:
    """Of its quizzes, in the source language."""
    within = [f"{key}/" for key in COURSES]
    rows = Question.objects.filter(locale__language_code=SOURCE_LANGUAGE, objective="", name__regex=QUESTION_NAME)
    return rows.filter(category__regex=rf"^({'|'.join(within)})")


def changed_by_hand() -> list[Changed]:
    """Everything of the first edition that was changed, translated or approved by hand, in the order of the courses."""
    courses, pages, questions = list(first_courses()), first_pages(), list(first_questions())
    approved = approvals_on(COURSES, today())
    return [
        *(Changed(course.title, _edit(course), _("đã được duyệt")) for course in courses if course.key in approved),
        *_edited([*courses, *pages], _page_acts([*courses, *pages])),
        *_edited(questions, _question_acts(questions)),
        *_translated([*courses, *pages], Page.objects.filter(alias_of=None)),
        *_translated(questions, Question.objects.all()),
    ]


def words_changed(course: CoursePage) -> bool:
    """Since the program wrote them; approving alone changes none."""
    first = course.revisions.filter(user=None).order_by("created_at", "pk").first()
    if first is None:
        return last_by_hand(_page_acts([course])[course.pk]) is not None
    return any(first.content[name] != getattr(course, name) for name in WORDS)


def _edited(things: list, acts: dict[int, list[Act]]) -> list[Changed]:
    """Logs may have been purged, so two revisions tell as much."""
    found = []
    for thing in things:
        last = last_by_hand(acts[thing.pk])
        if last is not None:
            found.append(Changed(str(thing), _edit(thing), _("đã sửa"), last.by, last.at))
        elif thing.has_unpublished_changes and thing.live:
            found.append(Changed(str(thing), _edit(thing), _("có bản nháp"), at=thing.latest_revision_created_at))
    return found


def _translated(things: list, rows: QuerySet) -> list[Changed]:
    """Copies in another language that somebody made."""
    by_key = {thing.translation_key: thing for thing in things}
    copies = rows.filter(translation_key__in=by_key).exclude(locale__language_code=SOURCE_LANGUAGE)
    found = []
    for copy in copies.select_related("locale"):
        what = _("đã dịch sang %(language)s") % {"language": in_sentence(copy.locale.get_display_name())}
        source = by_key[copy.translation_key]
        found.append(Changed(str(source), _edit(source), what, at=copy.latest_revision_created_at))
    return found


def _page_acts(pages: list[Page]) -> dict[int, list[Act]]:
    rows = PageLogEntry.objects.filter(page_id__in=[page.pk for page in pages])
    return _acts((row.page_id, row) for row in rows.select_related("user"))


def _question_acts(questions: list[Question]) -> dict[int, list[Act]]:
    kind = ContentType.objects.get_for_model(Question)
    rows = ModelLogEntry.objects.filter(content_type=kind, object_id__in=[str(one.pk) for one in questions])
    return _acts((int(row.object_id), row) for row in rows.select_related("user"))


def _acts(rows) -> dict[int, list[Act]]:
    acts: dict[int, list[Act]] = defaultdict(list)
    for key, row in rows:
        name = row.user_display_name if row.user_id else ""
        acts[key].append(Act(row.action, name, row.timestamp))
    return acts


def _edit(thing) -> str:
    if isinstance(thing, Question):
        return reverse(Question.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    return reverse("wagtailadmin_pages:edit", args=[thing.pk])

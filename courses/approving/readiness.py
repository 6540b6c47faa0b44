"""What keeps a course from working: nothing is submitted or approved that cannot work.

Asked of a course as it is published, or as it would be once some drafts go live with it (`coming`).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from html import unescape
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from courses.approval.submission import PartKind
from courses.approving.parts import Ref, address_of
from courses.content.course import CoursePage
from courses.content.lesson import LessonPage, ModulePage
from courses.content.quiz import QuizPage, QuizQuestion
from courses.practice.conversations.page import sentence
from courses.practice.conversations.rules.checks import faults as faults_of_conversation
from courses.questions.bank import Question, below_category
from courses.questions.draws import draw_size
from courses.questions.versions import SOURCE_LANGUAGE
from courses.questions.writing import sentences_of
from media.illustrations import without_rights, without_words
from media.pictures import Picture
from media.recordings import Recording
from pages.cms.drafts import sentences_of_lacking
from pages.contacts.contact import Contact
from pages.contacts.typed_numbers import TAG, confirmed, home, texts_of, texts_of_row, unconfirmed
from pages.contacts.typed_numbers import sentence as sentence_of_number

# blocks of a lesson whose value is chosen elsewhere: looked up for all lessons at once
CHOSEN = {"picture": "image", "audio": "recording", "video": "recording", "contact": "contact"}
# whom a block concerns: any words do, and the list of duties is asked for with each
CONCERNS = ("sectors", "duties")


@dataclass(frozen=True)
class Fault:
    """`page` is the id of what to edit, `title` its title, `what` one sentence."""

    page: int
    title: str
    what: str
    kind: str = PartKind.LESSON

    @property
    def address(self) -> str:
        return address_of(self.kind, self.page)


@dataclass(frozen=True)
class Coming:
    """What goes live with the course: {(kind, id): as it will be}; `paths` of the pages, which say their order."""

    things: Mapping[Ref, Any] = field(default_factory=dict)
    paths: Mapping[int, str] = field(default_factory=dict)

    def of(self, kind: str) -> dict[int, Any]:
        return {pk: thing for (one, pk), thing in self.things.items() if one == kind}


NOTHING = Coming()
# where questions stand in the order: after all pages
LAST = "~"


def faults_of(course: CoursePage, coming: Coming = NOTHING) -> list[Fault]:
    """In the order of the course, then those of questions; ten queries at most, however many parts there are."""
    lessons, quizzes = (
        _pages(course, coming, kind, model)
        for kind, model in ((PartKind.LESSON, LessonPage), (PartKind.QUIZ, QuizPage))
    )
    if not lessons and not quizzes:
        nothing = _("Khóa học chưa có mục học hay bài kiểm tra nào được đăng.")
        return [Fault(course.pk, course.title, nothing, PartKind.COURSE)]
    found = [(path, Fault(one.pk, one.title, what)) for path, one, what in _of_lessons(lessons)]
    found += [(path, Fault(one.pk, one.title, what, PartKind.QUIZ)) for path, one, what in _of_quizzes(quizzes, coming)]
    found += list(_of_typed_numbers(course, coming, lessons))
    found += list(_of_drafts(coming))
    return [fault for _path, fault in sorted(found, key=lambda one: one[0])]


def _pages(course: CoursePage, coming: Coming, kind: str, model) -> list[tuple[str, Any]]:
    """(path, page) of what is live or comes, in order."""
    own = coming.of(kind)
    live = [(page.path, page) for page in model.objects.descendant_of(course).live() if page.pk not in own]
    return sorted(live + [(coming.paths[pk], page) for pk, page in own.items()], key=lambda pair: pair[0])


# --- lessons


def _of_lessons(lessons: list[tuple[str, LessonPage]]) -> Iterator[tuple[str, LessonPage, str]]:
    blocks = [(path, page, block["type"], block["value"]) for path, page in lessons for block in page.body.raw_data]
    chosen: dict[str, set[int]] = defaultdict(set)
    for _path, _page, kind, value in blocks:
        if kind in CHOSEN and (key := value.get(CHOSEN[kind])):
            chosen[CHOSEN[kind]].add(key)
    known = {
        name: model.objects.in_bulk(chosen[name]) if chosen[name] else {}
        for name, model in (("image", Picture), ("recording", Recording), ("contact", Contact))
    }
    for path, page in lessons:
        if not any(map(_has_content, page.body.raw_data)):
            yield path, page, _("Mục học chưa có nội dung.")
    for path, page, kind, value in blocks:
        if kind in CHOSEN:
            name = CHOSEN[kind]
            if what := CHECKS[name](value, known[name].get(value.get(name))):
                yield path, page, what


def _has_content(block: dict) -> bool:
    """Whether somebody who reads it finds anything; a paragraph that was emptied again is one still."""
    if block["type"] in CHOSEN:
        return True
    said = (unescape(TAG.sub(" ", text)) for text in texts_of(block["value"]))
    return any(sign.isalnum() for text in said for sign in text)


def _of_picture(value: dict, picture: Picture | None) -> str:
    if picture is None:
        return "" if value.get("scene") else _("Chỗ để hình chưa chọn hình nào.")
    return without_words(picture, value.get("alt") or "") or without_rights(picture)


def _of_recording(value: dict, recording: Recording | None) -> str:
    if recording is None:
        return _("Chỗ để bản ghi chưa chọn bản ghi nào.")
    if not recording.transcript.strip():
        return _("Bản ghi “%(title)s” chưa có lời đọc trong thư viện.") % {"title": recording.title}
    return ""


def _of_contact(value: dict, contact: Contact | None) -> str:
    if contact is None:
        return _("Chỗ “Gọi cho ai” chưa chọn số nào.")
    if not contact.is_public:
        said = _("Số %(number)s chưa có ai gọi thử và xác nhận trong danh sách số liên hệ.")
        return said % {"number": contact.number}
    if not contact.is_shown:
        return _("Số %(number)s hôm nay không dùng: xem ngày đầu và ngày cuối của nó.") % {"number": contact.number}
    return ""


CHECKS: dict[str, Callable[[dict, Any], str]] = {
    "image": _of_picture,
    "recording": _of_recording,
    "contact": _of_contact,
}


# --- quizzes


def _of_quizzes(quizzes: list[tuple[str, QuizPage]], coming: Coming) -> Iterator[tuple[str, QuizPage, str]]:
    fixed = _fixed(quizzes, coming)
    bank, new = _bank({quiz.draw_from for _path, quiz in quizzes if quiz.draw_from}, coming), coming.of("question")
    asked = {pk for rows in fixed.values() for pk in rows}
    questions = {row.pk: row for row in Question.objects.filter(pk__in=asked).defer("body", "folded")} if asked else {}
    for path, quiz in quizzes:
        rows = [questions[pk] for pk in fixed.get(quiz.pk, ()) if pk in questions]
        ready = [row for row in rows if row.live or row.pk in new]
        for row in rows:
            if row not in ready:
                sentence = _("Câu “%(name)s” còn là bản nháp nên không được hỏi; hãy đăng hoặc bỏ khỏi bài.")
                yield path, quiz, sentence % {"name": row.label}
        always = {row.translation_key for row in ready}
        available = Counter(
            objective
            for category, objective, key in bank
            if f"{category}/".startswith(f"{quiz.draw_from}/") and key not in always
        )
        drawn = draw_size(available, quiz.draw_each, quiz.draw_total) if quiz.draw_from else 0
        if not ready and not drawn:
            yield path, quiz, _("Bài kiểm tra chưa hỏi câu nào.")
        if quiz.draw_from and available.total() < quiz.draw_total:
            sentence = _("Bài rút %(drawn)d câu mà nhóm “%(bank)s” chỉ có %(size)d câu rút được.")
            size = {"drawn": quiz.draw_total, "bank": quiz.draw_from, "size": available.total()}
            yield path, quiz, sentence % size


def _fixed(quizzes: list[tuple[str, QuizPage]], coming: Coming) -> dict[int, list[int]]:
    """{quiz: ids of the questions of its list, in order}."""
    own = coming.of(PartKind.QUIZ)
    found: dict[int, list[int]] = defaultdict(list)
    rows = QuizQuestion.objects.filter(quiz__in=[quiz.pk for _path, quiz in quizzes if quiz.pk not in own])
    for quiz_id, question_id in rows.order_by("sort_order", "pk").values_list("quiz_id", "question_id"):
        found[quiz_id].append(question_id)
    for pk, quiz in own.items():
        found[pk] = [row.question_id for row in quiz.questions.all()]
    return found


def _bank(categories: set[str], coming: Coming) -> list[tuple[str, str, Any]]:
    """(category, objective, translation key) of each question that can be drawn then."""
    if not categories:
        return []
    new = coming.of(PartKind.QUESTION)
    within = reduce(or_, (below_category(category) for category in categories))
    rows = Question.objects.filter(within, live=True, locale__language_code=SOURCE_LANGUAGE).exclude(objective="")
    found = list(rows.exclude(pk__in=new).values_list("category", "objective", "translation_key"))
    return found + [(one.category, one.objective, one.translation_key) for one in new.values() if one.objective]


# --- numbers to call that were typed as text


def _of_typed_numbers(
    course: CoursePage, coming: Coming, lessons: list[tuple[str, Any]]
) -> Iterator[tuple[str, Fault]]:
    things = [(course.path, PartKind.COURSE, coming.of(PartKind.COURSE).get(course.pk, course))]
    modules = _pages(course, coming, PartKind.MODULE, ModulePage)
    things += [(path, PartKind.MODULE, page) for path, page in modules]
    things += [(path, PartKind.LESSON, page) for path, page in lessons]
    for kind in (PartKind.QUIZ, PartKind.CONVERSATION):
        things += [(coming.paths[pk], kind, page) for pk, page in coming.of(kind).items()]
    things += [(LAST, PartKind.QUESTION, question) for question in coming.of(PartKind.QUESTION).values()]
    typed = [(one, number) for one in things for number in unconfirmed(texts_of_row(one[2], alone=True), set())]
    known = confirmed() if typed else set()
    for (path, kind, thing), number in typed:
        if home(number) not in known:
            title = thing.label if kind == PartKind.QUESTION else thing.title
            yield path, Fault(thing.pk, title, sentence_of_number(number), kind)


# --- what was never checked by the form that publishes


def _of_drafts(coming: Coming) -> Iterator[tuple[str, Fault]]:
    """What a draft may lack and a published text may not."""
    for (kind, pk), thing in coming.things.items():
        path = coming.paths.get(pk, "") if kind != PartKind.QUESTION else LAST
        title = thing.label if kind == PartKind.QUESTION else thing.title
        for what in dict.fromkeys(_unfinished(kind, thing)):
            yield path, Fault(pk, title or _("chưa có tên"), what, kind)


def _unfinished(kind: str, thing) -> Iterator[str]:
    if kind == PartKind.QUESTION:
        if not thing.name:
            yield _("Câu hỏi chưa có tên ngắn.")
        if not thing.body:
            yield _("Câu hỏi chưa có nội dung.")
    elif not thing.title.strip():
        yield _("Trang chưa có tên.")
    yield from sentences_of_lacking(thing)
    if thing.go_live_at and thing.go_live_at > timezone.now():
        at = date_format(timezone.localtime(thing.go_live_at), "H:i d/m/Y")
        yield _("Phần này hẹn lên lúc %(at)s; khóa học lên cả cùng lúc khi được duyệt, nên hãy bỏ hẹn.") % {"at": at}
    if thing.expire_at and thing.expire_at <= timezone.now():
        yield _("Phần này đã quá ngày hết hạn; hãy bỏ ngày ấy hoặc hẹn ngày sau.")
    for own in thing._meta.get_fields():
        if isinstance(own, StreamField):
            yield from _unfinished_blocks(thing, own)
    if kind == PartKind.CONVERSATION:
        yield from (sentence(note) for note in faults_of_conversation(thing.conversation()))


def _unfinished_blocks(thing, own: StreamField) -> Iterator[str]:
    body = getattr(thing, own.name)
    for number, child in enumerate(body, start=1):
        if child.block_type in CHOSEN:
            continue
        value = child.value
        if isinstance(value, Mapping) and any(value.get(name) for name in CONCERNS):
            value = child.block.normalize({**value, **{name: [] for name in CONCERNS}})
        try:
            child.block.clean(value)
        except ValidationError as refused:
            place = {"field": own.verbose_name, "number": number, "block": child.block.label}
            what = " ".join(dict.fromkeys(sentences_of(refused)))
            yield _("%(field)s, phần %(number)d (%(block)s): %(what)s") % {**place, "what": what}

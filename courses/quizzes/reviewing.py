"""The review of a submitted attempt: each question, with its key once that may be known, and the result by module."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from courses.attempts.attempt import Attempt, Mark, points_in_words
from courses.content.lesson import LessonPage, ModulePage
from courses.questions.kinds.showing import question_context
from courses.questions.versions import QuestionVersion
from courses.quizzes.admission import Admission
from courses.quizzes.showing import Slot, slots


@dataclass(frozen=True)
class ReviewItem:
    slot: Slot
    question: dict
    points: Fraction
    lesson: LessonPage | None

    @property
    def right(self) -> bool:
        return self.points == self.slot.item.points

    @property
    def points_text(self) -> str:
        return points_in_words(self.points)

    @property
    def total_text(self) -> str:
        return points_in_words(self.slot.item.points)


@dataclass(frozen=True)
class Bar:
    """How many questions of a module were right."""

    module: ModulePage
    right: int
    total: int


@dataclass(frozen=True)
class Review:
    """`reveals`: with the key, all remarks, reasons and sources; without, only with the remark on what was chosen."""

    attempt: Attempt
    items: list[ReviewItem]
    bars: list[Bar]
    reveals: bool

    @property
    def wrong(self) -> list[ReviewItem]:
        return [item for item in self.items if not item.right]

    @property
    def right(self) -> list[ReviewItem]:
        return [item for item in self.items if item.right]

    @property
    def lessons_to_read(self) -> list[LessonPage]:
        """Each lesson named by a wrong answer, once."""
        return list({item.lesson.pk: item.lesson for item in self.wrong if item.lesson}.values())


def may_know_key(attempt: Attempt, state: Admission | None) -> bool:
    """Whether the person passed, in this attempt or since, or has no attempt left. `state` None: the quiz is gone."""
    if attempt.passed or state is None:
        return True
    return state.left == 0 or any(other.passed and other.number > attempt.number for other in state.past)


def review(attempt: Attempt, *, reveal: bool = True) -> Review:
    """A submitted attempt with its marks, per question and by module; a constant number of queries."""
    placed, language = slots(attempt), attempt.rules["language"]
    versions = QuestionVersion.objects.in_bulk([slot.item.version_id for slot in placed])
    # the latest mark of an item is the one by the key in force
    marks = {mark.item_id: mark.earned for mark in Mark.objects.filter(item__attempt=attempt).order_by("made_at", "pk")}
    lessons, modules = _lessons(attempt, placed)
    items = [
        ReviewItem(
            slot,
            question_context(
                versions[slot.item.version_id].frozen(language),
                slot.item.choice_order,
                slot.response,
                review=True,
                reveal=reveal,
            ),
            marks.get(slot.item.pk, Fraction(0)),
            lessons.get(slot.item.lesson_key),
        )
        for slot in placed
    ]
    return Review(attempt, items, _bars(items, modules), reveal)


def _lessons(attempt: Attempt, placed: list[Slot]) -> tuple[dict, list[ModulePage]]:
    """({lesson key: live lesson in the attempt's language}, their modules in course order)."""
    keys = {slot.item.lesson_key for slot in placed} - {None}
    pages = LessonPage.objects.live().filter(translation_key__in=keys, locale__language_code=attempt.rules["language"])
    lessons = {page.translation_key: page for page in pages.defer("body", "sources").order_by("path")}
    parents = {page.path[: -page.steplen] for page in lessons.values()}
    return lessons, list(ModulePage.objects.filter(path__in=parents).order_by("path"))


def _bars(items: list[ReviewItem], modules: list[ModulePage]) -> list[Bar]:
    of_module = defaultdict(list)
    for item in items:
        if item.lesson:
            of_module[item.lesson.path[: -item.lesson.steplen]].append(item.right)
    return [Bar(module, sum(of_module[module.path]), len(of_module[module.path])) for module in modules]

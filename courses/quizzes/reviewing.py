"""The review of a submitted attempt: each question, with its key once that may be known, and the result by module."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from courses.attempts.attempt import Attempt, Mark, points_in_words
from courses.content.lesson import LessonPage, ModulePage
from courses.questions.kinds.showing import question_context
from courses.questions.versions import QuestionVersion
from courses.quizzes.admission import Admission
from courses.quizzes.known import lessons_in, modules_by_path, versions_of
from courses.quizzes.showing import Slot, slots
from pages.serving import version


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


def review(attempt: Attempt, *, reveal: bool = True, content: str | None = None) -> Review:
    """A submitted attempt with its marks, per question and by module; two queries where the process knows the pages and
    questions. `content` is the content version of the request.
    """
    content = content or version.current()
    placed, language = slots(attempt), attempt.rules["language"]
    # the latest mark of an item is the one by the key in force
    marks = {mark.item_id: mark for mark in Mark.objects.filter(item__attempt=attempt).order_by("made_at", "pk")}
    judged = {mark.by_version_id for mark in marks.values()}
    versions = versions_of(judged | {slot.item.version_id for slot in placed}, content)
    lessons, modules = _lessons(language, placed, content)
    items = [
        ReviewItem(
            slot,
            question_context(
                _judged(versions[slot.item.version_id], marks.get(slot.item.pk), versions).frozen(language),
                slot.item.choice_order,
                slot.response,
                review=True,
                reveal=reveal,
            ),
            marks[slot.item.pk].earned if slot.item.pk in marks else Fraction(0),
            lessons.get(slot.item.lesson_key),
        )
        for slot in placed
    ]
    return Review(attempt, items, _bars(items, modules), reveal)


def _judged(asked: QuestionVersion, mark: Mark | None, versions: Mapping[int, QuestionVersion]) -> QuestionVersion:
    """The version as it was asked; where it was marked again since, the corrected one, with its key and its reasons."""
    return versions[mark.by_version_id] if mark else asked


def _lessons(language: str, placed: list[Slot], content: str) -> tuple[dict, list[ModulePage]]:
    """({lesson key: live lesson in that language}, their modules in course order)."""
    live, modules = lessons_in(language, content), modules_by_path(content)
    lessons = {key: live[key] for slot in placed if (key := slot.item.lesson_key) in live}
    parents = {page.path[: -page.steplen] for page in lessons.values()}
    return lessons, [modules[path] for path in sorted(parents) if path in modules]


def _bars(items: list[ReviewItem], modules: list[ModulePage]) -> list[Bar]:
    of_module = defaultdict(list)
    for item in items:
        if item.lesson:
            of_module[item.lesson.path[: -item.lesson.steplen]].append(item.right)
    return [Bar(module, sum(of_module[module.path]), len(of_module[module.path])) for module in modules]

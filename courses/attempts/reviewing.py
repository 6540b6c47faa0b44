"""What an attempt looks like: the part being answered, and the review after submission."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from courses.attempts.records import Attempt, AttemptItem, Mark
from courses.attempts.submitting import latest_answers
from courses.pages import LessonPage, ModulePage
from courses.questions.kinds import is_blank
from courses.questions.showing import shown
from courses.questions.versions import QuestionVersion

PART = 5


@dataclass(frozen=True)
class Slot:
    """A question of an attempt in its place, without its words."""

    position: int
    item: AttemptItem
    sequence: int = 0
    response: dict | None = None
    saved_at: datetime | None = None

    @property
    def answered(self) -> bool:
        return not is_blank(self.response)

    @property
    def part(self) -> int:
        return (self.position - 1) // PART + 1


def slots(attempt: Attempt) -> list[Slot]:
    """All questions of the attempt with the answers in force, in two queries."""
    answers = latest_answers(attempt)
    return [Slot(item.position, item, *answers.get(item.pk, ())) for item in attempt.items.all()]


def words(attempt: Attempt, chosen: list[Slot], *, review: bool = False) -> dict[int, dict]:
    """{position: the question as a template shows it}, in one query for all of them."""
    language = attempt.rules.get("language", "vi")
    versions = QuestionVersion.objects.in_bulk([slot.item.version_id for slot in chosen])
    return {
        slot.position: {
            "key": versions[slot.item.version_id].question_key,
            **shown(
                versions[slot.item.version_id].frozen(language), slot.item.choice_order, slot.response, review=review
            ),
        }
        for slot in chosen
    }


@dataclass(frozen=True)
class ReviewItem:
    slot: Slot
    question: dict
    points: int
    lesson: LessonPage | None

    @property
    def right(self) -> bool:
        return self.points == self.slot.item.points


@dataclass(frozen=True)
class Bar:
    """How many questions of a module were right."""

    module: ModulePage
    right: int
    total: int


@dataclass(frozen=True)
class Review:
    attempt: Attempt
    items: list[ReviewItem]
    bars: list[Bar]

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


def review(attempt: Attempt) -> Review:
    """A submitted attempt with its marks, per question and by module; a constant number of queries."""
    placed = slots(attempt)
    questions = words(attempt, placed, review=True)
    # the latest mark of an item is the one by the key in force
    marks = dict(Mark.objects.filter(item__attempt=attempt).order_by("made_at", "pk").values_list("item_id", "points"))
    lessons, modules = _lessons(attempt, placed)
    items = [
        ReviewItem(slot, questions[slot.position], marks.get(slot.item.pk, 0), lessons.get(slot.item.lesson_key))
        for slot in placed
    ]
    return Review(attempt, items, _bars(items, modules))


def _lessons(attempt: Attempt, placed: list[Slot]) -> tuple[dict, list[ModulePage]]:
    """({lesson key: live lesson in the attempt's language}, the modules that hold them in course order)."""
    keys = {slot.item.lesson_key for slot in placed} - {None}
    pages = LessonPage.objects.live().filter(
        translation_key__in=keys, locale__language_code=attempt.rules.get("language", "vi")
    )
    lessons = {page.translation_key: page for page in pages.defer("body", "sources").order_by("path")}
    parents = {page.path[: -page.steplen] for page in lessons.values()}
    return lessons, list(ModulePage.objects.filter(path__in=parents).order_by("path"))


def _bars(items: list[ReviewItem], modules: list[ModulePage]) -> list[Bar]:
    of_module = defaultdict(list)
    for item in items:
        if item.lesson:
            of_module[item.lesson.path[: -item.lesson.steplen]].append(item.right)
    return [Bar(module, sum(of_module[module.path]), len(of_module[module.path])) for module in modules]

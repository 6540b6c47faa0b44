"""The questions of a module file: what its `bank` says, written as questions that a quiz can draw."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from courses.questions.bank import Question
from courses.questions.writing import create_or_update_question

KINDS = {
    "single": "single_choice",
    "multiple": "multiple_choice",
    "true_false": "true_false",
    "ordering": "ordering",
    "matching": "matching",
}


def write_bank(items: Iterable[dict], *, course: str, module: str, lessons: Mapping) -> list[Question]:
    """The questions of a module's `bank`, published, in its order; a second time changes nothing.

    `lessons` is {slug: LessonPage}. Raises ValueError with one sentence that names the question.
    """
    return [write_item(item, course=course, module=module, lesson=lessons.get(item["lesson"])) for item in items]


def write_item(item: dict, *, course: str, module: str, lesson=None) -> Question:
    """`item` is {"id", "kind", "objective", "difficulty", "text", "options" | "items" | "pairs", "why", "source"}.

    What is meant for reviewers ("unverified", "for_reviewer", "read_at") is left where it is.
    """
    try:
        return create_or_update_question(
            category=f"{course}/{module}",
            name=item["id"],
            kind=KINDS.get(item["kind"], item["kind"]),
            text=item["text"],
            choices=choices_of(item),
            explanation=item["why"],
            source=item["source"],
            tags=[course, module],
            objective=f"{module}/{item['objective']}",
            difficulty=item["difficulty"],
            lesson=lesson,
        )
    except ValueError as error:
        raise ValueError(_("Câu %(id)s: %(reason)s") % {"id": item["id"], "reason": error}) from error


def choices_of(item: Mapping) -> list[dict]:
    """As `compose` of the kind takes them: options, steps in their right order, or pairs."""
    if item["kind"] == "ordering":
        return [{"text": step} for step in item["items"]]
    return list(item["pairs"] if item["kind"] == "matching" else item["options"])

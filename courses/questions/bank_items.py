"""The questions of a module file: what its `bank` says, written as questions that a quiz can draw."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from django.utils.translation import gettext as _

from courses.questions.adding import add_questions
from courses.questions.bank import Question
from courses.questions.writing import create_or_update_question, new_question

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
    category, written, new = f"{course}/{module}", [], []
    known = set(Question.objects.filter(category=category).values_list("name", flat=True))
    for item in items:
        lesson = lessons.get(item["lesson"])
        if item["id"] in known:
            written.append(write_item(item, course=course, module=module, lesson=lesson))
        else:
            written.append(_written(new_question, item, course=course, module=module, lesson=lesson))
            new.append(written[-1])
    add_questions((question, [course, module]) for question in new)
    return written


def write_item(item: dict, *, course: str, module: str, lesson=None) -> Question:
    """`item` is {"id", "kind", "objective", "difficulty", "text", "options" | "items" | "pairs", "why", "source"}.

    What is meant for reviewers ("unverified", "for_reviewer", "read_at") is left where it is.
    """
    write = partial(create_or_update_question, tags=[course, module])
    return _written(write, item, course=course, module=module, lesson=lesson)


def _written(write: Callable[..., Question], item: dict, *, course: str, module: str, lesson) -> Question:
    try:
        return write(
            category=f"{course}/{module}",
            name=item["id"],
            kind=KINDS.get(item["kind"], item["kind"]),
            text=item["text"],
            choices=choices_of(item),
            explanation=item["why"],
            source=item["source"],
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

"""Creates questions from code: for the starter content and imports."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from courses.questions.bank import Difficulty, Question
from courses.questions.kinds.kind import KINDS, stable_id
from courses.questions.kinds.kind import kind as kind_module

# what a question is besides its body
PLACE = ("objective", "difficulty", "lesson_id")


@transaction.atomic
def create_or_update_question(
    *,
    category: str,
    name: str,
    kind: str,
    text: str,
    choices: Iterable[dict] = (),
    explanation: str = "",
    source: str = "",
    hint: str = "",
    tags: Iterable[str] = (),
    objective: str = "",
    difficulty: int = Difficulty.MIDDLE,
    lesson=None,
    language: str = "vi",
    own: Mapping | None = None,
) -> Question:
    """Publishes the question of this category and name; an unchanged one gets no new revision.

    `choices` is [{"text", "right", "feedback"}], for `true_false` two, "true" first; for `ordering` [{"text"}] in the
    right order; for `matching` [{"left", "right"}]; for other kinds as their `compose` says, and so are the parts that
    only one kind has, `own`. `lesson` is the LessonPage to read again. Raises ValueError with one sentence when the
    editor would refuse the question.
    """
    asked = {"explanation": explanation, "source": source, "hint": hint, **(own or {})}
    wanted = new_question(category, name, kind, text, choices, objective, difficulty, lesson, language, **asked)
    known = Question.objects.filter(category=category, name=name, locale=wanted.locale).first()
    if known and known.live and not known.has_unpublished_changes and _same(known, wanted, tags):
        return known
    question = known or wanted
    for field in ("body", *PLACE):
        setattr(question, field, getattr(wanted, field))
    question.tags.set(list(tags))
    if known is None:
        question.save()
    question.save_revision().publish()
    question.refresh_from_db()
    return question


def new_question(
    category: str,
    name: str,
    kind: str,
    text: str,
    choices: Iterable[dict] = (),
    objective: str = "",
    difficulty: int = Difficulty.MIDDLE,
    lesson=None,
    language: str = "vi",
    locale: Locale | None = None,
    **asked: Any,
) -> Question:
    """Not yet written, without tags; `asked` are "explanation", "source", "hint" and the parts that only this kind has;
    who writes many gives the `locale` of that language. The rest, and what is raised, as `create_or_update_question`
    says."""
    body = body_of(stable_id("question", category, name), kind, text, list(choices), **asked)
    locale = locale or Locale.objects.get_or_create(language_code=language)[0]
    place = {"objective": objective, "difficulty": difficulty, "lesson": lesson}
    return Question(category=category, name=name, locale=locale, live=False, body=body, **place)


def body_of(identity: str, name: str, text: str, choices: list[dict], **asked: Any):
    """A checked StreamValue with ids at every depth that depend on the identity only."""
    if name not in KINDS:
        raise ValueError(_("Không có dạng câu hỏi “%(kind)s”.") % {"kind": name})
    value = kind_module(name).compose(identity, text, choices, **asked)
    block = Question._meta.get_field("body").stream_block
    body = block.to_python([{"type": name, "id": stable_id(identity, "body"), "value": value}])
    try:
        block.clean(body)
    except ValidationError as error:
        raise ValueError(" ".join(sentences_of(error))) from error
    return body


def sentences_of(error: ValidationError) -> Iterator[str]:
    """The messages of a block's error at every depth, outermost first."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        yield from error.messages
        return
    for message in getattr(error, "non_block_errors", ()):
        yield str(message.message if isinstance(message, ValidationError) else message)
    for each in inner.values() if isinstance(inner, dict) else inner:
        if each:
            yield from sentences_of(each)


def _same(known: Question, wanted: Question, tags: Iterable[str]) -> bool:
    if any(getattr(known, field) != getattr(wanted, field) for field in PLACE):
        return False
    return known.body.get_prep_value() == wanted.body.get_prep_value() and set(known.tags.names()) == set(tags)

"""Writes a question version at each publication, by an editor, the clock, an import or a translator."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.signals import published, unpublished

from courses.questions.bank import Question
from courses.questions.kinds.kind import kind
from courses.questions.versions import SOURCE_LANGUAGE, QuestionVersion, content_hash
from pages.serving.changes import OF_EDITORS
from pages.serving.version import raise_version


def freeze(question: Question) -> tuple[str, dict, dict, dict[str, str]]:
    """(kind, structure, key, texts) of the current body."""
    block = question.body[0]
    return block.block_type, *kind(block.block_type).freeze(block.value)


def record(question: Question) -> QuestionVersion | None:
    """Gets or creates the version of the live content. None while the source question is not live.

    Structure and key come from the source alone; a live translation adds its texts with ids of the source that differ
    from the source's text (an equal text is not translated yet).
    """
    family = {
        each.locale.language_code: each
        for each in Question.objects.filter(translation_key=question.translation_key, live=True).select_related(
            "locale"
        )
    }
    source = family.pop(SOURCE_LANGUAGE, None)
    if source is None:
        return None
    name, structure, key, words = freeze(source)
    texts = {SOURCE_LANGUAGE: words}
    for language, translation in family.items():
        own = {id: text for id, text in freeze(translation)[3].items() if id in words and text != words[id]}
        if own:
            texts[language] = own
    return _kept(source, name, structure, key, texts)


@transaction.atomic
def _kept(source: Question, name: str, structure: dict, key: dict, texts: dict) -> QuestionVersion:
    digest = content_hash(name, structure, key, texts)
    version, created = QuestionVersion.objects.get_or_create(
        question_key=source.translation_key,
        hash=digest,
        defaults={"kind": name, "structure": structure, "key": key, "texts": texts},
    )
    own = source.translation_key
    returned = not created and QuestionVersion.objects.current([own])[own] != version.pk
    if returned:
        version.make_current(timezone.now())
    if created or returned:
        # its courses have other texts now (courses.content.texts)
        raise_version()
    return version


def on_change(sender, instance, **_kwargs):
    """Wagtail also sends the signal for a schedule, so the live content decides."""
    record(instance)


def on_save(sender, instance, update_fields=None, **_kwargs):
    """What a test asks of is kept by content version (courses.quizzes.known); a draft changes only what editors see."""
    if update_fields is None or not OF_EDITORS.issuperset(update_fields):
        raise_version()


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(on_save, sender=Question, dispatch_uid="question-known")
    published.connect(on_change, sender=Question, dispatch_uid="question-version")
    unpublished.connect(on_change, sender=Question, dispatch_uid="question-version-unpublished")

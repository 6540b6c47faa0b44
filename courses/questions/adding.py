"""Many new questions at once, live from their first moment, in as few queries as rows of several tables need."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail.signals import published

from courses.questions.bank import Question, QuestionTag


@transaction.atomic
def add_questions(tagged: Iterable[tuple[Question, Iterable[str]]]) -> None:
    """Writes new questions, each with its tags, as saving and publishing each would leave them, and announces each."""
    tagged, now = list(tagged), timezone.now()
    questions = [question for question, _tags in tagged]
    for question in questions:
        question.live, question.folded, question.text = True, question.as_folded(), question.as_text()
        question.first_published_at = question.last_published_at = question.latest_revision_created_at = now
    Question.objects.bulk_create(questions)
    _tag(tagged)
    _keep_revisions(questions, now)
    for question in questions:
        ReferenceIndex.create_or_update_for_object(question)
        published.send(sender=Question, instance=question, revision=question.live_revision)


def _tag(tagged: list[tuple[Question, Iterable[str]]]) -> None:
    names = {name for _question, tags in tagged for name in tags}
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    known |= {name: Tag.objects.create(name=name) for name in sorted(names - known.keys())}
    rows = []
    for question, tags in tagged:
        own = [QuestionTag(tag=known[name], content_object=question) for name in tags]
        # what a revision of the question is made from, without asking the database again
        question.tagged_items.set(own)
        rows += own
    QuestionTag.objects.bulk_create(rows)


def _keep_revisions(questions: list[Question], now) -> None:
    kind = ContentType.objects.get_for_model(Question)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=kind,
            base_content_type=kind,
            object_id=str(question.pk),
            content=question.serializable_data(),
            object_str=str(question),
            created_at=now,
        )
        for question in questions
    )
    for question, revision in zip(questions, revisions, strict=True):
        question.latest_revision = question.live_revision = revision
    Question.objects.bulk_update(questions, ["latest_revision", "live_revision"])
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=kind,
            object_id=str(question.pk),
            label=str(question),
            action="wagtail.publish",
            timestamp=now,
            content_changed=True,
            revision=question.live_revision,
        )
        for question in questions
    )

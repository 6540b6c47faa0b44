"""Question versions: questions as published, to which attempts refer."""

import hashlib
import json
from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.utils import timezone

from courses.questions.kinds.kind import Frozen, Text

SCHEMA = 1
SOURCE_LANGUAGE = "vi"


class VersionQuerySet(models.QuerySet):
    def update(self, **fields):
        raise TypeError("A question version is immutable.")

    def delete(self):
        raise TypeError("A question version is never deleted: attempts may refer to it.")

    def current(self, keys: Iterable[UUID]) -> dict[UUID, int]:
        """{question_key: id of the version in force}, in one query; a question never published is missing."""
        rows = self.filter(question_key__in=list(keys)).order_by("current_since", "pk")
        return dict(rows.values_list("question_key", "pk"))


class QuestionVersion(models.Model):
    """Immutable. `structure` and `key` carry no language; `texts` is {language: {block id or name: text}}.

    structure: {"choices": [{"id"}], …} by kind. key: {"right": [id, …], …} by kind. The hash covers kind, schema,
    structure, key and texts, so that publishing an unchanged question makes no new version.
    """

    question_key = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=30)
    schema = models.PositiveSmallIntegerField(default=SCHEMA)
    structure = models.JSONField()
    key = models.JSONField()
    texts = models.JSONField()
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # when this content was last published. Publishing an old wording again reuses its version, so the version in force
    # is the latest by this field, not by id.
    current_since = models.DateTimeField(default=timezone.now, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question_key", "hash"], name="question_version_once")]
        indexes = [models.Index(fields=["question_key", "-current_since"], name="question_current_version")]

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("A question version is immutable.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A question version is never deleted: attempts may refer to it.")

    def frozen(self, language: str = SOURCE_LANGUAGE) -> Frozen:
        return frozen(self.kind, self.structure, self.key, self.texts, language)

    def make_current(self, at) -> None:
        models.QuerySet(QuestionVersion).filter(pk=self.pk).update(current_since=at)


def frozen(kind: str, structure: dict, key: dict, texts: dict, language: str = SOURCE_LANGUAGE) -> Frozen:
    """Texts in `language`; a missing text is taken from the source and marked with the source's language."""
    fallback = "" if language == SOURCE_LANGUAGE else SOURCE_LANGUAGE
    words = {name: Text(text, fallback) for name, text in texts.get(SOURCE_LANGUAGE, {}).items()}
    if fallback:
        words |= {name: Text(text) for name, text in texts.get(language, {}).items()}
    return Frozen(kind, structure, key, words)


def content_hash(kind: str, structure: dict, key: dict, texts: dict) -> str:
    content = [kind, SCHEMA, structure, key, texts]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

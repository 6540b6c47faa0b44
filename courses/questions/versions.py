"""What an attempt refers to: the question as it stood when it was published."""

from django.db import models

SCHEMA = 1


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
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question_key", "hash"], name="question_version_once")]
        indexes = [models.Index(fields=["question_key", "-id"], name="question_latest_version")]

"""Conversations as they were played: a run refers to the texts and rules that stood when it began."""

import hashlib
import json

from django.db import models
from django.utils import timezone

from courses.practice.conversations.rules import graph, wording
from courses.practice.conversations.words import words_for


class VersionQuerySet(models.QuerySet):
    def update(self, **fields):
        raise TypeError("A version of a conversation is immutable.")

    def delete(self):
        raise TypeError("A version of a conversation is never deleted: runs may refer to it.")


class ConversationVersion(models.Model):
    """Immutable. `content` is in the shape of `graph`, `words` in that of `wording`, both in one language."""

    # translation_key of the page, the same in every language
    conversation_key = models.UUIDField()
    language = models.CharField(max_length=20)
    content = models.JSONField()
    words = models.JSONField()
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation_key", "language", "hash"], name="conversation_version_once")
        ]

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("A version of a conversation is immutable.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A version of a conversation is never deleted: runs may refer to it.")

    def conversation(self) -> graph.Conversation:
        return graph.read(self.content)

    def wording(self) -> wording.Words:
        return wording.read(self.words)


def version_of(page) -> ConversationVersion:
    """The version of the page as it stands; the same content is kept once."""
    content, words = page.content(), words_for(page.locale_id)
    text = json.dumps([content, words], sort_keys=True, ensure_ascii=False)
    version, _created = ConversationVersion.objects.get_or_create(
        conversation_key=page.translation_key,
        language=page.locale.language_code,
        hash=hashlib.sha256(text.encode()).hexdigest(),
        defaults={"content": content, "words": words},
    )
    return version

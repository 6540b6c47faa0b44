"""The question bank: snippets that editors write, tagged and translatable."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, TranslatableMixin

from courses.questions.kinds import body_block


class QuestionTag(TaggedItemBase):
    content_object = ParentalKey("courses.Question", on_delete=models.CASCADE, related_name="tagged_items")


class Question(
    PreviewableMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, ClusterableModel
):
    """Known again on import by category and name. The key exists only on the source (Vietnamese) question."""

    name = models.CharField(_("tên ngắn"), max_length=200)
    category = models.CharField(_("nhóm"), max_length=120, blank=True)
    body = StreamField(body_block(), max_num=1, min_num=1, verbose_name=_("câu hỏi"))
    tags = ClusterTaggableManager(through=QuestionTag, blank=True, verbose_name=_("nhãn"))

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("câu hỏi")
        verbose_name_plural = _("câu hỏi")
        ordering = ["category", "name"]

    def __str__(self):
        return self.name


def stable_id(*parts: str) -> str:
    """A block id that is the same at every import of the same thing."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "la-chan:" + "/".join(parts)))

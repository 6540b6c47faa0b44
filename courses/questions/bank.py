"""The question bank: tagged, translatable snippets."""

import re
from collections.abc import Callable

from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from courses.questions.changed_keys import QuestionForm, holds_of
from courses.questions.kinds.kind import body_block, kind, stable_id
from courses.questions.kinds.showing import question_context
from courses.questions.versions import SOURCE_LANGUAGE, QuestionVersion, frozen
from letters.folding import searched
from pages.cms.drafts import DraftMayLack

__all__ = ["Question", "QuestionTag", "stable_id"]


def folded(text: str) -> str:
    """The words of a search; a number like 1.2/3 is one of them."""
    return searched(re.sub(r"(?<=\d)[./](?=\d)", "", text))


class Difficulty(models.IntegerChoices):
    EASY = 1, _("dễ")
    MIDDLE = 2, _("vừa")
    HARD = 3, _("khó")


class QuestionTag(TaggedItemBase):
    content_object = ParentalKey("courses.Question", on_delete=models.CASCADE, related_name="tagged_items")


class QuestionInUse(models.ProtectedError):
    """The question is part of a quiz or was answered; the message says which and what to do instead."""


def below_category(category: str) -> models.Q:
    """In this category or one below it."""
    return models.Q(category=category) | models.Q(category__startswith=f"{category}/")


def questions_to_draw(category: str) -> models.QuerySet:
    """The live source questions of a category and those below it that have an objective, in a constant order."""
    rows = Question.objects.filter(below_category(category), live=True, locale__language_code=SOURCE_LANGUAGE)
    return rows.exclude(objective="").order_by("objective", "name", "pk")


class QuestionQuerySet(models.QuerySet):
    def empty(self):
        """Begun and left: neither a name nor a word of the question, and never published."""
        return self.filter(name="", text="", live=False, first_published_at=None)

    def written(self):
        return self.exclude(name="", text="", live=False, first_published_at=None)


# each returns one sentence about the use of a question and its translations, "" for none
_USES: list[Callable[[models.QuerySet], str]] = []


def forbids_deletion(reason_of: Callable[[models.QuerySet], str]) -> None:
    """Registers a use that forbids the deletion of questions; apps on higher floors call it."""
    _USES.append(reason_of)


class Question(
    DraftMayLack, PreviewableMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, ClusterableModel
):
    """An import identifies it by category and name. Only the source (Vietnamese) question has the key.

    The row is what is live; while nothing is, Wagtail keeps the draft in it.
    """

    # "" only of a draft
    name = models.CharField(
        _("tên ngắn"), max_length=200, help_text=_("Để tìm lại trong ngân hàng; người học không thấy.")
    )
    category = models.CharField(_("nhóm"), max_length=120, blank=True)
    # "1.2/3": the third objective of module 1.2; "" is drawn by no quiz
    objective = models.CharField(
        _("mục tiêu"),
        max_length=40,
        blank=True,
        db_index=True,
        help_text=_("Như “1.2/3”: mục tiêu thứ ba của mô-đun 1.2. Bài rút câu từ ngân hàng rút theo từng mục tiêu."),
    )
    difficulty = models.PositiveSmallIntegerField(_("độ khó"), choices=Difficulty.choices, default=Difficulty.MIDDLE)
    # by name: lessons stand on a higher floor
    lesson = models.ForeignKey(
        "courses.LessonPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mục để ôn"),
        help_text=_("Người trả lời sai được dẫn đến mục này."),
    )
    body = StreamField(body_block(), max_num=1, min_num=1, verbose_name=_("câu hỏi"))
    # name, category, objective and text of the question as searched; written on save
    folded = models.TextField(blank=True, editable=False)
    # what is asked, as lists show it; written on save
    text = models.TextField(_("câu hỏi"), blank=True, editable=False)
    tags = ClusterTaggableManager(through=QuestionTag, blank=True, verbose_name=_("nhãn"))

    objects = QuestionQuerySet.as_manager()

    base_form_class = QuestionForm
    panels = [
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("category"), FieldPanel("tags")],
            heading=_("Trong ngân hàng"),
        ),
        MultiFieldPanel(
            [FieldPanel("objective"), FieldPanel("difficulty"), FieldPanel("lesson")],
            heading=_("Khi rút câu và khi ôn"),
        ),
        PublishingPanel(),
    ]
    override_translatable_fields = [
        SynchronizedField("name", overridable=False),
        SynchronizedField("category", overridable=False),
        SynchronizedField("objective", overridable=False),
        SynchronizedField("difficulty", overridable=False),
        SynchronizedField("lesson", overridable=False),
        SynchronizedField("tagged_items", overridable=False),
        SynchronizedField("folded", overridable=False),
        SynchronizedField("text", overridable=False),
        TranslatableField("body"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("câu hỏi")
        verbose_name_plural = _("câu hỏi")
        ordering = ["category", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(difficulty__in=Difficulty.values), name="question_difficulty_known"
            ),
            # by which an import knows it again; the same in each language
            models.UniqueConstraint(
                fields=["category", "name", "locale"], condition=~models.Q(name=""), name="question_name_once"
            ),
        ]

    def __str__(self):
        """Choosers, the rows of a quiz and histories show this."""
        return f"{self.name}: {Truncator(self.text).chars(120)}" if self.name and self.text else self.label

    def clean(self):
        super().clean()
        if not self.name:
            return  # a draft that is still to be named
        same = Question.objects.filter(category=self.category, name=self.name, locale=self.locale_id)
        if same.exclude(pk=self.pk).exists():
            message = gettext("Nhóm “%(category)s” đã có câu tên “%(name)s”. Ghi tên khác.")
            raise ValidationError({"name": message % {"category": self.category, "name": self.name}})

    def save(self, *args, **kwargs):
        self.folded, self.text = self.as_folded(), self.as_text()
        super().save(*args, **kwargs)

    def as_text(self) -> str:
        return " ".join(str(child.value.get("text", "")) for child in self.body).strip()

    def as_folded(self) -> str:
        # A list stored without ids gets new ones at each reading. Reading it here fixes the ids that are written, so
        # that translations and versions can refer to them.
        return folded(" ".join([self.name, self.category, self.objective, self.as_text()]))

    def publish(self, revision, user=None, **kwargs):
        """Raises ValidationError where an hour that was set before would publish what may not go live by itself."""
        alone = revision.approved_go_live_at is not None and self.locale.language_code == SOURCE_LANGUAGE
        if alone and (reasons := holds_of(self.pk, self.category)):
            raise ValidationError(reasons)
        return super().publish(revision, user=user, **kwargs)

    def delete(self, *args, **kwargs):
        if reason := self.use():
            raise QuestionInUse(reason, {self})
        return super().delete(*args, **kwargs)

    def use(self) -> str:
        """Why this question must stay, in one sentence; "" when it may be deleted. A translation may always go."""
        family = Question.objects.filter(translation_key=self.translation_key)
        if self.locale.language_code != SOURCE_LANGUAGE and family.count() > 1:
            return ""
        for reason_of in _USES:
            if reason := reason_of(family):
                return reason
        if QuestionVersion.objects.filter(question_key=self.translation_key, items__isnull=False).exists():
            return gettext("Câu hỏi đã có người trả lời nên được giữ lại. Hãy gỡ xuất bản thay vì xóa.")
        return ""

    @property
    def approved_schedule(self) -> bool:
        """Uses the annotation of the list, as Wagtail does for pages."""
        known = getattr(self, "_approved_schedule", None)
        return super().approved_schedule if known is None else known

    @display(description=_("câu hỏi"))
    def asks(self) -> str:
        """Its text, shortened for a list."""
        return Truncator(self.text).chars(120) or gettext("Chưa viết câu hỏi")

    @property
    def label(self) -> str:
        """Its name; of a draft without one what it asks."""
        return self.name or (Truncator(self.text).chars(60) if self.text else gettext("Câu hỏi chưa đặt tên"))

    @display(description=_("tên ngắn"), ordering="name")
    def shown_name(self) -> str:
        return self.label

    @display(description=_("dạng"))
    def kind_name(self) -> str:
        """The label of the kind in the editor."""
        return str(self.body[0].block.label) if self.body else ""

    preview_modes = [("", _("Khi làm bài")), ("review", _("Khi xem lại"))]

    def get_preview_template(self, request, mode_name):
        return "quiz/question_preview.html"

    def get_preview_context(self, request, mode_name):
        review = mode_name == "review"
        return {"object": self, "question": self.question_context(review=review), "reviewing": review}

    def question_context(self, *, review: bool = False) -> dict | None:
        """The current body, published or not, for a preview template; None while it is empty."""
        if not self.body:
            return None
        block = self.body[0]
        structure, key, texts = kind(block.block_type).freeze(block.value)
        question = frozen(block.block_type, structure, key, {SOURCE_LANGUAGE: texts})
        return question_context(question, None, None, review=review)

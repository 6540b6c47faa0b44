"""The shared words of all conversations in one language, as editors write them; `wording` is how they are played."""

import json
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_localize.models import StringTranslation, Translation

from courses.practice.conversations.blocks import UtteranceKind
from courses.questions.kinds.kind import stable_id

STARTER = Path(__file__).parent / "starter"


class KindBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=UtteranceKind.choices, label=_("Loại lời nói"))
    label = blocks.CharBlock(max_length=60, label=_("Tên hiện ra"))
    meaning = blocks.CharBlock(max_length=200, label=_("Nghĩa là"))
    debrief = blocks.TextBlock(rows=2, label=_("Lời nhắc sau khi tập"))

    class Meta:
        icon = "comment"
        label = _("Loại lời nói")
        label_format = "{label}"


class TrustBlock(blocks.StructBlock):
    least = blocks.IntegerBlock(label=_("Từ mức"))
    text = blocks.CharBlock(max_length=120, label=_("Lòng tin bằng lời"))

    class Meta:
        icon = "user"
        label = _("Mức lòng tin")
        label_format = "{least}: {text}"


class ConversationWords(TranslatableMixin, models.Model):
    before = models.TextField(_("lời dẫn"), help_text=_("Hiện trước mỗi cuộc tập."))
    open_good = models.TextField(_("khi câu mở từ một nửa trở lên"))
    open_low = models.TextField(_("khi câu mở còn ít"))
    kinds = StreamField([("kind", KindBlock())], verbose_name=_("các loại lời nói"))
    trust_words = StreamField([("trust", TrustBlock())], verbose_name=_("lòng tin bằng lời"))

    panels = [
        FieldPanel("before"),
        MultiFieldPanel([FieldPanel("open_good"), FieldPanel("open_low")], heading=_("Về câu hỏi mở")),
        FieldPanel("kinds"),
        FieldPanel("trust_words"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("lời chung của phòng tập")
        verbose_name_plural = _("lời chung của phòng tập")

    def __str__(self):
        return str(_("Lời chung của phòng tập hỏi chuyện"))

    def is_translated(self) -> bool:
        """Whether a sentence of it was translated, or its words are edited by themselves."""
        begun = Translation.objects.filter(source__object_id=self.translation_key, target_locale=self.locale_id)
        said = StringTranslation.objects.filter(context__object_id=self.translation_key, locale=self.locale_id)
        return said.exists() or not begun.filter(enabled=True).exists()

    def content(self) -> dict:
        """In the shape of `wording`."""
        return {
            "before": self.before,
            "open_share": {"good": self.open_good, "low": self.open_low},
            "types": {
                child.value["kind"]: {name: child.value[name] for name in ("label", "meaning", "debrief")}
                for child in self.kinds
            },
            "trust_words": [{"from": child.value["least"], "text": child.value["text"]} for child in self.trust_words],
        }


@cache
def shipped() -> dict:
    return json.loads((STARTER / "chung.json").read_text(encoding="utf-8"))


def words_for(locale_id: int) -> dict:
    """Those of the language, else of the first one, else as shipped; one query, and two for another language.

    Submitting for translation makes a row of the first language's words, which is none of the language until somebody
    translated a sentence of it.
    """
    rows = list(ConversationWords.objects.order_by("pk"))
    if not rows:
        return shipped()
    own = next((row for row in rows if row.locale_id == locale_id), None)
    return (own if own and (own is rows[0] or own.is_translated()) else rows[0]).content()


def seed_words(locale) -> None:
    """The shipped words, once."""
    if ConversationWords.objects.exists():
        return
    data = shipped()
    kinds = [
        {"kind": kind, **{n: words[n] for n in ("label", "meaning", "debrief")}}
        for kind, words in data["types"].items()
    ]
    trust = [{"least": one["from"], "text": one["text"]} for one in data["trust_words"]]
    ConversationWords.objects.create(
        locale=locale,
        before=data["before"],
        open_good=data["open_share"]["good"],
        open_low=data["open_share"]["low"],
        kinds=_stream("kind", kinds, [one["kind"] for one in kinds]),
        trust_words=_stream("trust", trust, [str(one["least"]) for one in trust]),
    )


def _stream(kind: str, values: list[dict], own: list[str]) -> str:
    rows = [
        {"type": kind, "id": stable_id("conversation-words", kind, name), "value": value}
        for name, value in zip(own, values, strict=True)
    ]
    return json.dumps(rows, ensure_ascii=False)


class ConversationWordsViewSet(SnippetViewSet):
    model = ConversationWords
    icon = "comment"
    menu_label = _("Lời phòng tập")
    menu_order = 222
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False

"""What every kind of question shares: its texts in the editor, and what was posted for it."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.questions.kinds.kind import Frozen, Text, kind
from courses.questions.kinds.showing import question_context

TEXTS = ("text", "explanation", "source", "hint")


class AskingBlock(blocks.StructBlock):
    """The texts of every kind of question."""

    text = blocks.TextBlock(label=gettext_lazy("Câu hỏi"), rows=3, max_length=4000)
    explanation = blocks.TextBlock(
        label=gettext_lazy("Vì sao"),
        rows=3,
        required=False,
        max_length=4000,
        help_text=gettext_lazy("Hiện khi đã đạt hoặc đã hết lần làm, dù câu này trả lời đúng hay sai."),
    )
    source = blocks.TextBlock(
        label=gettext_lazy("Nguồn"),
        rows=2,
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Văn bản, điều, khoản mà đáp án dựa vào."),
    )
    hint = blocks.TextBlock(label=gettext_lazy("Gợi ý"), rows=2, required=False, max_length=1000)

    class Meta:
        preview_template = "quiz/block_preview.html"

    def get_preview_context(self, value, parent_context=None):
        name = type(self).__module__.rpartition(".")[2]
        structure, key, texts = kind(name).freeze(value)
        question = Frozen(name, structure, key, {id: Text(text) for id, text in texts.items()})
        return {
            **super().get_preview_context(value, parent_context),
            "question": question_context(question, None, None),
        }

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation:  # a draft may be unfinished
            self.refuse_faults(cleaned)
        return cleaned

    def refuse_faults(self, value) -> None:
        """Raises the block error that Wagtail shows beside the field; each kind says what it refuses."""


def refuse(field: str, fault: str) -> None:
    """Shows the sentence beside a list of the block; nothing for ""."""
    if fault:
        error = ListBlockValidationError(non_block_errors=[ValidationError(fault)])
        raise StructBlockValidationError(block_errors={field: error})


def same_words(texts: list[str]) -> bool:
    """Whether two of them differ in nothing but spaces and capitals."""
    return len({" ".join(text.split()).casefold() for text in texts}) < len(texts)


def common_texts(value) -> dict[str, str]:
    return {name: value[name].strip() for name in TEXTS if (value.get(name) or "").strip()}


def composed_texts(text: str, more: Mapping[str, str | None]) -> dict[str, str]:
    return {"text": text.strip(), **{name: (more.get(name) or "").strip() for name in TEXTS[1:]}}


def chosen_in(response: Mapping | None) -> list[str]:
    return list((response or {}).get("choices", []))

"""What every block of a lesson is made of: its own fields and, behind its settings, whom it concerns most.

Nothing is stored of that where nobody is named, so a block stays as it was written, and an approval's digest with it.
"""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import BlockGroup, StructBlockAdapter
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from courses.content.concerns import KEYS, concerns_of, duty_choices, duty_names, sector_choices
from courses.content.sectors import boxes


class KeysBlock(blocks.MultipleChoiceBlock):
    """Keys are words already, so reading a lesson asks for no list of choices; the form does."""

    def normalize_choice(self, value):
        return value


def keys_block(choices, label) -> KeysBlock:
    # the names of sectors are not what a lesson says, so a search does not look at them
    return KeysBlock(
        choices=choices,
        required=False,
        default=list,
        search_index=False,
        widget=boxes(),
        label=label,
    )


class Concerned(blocks.BaseStructBlock, metaclass=blocks.DeclarativeSubBlocksMetaclass):
    sectors = keys_block(sector_choices, _("Nhất là cho ngành"))
    duties = keys_block(duty_choices, _("Nhất là cho người có nhiệm vụ"))

    def get_form_layout(self) -> BlockGroup:
        names = [name for name in super().get_form_layout().get_sorted_block_names() if name not in KEYS]
        return BlockGroup(names, settings=list(KEYS))

    def get_prep_value(self, value):
        stored = super().get_prep_value(value)
        return {name: part for name, part in stored.items() if part or name not in KEYS}


class LessonBlock(Concerned, blocks.StructBlock):
    """A block with fields of its own."""


class WordsBlock(Concerned):
    """A block with one field `text`. It is stored as those words alone, and as a struct only where it names somebody.

    It is no `StructBlock`, so wagtail-localize knows its words by the address of the block, as it did when there was
    nothing else in it, and no translation is lost. A migration names its class, which reads both forms.
    """

    @classmethod
    def construct_from_lookup(cls, lookup, child_blocks=(), **kwargs):
        return cls(**kwargs)

    def deconstruct(self):
        return blocks.Block.deconstruct(self)

    def deconstruct_with_lookup(self, lookup):
        return self.deconstruct()

    def to_python(self, value):
        return super().to_python(_as_struct(value))

    def bulk_to_python(self, values):
        return super().bulk_to_python([_as_struct(value) for value in values])

    def normalize(self, value):
        return super().normalize(_as_struct(value))

    def get_prep_value(self, value):
        stored = super().get_prep_value(value)
        return stored if any(key in stored for key in KEYS) else stored["text"]

    def get_context(self, value, parent_context=None):
        """The template draws the words, as it does where a block holds nothing else."""
        return super().get_context(value["text"], parent_context)

    def get_translatable_segments(self, value):
        return StreamFieldSegmentExtractor(None).handle_block(self.child_blocks["text"], value["text"])

    def restore_translated_segments(self, value, segments):
        writer = StreamFieldSegmentsWriter(None, None, None)
        value["text"] = writer.handle_block(self.child_blocks["text"], value["text"], segments)
        return value

    def render_basic(self, value, context=None):
        """What a comparison of two revisions shows."""
        words = self.child_blocks["text"].render_basic(value["text"])
        names = concerns_of(value, duty_names()).names
        return format_html("{} ({})", words, ", ".join(names)) if names else words


register(StructBlockAdapter(), WordsBlock)


def _as_struct(value) -> dict:
    return value if isinstance(value, dict) else {"text": value}


def words_in(stored) -> str:
    """The words of a `WordsBlock` as it is stored."""
    return _as_struct(stored)["text"]

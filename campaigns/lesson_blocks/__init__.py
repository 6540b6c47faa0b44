"""What a 45-minute lesson is made of, in the order in which the editor offers it."""

from wagtail import blocks

from campaigns.lesson_blocks.cards import CardsBlock
from campaigns.lesson_blocks.quiz import ClassQuizBlock
from campaigns.lesson_blocks.sheets import SheetBlock
from campaigns.lesson_blocks.timeline import TimelineBlock
from pages.text_blocks import TextBlock

PRINTED = {"cards", "sheet", "quiz"}


def lesson_body() -> list[tuple[str, blocks.Block]]:
    return [
        ("timeline", TimelineBlock()),
        ("cards", CardsBlock()),
        ("sheet", SheetBlock()),
        ("quiz", ClassQuizBlock()),
        ("text", TextBlock()),
    ]

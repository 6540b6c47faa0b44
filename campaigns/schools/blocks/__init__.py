"""The blocks of a 45-minute lesson, in the order of the editor's menu."""

from wagtail import blocks

from campaigns.schools.blocks.cards import CardsBlock
from campaigns.schools.blocks.quiz import ClassQuizBlock
from campaigns.schools.blocks.sheets import SheetBlock
from campaigns.schools.blocks.spoken import DiscussionBlock, RolePlayBlock, SongBlock
from campaigns.schools.blocks.timeline import TimelineBlock
from pages.text_blocks import TextBlock

PRINTED = {"cards", "sheet", "quiz", "discussion", "role_play", "song"}


def lesson_body() -> list[tuple[str, blocks.Block]]:
    return [
        ("timeline", TimelineBlock()),
        ("cards", CardsBlock()),
        ("sheet", SheetBlock()),
        ("quiz", ClassQuizBlock()),
        ("text", TextBlock()),
        ("discussion", DiscussionBlock()),
        ("role_play", RolePlayBlock()),
        ("song", SongBlock()),
    ]

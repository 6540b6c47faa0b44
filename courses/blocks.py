"""Blocks of a lesson: one class and one template `blocks/<name>.html` each."""

from wagtail import blocks


def lesson_body():
    return [("text", blocks.RichTextBlock())]

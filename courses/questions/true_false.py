from wagtail import blocks


class Block(blocks.StructBlock):
    text = blocks.TextBlock()

"""STUB until campaign lands."""

from pages.base import PublicPage


class MessagePage(PublicPage):
    parent_page_types = ["pages.HomePage"]

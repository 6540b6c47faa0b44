"""STUB until campaign lands."""

from campaigns.commune_pages import BasePage


class MessagePage(BasePage):
    parent_page_types = ["pages.HomePage"]

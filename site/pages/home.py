"""The home page: leads the public to help and officials to their learning."""

from wagtail.models import Page


class HomePage(Page):
    max_count_per_parent = 1

"""The section of pages below the home page: editors choose them by "hiện trong menu"."""

from datetime import date

from wagtail.models import Page

from pages.home.page import HomePage, offer_section


def places(home: HomePage, day: date) -> dict | None:
    below = Page.objects.child_of(home).live().public().in_menu().order_by("path").select_related("search_entry")
    return {"places": list(below)} if below else None


def offer() -> None:
    offer_section(120, "pages/home_places.html", places)

"""What lessons are called, and where they stand, by the key that all their languages share."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from courses.content.lesson import LessonPage


@dataclass(frozen=True)
class LessonName:
    """`address` is "" for a lesson that is no longer published."""

    title: str
    address: str = ""


def lesson_names(keys: Iterable[UUID], request=None) -> dict[UUID, LessonName]:
    """In their original language; one query. Where there was such a lesson it is in it."""
    pages = LessonPage.objects.filter(translation_key__in=set(keys)).select_related("locale").order_by("-locale_id")
    return {
        page.translation_key: LessonName(page.title, (page.get_url(request) or "") if page.live else "")
        for page in pages.defer("body")
    }

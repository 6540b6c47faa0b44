"""The rendered body of a lesson, cached by revision; the personal part, the ticks, is added later."""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils import translation
from django.utils.safestring import mark_safe
from wagtail.signals import page_published

from courses.content.blocks.practice import entries
from courses.content.lesson import LessonPage

# a cached body is dropped after a day
KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Checklist:
    """`entries` are (item id, sentence)."""

    block_id: str
    title: str
    entries: tuple[tuple[str, str], ...]

    @property
    def value(self) -> dict:
        """What `blocks/checklist.html` asks for."""
        return {"title": self.title}


@dataclass(frozen=True)
class Body:
    """`pieces` are HTML with each block in its place, or a Checklist that must be drawn for the person."""

    pieces: tuple[str | Checklist, ...]
    block_ids: frozenset[str]

    @property
    def checklists(self) -> list[Checklist]:
        return [piece for piece in self.pieces if isinstance(piece, Checklist)]

    @property
    def items(self) -> set[str]:
        return {item for checklist in self.checklists for item, _sentence in checklist.entries}


def body_of(page: LessonPage, content: str) -> Body:
    """Cached by live revision and content version; the version was read before the page, so no stale body is kept."""
    key = f"lesson-body:{page.pk}:{page.live_revision_id}:{content}"
    pieces_and_ids = cache.get(key)
    if pieces_and_ids is None:
        # a script may request it from an address without a language
        with translation.override(page.locale.language_code):
            body = render(page)
        plain = [p if isinstance(p, Checklist) else str(p) for p in body.pieces]
        cache.set(key, (plain, body.block_ids), KEPT_SECONDS)
        return body
    pieces, block_ids = pieces_and_ids
    return Body(tuple(p if isinstance(p, Checklist) else mark_safe(p) for p in pieces), block_ids)


def render(page: LessonPage) -> Body:
    pieces: list[str | Checklist] = []
    html = ""
    for bound in page.body:
        if bound.block_type == "checklist":
            if html:
                pieces.append(mark_safe(html))
            pieces.append(Checklist(bound.id or "", bound.value["title"], tuple(entries(bound.value))))
            html = ""
        else:
            html += f'<div class="block" id="b-{bound.id}">{bound.render({"page": page})}</div>\n'
    if html:
        pieces.append(mark_safe(html))
    return Body(tuple(pieces), frozenset(bound.id for bound in page.body if bound.id))


def draw_pictures(sender, instance, **kwargs) -> None:
    """Creates the renditions when a lesson is published, so that no learner waits for them."""
    if any(bound.block_type == "picture" for bound in instance.body):
        render(instance)


def connect() -> None:
    page_published.connect(draw_pictures, sender=LessonPage, dispatch_uid="lesson_pictures")

"""The rendered body of a lesson, cached by revision; the personal parts, ticks and tries, are added later."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from wagtail.signals import page_published

from courses.content.blocks.deciding import Option
from courses.content.blocks.practice import entries
from courses.content.concerns import concerns_of, duty_names
from courses.content.lesson import LessonPage

# a cached body is dropped after a day
KEPT_SECONDS = 24 * 60 * 60
TRIED = ("decision", "check")


@dataclass(frozen=True)
class Checklist:
    """`entries` are (item id, sentence); `concerns` the names of whom it concerns most."""

    block_id: str
    title: str
    entries: tuple[tuple[str, str], ...]
    concerns: tuple[str, ...] = ()

    @property
    def value(self) -> dict:
        """What `blocks/checklist.html` asks for."""
        return {"title": self.title}


@dataclass(frozen=True)
class Choice:
    """A decision or a check. `chosen` is the id of the option that the person chose last, "" before."""

    block_id: str
    kind: str
    ask: str
    options: tuple[Option, ...]
    chosen: str = ""
    concerns: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"blocks/{self.kind}.html"

    @property
    def answer(self) -> Option | None:
        """None also when the chosen option was removed since: then she chooses again."""
        return next((option for option in self.options if option.id == self.chosen), None)

    def offers(self, option_id: str) -> bool:
        return any(option.id == option_id for option in self.options)


Piece = str | Checklist | Choice


@dataclass(frozen=True)
class Body:
    """`pieces` are HTML with each block in its place, or a Checklist or Choice that must be drawn for the person."""

    pieces: tuple[Piece, ...]
    block_ids: frozenset[str]

    @property
    def checklists(self) -> list[Checklist]:
        return [piece for piece in self.pieces if isinstance(piece, Checklist)]

    @property
    def choices(self) -> dict[str, Choice]:
        return {piece.block_id: piece for piece in self.pieces if isinstance(piece, Choice)}

    @property
    def items(self) -> set[str]:
        return {item for checklist in self.checklists for item, _sentence in checklist.entries}

    def with_tries(self, chosen: Mapping[str, str]) -> "Body":
        """The same body with what a person chose: {block id: option id}."""
        pieces = (
            replace(piece, chosen=chosen.get(piece.block_id, "")) if isinstance(piece, Choice) else piece
            for piece in self.pieces
        )
        return Body(tuple(pieces), self.block_ids)

    @property
    def untried(self) -> list[Choice]:
        return [choice for choice in self.choices.values() if choice.answer is None]


def body_of(page: LessonPage, content: str) -> Body:
    """Cached by live revision and content version; the version was read before the page, so no stale body is kept."""
    key = f"lesson-body:{page.pk}:{page.live_revision_id}:{content}"
    pieces_and_ids = cache.get(key)
    if pieces_and_ids is None:
        # a script may request it from an address without a language
        with translation.override(page.locale.language_code):
            body = render(page)
        plain = [str(p) if isinstance(p, str) else p for p in body.pieces]
        cache.set(key, (plain, body.block_ids), KEPT_SECONDS)
        return body
    pieces, block_ids = pieces_and_ids
    return Body(tuple(mark_safe(p) if isinstance(p, str) else p for p in pieces), block_ids)


def render(page: LessonPage) -> Body:
    pieces: list[Piece] = []
    html, context, duties = "", {"page": page, "scenes_drawn": set()}, _duties_for(page)
    for bound in page.body:
        names = tuple(concerns_of(bound.value, duties).names)
        if piece := _personal(bound):
            if html:
                pieces.append(mark_safe(html))
            pieces.append(replace(piece, concerns=names))
            html = ""
        else:
            label = render_to_string("blocks/_concerns.html", {"names": names}) if names else ""
            html += f'<div class="block" id="b-{bound.id}">{label}{bound.render(context)}</div>\n'
    if html:
        pieces.append(mark_safe(html))
    return Body(tuple(pieces), frozenset(bound.id for bound in page.body if bound.id))


def _duties_for(page: LessonPage) -> dict[str, str]:
    """The names of duties, asked for only where a block names one."""
    return duty_names() if any(bound.value.get("duties") for bound in page.body) else {}


def _personal(bound) -> Checklist | Choice | None:
    if bound.block_type == "checklist":
        return Checklist(bound.id or "", bound.value["title"], tuple(entries(bound.value)))
    if bound.block_type in TRIED:
        options = tuple(bound.block.options_of(bound.value))
        return Choice(bound.id or "", bound.block_type, bound.value["ask"], options)
    return None


def choices_of(page: LessonPage) -> list[Choice]:
    """The decisions and checks of a lesson, in order, without drawing the rest."""
    return [piece for bound in page.body if isinstance(piece := _personal(bound), Choice)]


def words_of(page: LessonPage) -> dict[str, str]:
    """{id of a block or an option: its words} of the lesson's decisions and checks."""
    words = {}
    for choice in choices_of(page):
        words[choice.block_id] = choice.ask
        words |= {option.id: option.text for option in choice.options}
    return words


def draw_pictures(sender, instance, **kwargs) -> None:
    """Creates the renditions when a lesson is published, so that no learner waits for them."""
    if any(bound.block_type == "picture" for bound in instance.body):
        render(instance)


def connect() -> None:
    page_published.connect(draw_pictures, sender=LessonPage, dispatch_uid="lesson_pictures")

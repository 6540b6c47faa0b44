"""What the blocks of lessons choose from the library and from the list of numbers, read once for all lessons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from courses.content.lesson import LessonPage
from media.models import DocumentFile, Picture, Recording
from pages.contacts.contact import Contact

# kind of block: what it chooses from the library, or from the list of numbers
RECORDED = dict.fromkeys(("audio", "video"), "recording")
CHOSEN = {**RECORDED, "picture": "image", "download": "document", "contact": "contact"}


@dataclass(frozen=True)
class Files:
    """What lessons choose from the library, and of numbers to call those that are public, by id."""

    pictures: dict[int, Picture] = field(default_factory=dict)
    recordings: dict[int, Recording] = field(default_factory=dict)
    documents: dict[int, DocumentFile] = field(default_factory=dict)
    contacts: dict[int, Contact] = field(default_factory=dict)


def files_of(pages: Iterable[LessonPage]) -> Files:
    """A query for each kind of file that is there at all, whatever the number of lessons."""
    wanted: dict[str, set[int]] = {chosen: set() for chosen in CHOSEN.values()}
    for page in pages:
        for kind, value in _raw(page):
            if chosen := value.get(CHOSEN[kind]):
                wanted[CHOSEN[kind]].add(chosen)
    pictures = Picture.objects.prefetch_related("renditions")
    return Files(
        pictures.in_bulk(wanted["image"]) if wanted["image"] else {},
        Recording.objects.in_bulk(wanted["recording"]) if wanted["recording"] else {},
        DocumentFile.objects.in_bulk(wanted["document"]) if wanted["document"] else {},
        Contact.objects.public().in_bulk(wanted["contact"]) if wanted["contact"] else {},
    )


def _raw(page: LessonPage) -> Iterator[tuple[str, dict]]:
    """Blocks that choose a file, as stored: read as values each lesson would ask the library anew."""
    for raw in page.body.raw_data:
        if raw["type"] in CHOSEN:
            yield raw["type"], raw["value"]

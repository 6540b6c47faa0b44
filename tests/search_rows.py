"""Pages to search in, many and in bulk: passages of the starter courses in an order drawn from a seed."""

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.utils.html import strip_tags
from wagtail.models import Locale, Page

from letters.folding import marked, searched
from pages.contacts.page import ContactsPage
from pages.search.index import SearchEntry

CONTENT = Path(__file__).resolve().parents[1] / "courses" / "starter" / "learning"
# the length of a page that a commune writes
WORDS = 350
LAO = "ໂທຫາເບີ 111 ໄດ້ທຸກເວລາ ບໍ່ເສຍຄ່າ. ຂໍຄວາມຊ່ວຍເຫຼືອ ຢ່າຢ້ານ."


@cache
def passages() -> list[str]:
    """What the starter courses say, a paragraph or a title each."""
    read = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(CONTENT.glob("*/*.json")))
    return [strip_tags(text) for part in read for text in _strings(part) if text.count(" ") > 3]


@cache
def _folded() -> list[tuple[str, str]]:
    return [(searched(text), marked(text)) for text in (*passages(), LAO)]


def _strings(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def make_rows(count: int, words: int = WORDS, first: int = 0) -> None:
    """So many live pages under the first one, with their entries, numbered from `first`; one in fifty speaks Lao."""
    draw = random.Random(first)
    texts = _folded()
    above = Page.objects.get(depth=2)
    kind, locale = ContentType.objects.get_for_model(ContactsPage), Locale.objects.order_by("pk").first()
    Page.objects.bulk_create(
        [
            Page(
                path=f"{above.path}{Page._int2str(9000 + n):0>4}",
                depth=3,
                title=f"Trang {n}",
                slug=f"trang-{n}",
                url_path=f"{above.url_path}trang-{n}/",
                content_type=kind,
                locale=locale,
                draft_title=f"Trang {n}",
            )
            for n in range(first, first + count)
        ],
        batch_size=200,
    )
    pages = Page.objects.filter(path__gte=f"{above.path}{Page._int2str(9000 + first):0>4}", depth=3).order_by("path")
    entries = (_entry(page, draw, texts, words, n % 50 == 0) for n, page in enumerate(pages))
    SearchEntry.objects.bulk_create(entries, batch_size=200)


def _entry(page: Page, draw: random.Random, texts: list[tuple[str, str]], words: int, in_lao: bool) -> SearchEntry:
    chosen, length = [texts[-1]] if in_lao else [], 0
    while length < words:
        chosen.append(draw.choice(texts[:-1]))
        length += chosen[-1][0].count(" ") + 1
    folded, typed = (" ".join(text[place] for text in chosen) for place in (0, 1))
    title = " ".join(chosen[draw.randrange(len(chosen))][0].split()[:6])
    audiences = draw.choice(["", "", ",hoc_sinh,", ",hoc_sinh,giao_vien,", ",can_bo,"])
    return SearchEntry(
        page=page, title=f" {title}", words=f" {folded}", marks=f" {typed}", teaser=typed[:180], audiences=audiences
    )


def queries(count: int, seed: int = 2) -> list[str]:
    """What people may type, drawn from the same content: words and neighbours, with marks and without, their beginnings
    and orders, one or two letters, Lao, and signs that mean something to a database."""
    draw, texts = random.Random(seed), passages()
    return [_typed(draw, draw.choice(texts).split(), n % 10) for n in range(count)]


SIGNS = ("%", "_", '"', "'", "\\", "*", "(", ") OR (", "^", "NEAR/2", " AND ", "-", ":", "100%", "{words} :", "[a-z]")


def _typed(draw: random.Random, words: list[str], kind: int) -> str:
    at = draw.randrange(len(words) - 2)
    some = words[at : at + draw.randint(1, 5)]
    match kind:
        case 0:
            return some[0]
        case 1:
            return searched(some[0])
        case 2:
            return " ".join(some)
        case 3:
            return searched(" ".join(some))
        case 4:  # words of a page, scattered
            return " ".join(draw.sample(words, min(len(words), 3)))
        case 5:
            return " ".join(word[: draw.randint(1, 3)] for word in some)
        case 6:
            return "".join(draw.choice("aâbcdđeghiknoơtu") for _ in range(draw.randint(1, 2))) + " " + some[0][:2]
        case 7:
            begin = draw.randrange(len(LAO) - 6)
            return LAO[begin : begin + draw.randint(1, 12)] + draw.choice(["", "", f" {some[0]}"])
        case 8:
            return draw.choice(SIGNS).join(some)
        case _:
            return " ".join(reversed(some)).upper() + draw.choice(SIGNS)

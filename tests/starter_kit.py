"""The starter kit as sources of sheets, without a database."""

from functools import cache
from types import SimpleNamespace

from campaigns.renderings.composing import Order, Source
from campaigns.renderings.formats import FORMATS
from campaigns.starter.kit import KitMessage, kit
from campaigns.starter.kit_seeding import SCENES

NATIONAL = {number: SimpleNamespace(number=number) for number in ("111", "113", "115")}
CONTACT = SimpleNamespace(pk=1, name="UBND xã, bộ phận tiếp dân", number="0235 3796 111", hours="7h30–17h")
SPACE = SimpleNamespace(title="Xã Tây Giang", unit=None)


@cache
def messages() -> dict[str, KitMessage]:
    return {one.key: one for one in kit().messages}


def passage(text: str, title: str = "", *, approved: bool = True, label: str = "Lời"):
    return SimpleNamespace(text=text, title=title, is_approved=approved, label=label)


def source(key: str = "2.1", *, approved: bool = True, **changed: str) -> Source:
    """`changed`: texts by slot, with "_" for the point."""
    passages = {one.slot: passage(one.text, one.title, approved=approved) for one in messages()[key].passages}
    for slot, text in changed.items():
        slot = slot.replace("_", ".")
        passages[slot] = passage(text, passages[slot].title)
    page = SimpleNamespace(title=messages()[key].subject, address="https://vi.du/ngay-30-7/", slug="vi-du")
    return Source(page, passages, SCENES[key], NATIONAL)


def order(key: str, name: str, **more) -> Order:
    given = {"space": SPACE, "contact": CONTACT, **more}
    return Order(given.pop("source", None) or source(key), FORMATS[name], **given)

"""Tries an alert on paper before anybody approves it: words that do not fit are told while they can be changed."""

from datetime import date

from campaigns.alerts.words import Words, page_fields, passages
from campaigns.messages.message import MessagePage
from campaigns.renderings import drawing, reading
from campaigns.renderings.composing import Order, Source, Unprintable, composed, unnumbered
from campaigns.renderings.formats import FORMATS
from campaigns.renderings.texts.passages import Passage
from people.times import today

PRINTED = ("to-gap", "the", "loa")


def draft_on_paper(key: str, words: Words, ends_on: date) -> bytes:
    """A PDF, stamped as a draft. Raises Unprintable."""
    return _drawn(key, _source(words, ends_on))


def fault_on_paper(words: Words, ends_on: date) -> str:
    """One sentence that names the format; "" where leaflet, cards and bulletin hold it."""
    source = _source(words, ends_on)
    for key in PRINTED:
        try:
            _drawn(key, source)
        except Unprintable as why:
            return f"{FORMATS[key].label}: {why}"
    return ""


def _source(words: Words, ends_on: date) -> Source:
    message = MessagePage(**page_fields(words))
    rows = {
        slot: Passage(slot=slot, title=title, text=text) for slot, (title, text) in passages(words, ends_on).items()
    }
    return Source(message, rows, "", *reading.national())


def _drawn(key: str, source: Source) -> bytes:
    one = FORMATS[key]
    return drawing.pdf(one, unnumbered(composed(Order(source, one)), today()))

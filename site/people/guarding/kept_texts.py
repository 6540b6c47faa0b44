"""Which of the texts that a form warned of were stored: an insistence is kept for those and for no others.

A form may be drawn anew for another error, a view may refuse and lead back, two may race for one row: then nothing
was kept, and nobody has to answer for it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import models, transaction

from letters.identifying import Sign
from people import free_text

Signs = frozenset[Sign]


def _plain(text: str) -> str:
    """A form strips a text and a browser ends its lines otherwise; a view may cut it off."""
    return " ".join(text.split())


class Stored:
    """`warned` are the texts as posted, each with its uncertain signs. `signs` asks one query for each text that went
    to the store, within the transaction that wrote it: what was rolled back, or met no row, is not there.
    """

    def __init__(self, warned: Mapping[str, Signs]):
        self.warned = {_plain(text): signs for text, signs in warned.items()}
        # {(column, text as written): (how many rows had it before, its signs)}
        self.before: dict[tuple[models.Field, str], tuple[int, Signs]] = {}

    def heed(self, column: models.Field, text: str) -> None:
        if (column, text) not in self.before and (signs := self._signs_of(text)):
            self.before[column, text] = _rows_with(column, text), signs

    def _signs_of(self, text: str) -> Signs:
        plain = _plain(text)
        if plain in self.warned:
            return self.warned[plain]
        longer = [signs for whole, signs in self.warned.items() if plain and whole.startswith(plain)]
        return frozenset().union(*longer) & {one.sign for one in free_text.signs_of(plain)} if longer else frozenset()

    def signs(self) -> Signs:
        stored = [signs for (column, text), (rows, signs) in self.before.items() if _rows_with(column, text) > rows]
        return frozenset().union(*stored)


def _rows_with(column: models.Field, text: str) -> int:
    return column.model._base_manager.filter(**{column.attname: text}).count()


@contextmanager
def storing(warned: Mapping[str, Signs]) -> Iterator[Stored]:
    """One transaction, so that a text and why it was kept are there together or not at all."""
    with transaction.atomic():
        stored = Stored(warned)
        with free_text.heeding(stored.heed):
            yield stored

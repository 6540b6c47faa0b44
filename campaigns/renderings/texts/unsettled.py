"""Sentences of which an office still has to settle something (†), for rooms that say them without paper."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.dispatch import Signal

from campaigns.renderings.texts.passages import OpenPoint, Settlement
from letters.sentences import cut

# sent within the transaction that opened a point or opened it again, with `page_key` and `at`
opened = Signal()


def sentences_of(keys: Collection[UUID]) -> dict[UUID, set[str]]:
    """By message; of a point that is about a whole passage all its sentences, and of what is read out all that the page
    reads too. One query.
    """
    answered = Settlement.objects.filter(point=OuterRef("pk"), reopened_at=None)
    rows = OpenPoint.objects.filter(~Exists(answered), passage__message__translation_key__in=keys)
    rows = rows.select_related("passage__message").order_by()
    found: dict[UUID, set[str]] = defaultdict(set)
    for point in rows:
        said, message = point.passage, point.passage.message
        whole = [said.text, message.spoken if said.slot.startswith("loud.") else ""]
        found[message.translation_key].update(
            [point.sentence] if point.sentence else (piece.text for text in whole for piece in cut(text))
        )
    return found
